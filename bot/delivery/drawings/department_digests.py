"""The digest of one department."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn, plain
from handlers.views.department_digests import department_digest
from planning.digests.department_values import DepartmentDigest
from planning.errors import NotFound
from planning.outbox.values import MessageKind, Posting
from planning.register import Register


def _department_digest(register: Register, posting: Posting, _now: datetime) -> Drawn:
    content = register.schedules.occurrence(posting.subject).content
    if content is None:
        raise NotFound("This digest was left out.")
    return plain(department_digest(DepartmentDigest.model_validate(content)))


DRAW: Mapping[MessageKind, Draw] = {MessageKind.DEPARTMENT_DIGEST: _department_digest}
