"""One round of the form of a new initiative, as it was sent."""

from dataclasses import dataclass
from typing import Any

from handlers.carrying import carried
from handlers.forms import RegisterForm
from handlers.views.registering import Turn
from planning.initiatives.values import Draft
from planning.similarity import Encoder, Floats, text_of
from planning.workspace.values import Person

NO_DEPARTMENT = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """One round of the form: what was filled in, what it says, and what its text means; `key` is the form's own id."""

    form: RegisterForm
    turn: Turn
    draft: Draft
    vector: Floats
    key: str


def submission_of(view: dict[str, Any], actor: Person, encoder: Encoder) -> Submission:
    """What was filled in; raises ValidationError where that cannot be."""
    form = RegisterForm.parse(view)
    turn = carried(Turn, view["private_metadata"])
    department = form.department if turn.asks_department else actor.department
    draft = form.draft(NO_DEPARTMENT if department is None else department, turn)
    return Submission(form, turn, draft, encoder.encode([text_of(draft.title, draft.problem)])[0], str(view["id"]))
