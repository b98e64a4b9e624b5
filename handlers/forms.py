"""What people filled in: the state of a modal as plain values, and each form as a checked value.

A field's name is its block id, so a fault of a field names the block where it is shown.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo, field_validator

from handlers.views.editing import EditNote
from handlers.views.registering import Filled, Turn
from planning.findings.values import Choice
from planning.initiatives.values import Draft, Initiative, Status
from planning.text import clean, one_line
from planning.window import Window

ANSWER = "answer_"
NUMBER_MAX = 2**31 - 1
"""So much fits into a column."""
_WHOLE, _NUMBER, _DAY, _TIME = "Give a whole number.", "Give a number.", "Choose a day.", "Give a time, such as 09:30."
KINDS: Mapping[str, str] = {
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "enum": "Please choose one.",
    **dict.fromkeys(("date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), _DAY),
    **dict.fromkeys(("time_parsing",), _TIME),
}
"""What to do about a field, by pydantic's kind of fault."""


def state_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """Field name → what stands in it: a text, a value, a list of values, or None."""
    values: Mapping[str, Mapping[str, Any]] = (view.get("state") or {}).get("values", {})
    return {name: _content(element) for name, elements in values.items() for element in elements.values()}


def typed_lines(view: Mapping[str, Any], first: str) -> list[str]:
    """The lines of a list that is spread over fields, the first of which has this name; without empty ones."""
    state = state_of(view)
    texts = [str(state[name] or "") for name in sorted(state, key=_place) if name.startswith(first)]
    return [line for line in clean("\n".join(texts)).splitlines() if line.strip()]


def field_errors(error: ValidationError) -> dict[str, str]:
    """What to do, by field name."""
    faults = [fault for fault in reversed(error.errors()) if fault["loc"]]
    return {str(fault["loc"][0]): _told(fault["type"], fault["msg"]) for fault in faults}


def _content(element: Mapping[str, Any]) -> Any:
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"]]
    if "selected_option" in element:
        option = element["selected_option"]
        return option["value"] if option else None
    kinds = ("value", "selected_user", "selected_users", "selected_conversation", "selected_date", "selected_time")
    return next((element[kind] for kind in kinds if kind in element), None)


def _place(field: str) -> int:
    number = field.rpartition("_")[2]
    return int(number) if number.isdecimal() else 0


def _told(kind: str, message: str) -> str:
    if kind in ("missing", "none_required") or kind.endswith("_type"):
        return "Please fill this in."
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return KINDS.get(kind, "This cannot be read. Please fill it in again.")


def _or_nothing(value: object) -> object:
    return "" if value is None else value


Line = Annotated[str, BeforeValidator(_or_nothing)]


class Form(BaseModel):
    """The fields of a modal that was submitted."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    @field_validator("*")
    @classmethod
    def _bearable(cls, value: Any) -> Any:
        for one in value if isinstance(value, (tuple, dict)) else (value,):
            if isinstance(one, int) and abs(one) > NUMBER_MAX:
                raise ValueError(f"Give a number up to {NUMBER_MAX:,}.")
        return value

    @classmethod
    def parse(cls, view: Mapping[str, Any]) -> Self:
        """Read the submitted view; raises pydantic's ValidationError with the faults by field."""
        return cls.model_validate(state_of(view))


class RegisterForm(Form):
    """The short form. `answers` are by the other initiative's id."""

    title: Line = ""
    problem: Line = ""
    stages: tuple[int, ...] = ()
    department: int | None = None
    answers: dict[int, Choice | None] = {}

    @classmethod
    def parse(cls, view: Mapping[str, Any]) -> Self:
        """Read the submitted view, with the answers gathered from their questions."""
        state = state_of(view)
        answers = {name.removeprefix(ANSWER): value for name, value in state.items() if name.startswith(ANSWER)}
        return cls.model_validate({**state, "answers": answers})

    @property
    def filled(self) -> Filled:
        """The same, to be shown again."""
        return Filled(self.title, self.problem, self.stages, self.department, self.chosen)

    @property
    def chosen(self) -> dict[int, Choice]:
        """The questions that were answered."""
        return {id: choice for id, choice in self.answers.items() if choice is not None}

    @property
    def unanswered(self) -> list[int]:
        """The questions that were not."""
        return [id for id, choice in self.answers.items() if choice is None]

    def draft(self, department: int, turn: Turn) -> Draft:
        """What is to be registered."""
        links = (turn.link,) if turn.link else ()
        return Draft(one_line(self.title), clean(self.problem), department, stages=self.stages, links=links)


class EditForm(Form):
    """Everything of an initiative but its contacts."""

    title: Line = ""
    problem: Line = ""
    stages: tuple[int, ...] = ()
    department: int
    owner: str | None = None
    """A Slack user id."""
    status: Status
    starts_on: date | None = None
    ends_on: date | None = None
    movable_from: date | None = None
    movable_until: date | None = None
    segments: tuple[int, ...] = ()
    touchpoints: tuple[int, ...] = ()
    links: Line = ""

    @field_validator("movable_until")
    @classmethod
    def _both_or_none(cls, until: date | None, info: ValidationInfo) -> date | None:
        since = info.data.get("movable_from")
        if (since is None) != (until is None):
            raise ValueError("Give both days, or leave both empty.")
        if since and until and until < since:
            raise ValueError("Choose a day on or after the first.")
        return until

    @property
    def movable(self) -> Window | None:
        """The days within which it may be moved."""
        return Window(self.movable_from, self.movable_until) if self.movable_from and self.movable_until else None

    def draft(self, initiative: Initiative, owner: int | None, note: EditNote) -> Draft:
        """The initiative's draft with what the form says; what it does not show stays."""
        hidden = initiative.draft.links[note.links_shown :]
        return replace(
            initiative.draft,
            title=one_line(self.title),
            problem=clean(self.problem),
            stages=self.stages,
            department=self.department,
            owner=owner,
            status=self.status,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            movable=self.movable,
            segments=self.segments,
            touchpoints=self.touchpoints,
            links=(*clean(self.links).splitlines(), *hidden),
        )
