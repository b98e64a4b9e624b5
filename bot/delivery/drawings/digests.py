"""The executives' digest."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn
from bot.delivery.pictures import Picture
from handlers.decisions import standings_of
from handlers.views.charts import coverage_png
from handlers.views.digest_scores import METRICS_SHOWN
from handlers.views.digests import COVERAGE, TRENDS, digest_message
from handlers.views.trends import TITLE as TRENDS_TITLE
from handlers.views.trends import panels, trends_png
from planning.digests.values import Digest
from planning.errors import NotFound
from planning.outbox.values import MessageKind, Posting
from planning.register import Register

COVERAGE_TITLE = "Live initiatives by stage and department"


def _digest(register: Register, posting: Posting, now: datetime) -> Drawn:
    content = register.schedules.occurrence(posting.subject).content
    if content is None:
        raise NotFound("This digest was left out.")
    digest = Digest.model_validate(content)
    standings = standings_of(register, digest, now)
    return Drawn(
        lambda files: digest_message(digest, files, standings),
        _pictures(digest),
        lambda: digest_message(digest, standings=standings, table=False),
    )


def _pictures(digest: Digest) -> dict[str, Picture]:
    coverage, trends = digest.coverage, panels(digest.scores, METRICS_SHOWN) if digest.scores else []
    seen = coverage.stages and coverage.departments
    return {
        **({COVERAGE: Picture(COVERAGE_TITLE, lambda: coverage_png(coverage), coverage)} if seen else {}),
        **({TRENDS: Picture(TRENDS_TITLE, lambda: trends_png(trends), trends)} if trends else {}),
    }


DRAW: Mapping[MessageKind, Draw] = {MessageKind.DIGEST: _digest}
