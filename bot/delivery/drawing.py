"""What a queued message looks like now: read in one unit, drawn by the views."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.views.charts import coverage_png
from handlers.views.digests import digest_message
from handlers.views.findings import overlap_card
from handlers.views.imports import imported_message
from handlers.views.names import Names
from handlers.views.plans import joined_message, plan_message
from handlers.views.text import Message
from planning.digests.values import Digest
from planning.errors import NotFound
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.outbox.values import MessageKind, Posting
from planning.register import Register

PICTURE_TITLE = "Live initiatives by stage and department"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message and, where it has a picture, how to make it: `message` takes the id of the uploaded file, or None."""

    message: Callable[[str | None], Message]
    picture: Callable[[], bytes] | None = None


def drawn(register: Register, posting: Posting, now: datetime) -> Drawn:
    """The posting as it is now; NotFound when what it is about has gone."""
    return _DRAW[posting.kind](register, posting, now)


def _alert(register: Register, posting: Posting, now: datetime) -> Drawn:
    finding = register.findings.by_id(posting.subject)
    return _plain(overlap_card(finding, _members(register, finding), Names.of(register), now))


def _plan(register: Register, posting: Posting, _now: datetime) -> Drawn:
    finding = register.findings.by_id(posting.subject)
    return _plain(plan_message(finding, _members(register, finding), Names.of(register)))


def _joined(register: Register, posting: Posting, _now: datetime) -> Drawn:
    given_up = register.initiatives.by_id(posting.subject)
    if given_up.joined is None:
        raise NotFound("The initiative was taken back before anybody was told.")
    return _plain(joined_message(given_up, register.initiatives.by_id(given_up.joined), Names.of(register)))


def _imported(_register: Register, posting: Posting, _now: datetime) -> Drawn:
    return _plain(imported_message(posting.payload))


def _digest(register: Register, posting: Posting, _now: datetime) -> Drawn:
    digest = register.schedules.occurrence(posting.subject).digest
    if digest is None:
        raise NotFound("This digest was left out.")
    return Drawn(lambda picture: digest_message(digest, picture), _picture(digest))


def _picture(digest: Digest) -> Callable[[], bytes] | None:
    coverage = digest.coverage
    return (lambda: coverage_png(coverage)) if coverage.stages and coverage.departments else None


def _members(register: Register, finding: Finding) -> list[Initiative]:
    return [register.initiatives.by_id(id) for id in finding.found.initiatives()]


def _plain(message: Message) -> Drawn:
    return Drawn(lambda _picture: message)


_DRAW: Mapping[MessageKind, Callable[[Register, Posting, datetime], Drawn]] = {
    MessageKind.ALERT: _alert,
    MessageKind.PLAN: _plan,
    MessageKind.JOINED: _joined,
    MessageKind.IMPORTED: _imported,
    MessageKind.DIGEST: _digest,
}
