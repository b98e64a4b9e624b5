"""The facts behind a finding, as values, each told in one plain sentence."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from planning.window import said_between


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True)

    @property
    def essence(self) -> str:
        """What a dismissal covers: while it stays the same, the finding is not raised again."""
        return self.model_dump_json()


class AlikeTexts(_Fact):
    """The texts of two initiatives mean something similar."""

    kind: Literal["alike_texts"] = "alike_texts"
    cosine: float

    @property
    def essence(self) -> str:
        """The wording may move as long as the two stay alike."""
        return self.kind

    @property
    def sentence(self) -> str:
        return f"They describe similar work (texts {self.cosine:.0%} alike)."


class SharedThings(_Fact):
    """Two initiatives name the same customer problem, stages, segments or touchpoints."""

    kind: Literal["shared"] = "shared"
    what: Literal["problem", "stage", "segment", "touchpoint"]
    names: tuple[str, ...]

    @property
    def sentence(self) -> str:
        return f"{_SHARED[self.what]} {_listed(tuple(f'“{name}”' for name in self.names))}."


_SHARED = {
    "problem": "Both serve the customer problem",
    "stage": "Both work on the stage",
    "segment": "Both are for",
    "touchpoint": "Both use",
}


class SharedDays(_Fact):
    """Two initiatives run in the same days."""

    kind: Literal["shared_days"] = "shared_days"
    start: date
    end: date

    @property
    def essence(self) -> str:
        """A date that moves does not make the same work a different one."""
        return self.kind

    @property
    def sentence(self) -> str:
        return f"Both run {said_between(self.start, self.end)}."


class PlannedContact(_Fact):
    """One planned contact with its names, as part of a fact."""

    initiative: int
    title: str
    department: str
    segment: str
    touchpoint: str
    intent: str
    start: date
    end: date


class OpposedContacts(_Fact):
    """The same customers would be told opposed things in the same days."""

    kind: Literal["opposed_contacts"] = "opposed_contacts"
    first: PlannedContact
    second: PlannedContact
    start: date
    end: date

    @property
    def sentence(self) -> str:
        days = said_between(self.start, self.end)
        return f"{_told(self.first)} while {_told(self.second)}, {days}{self._nesting()}."

    def _nesting(self) -> str:
        if self.first.segment == self.second.segment:
            return ""
        return f" ({self.first.segment} and {self.second.segment} share customers)"


class StageWithoutWork(_Fact):
    """Nobody works on a stage."""

    kind: Literal["stage_without_work"] = "stage_without_work"
    stage: str
    weight: int

    @property
    def sentence(self) -> str:
        return f"No live initiative works on “{self.stage}” (importance {self.weight} of 5)."


class SingleDepartmentStage(_Fact):
    """Only one department works on a stage."""

    kind: Literal["single_department_stage"] = "single_department_stage"
    stage: str
    weight: int
    department: str
    initiatives: int

    @property
    def sentence(self) -> str:
        count = "one initiative" if self.initiatives == 1 else f"{self.initiatives} initiatives"
        return f"Only {self.department} works on “{self.stage}” ({count}, importance {self.weight} of 5)."


class IncompleteInitiative(_Fact):
    """An initiative lacks what the others need to plan with it."""

    kind: Literal["incomplete_initiative"] = "incomplete_initiative"
    reference: str
    title: str
    department: str
    missing: tuple[str, ...]

    @property
    def sentence(self) -> str:
        return (
            f"{self.reference} “{self.title}” ({self.department}) has no {_listed(_brief(self.missing), 'and no')} yet."
        )


Fact = Annotated[
    AlikeTexts
    | SharedThings
    | SharedDays
    | OpposedContacts
    | StageWithoutWork
    | SingleDepartmentStage
    | IncompleteInitiative,
    Field(discriminator="kind"),
]
FACTS: TypeAdapter[tuple[Fact, ...]] = TypeAdapter(tuple[Fact, ...])


def _told(contact: PlannedContact) -> str:
    return f"{contact.department} would {_DOES[contact.intent]} {contact.segment} by {contact.touchpoint}"


_DOES = {
    "inform": "inform",
    "survey": "survey",
    "win": "advertise to",
    "cross-sell": "cross-sell to",
    "onboard": "welcome",
    "renew": "ask for renewal from",
    "win-back": "try to win back",
    "bill": "bill",
    "collect": "ask for an overdue payment from",
    "restrict": "set limits for",
    "cancel": "end the contract of",
    "apologise": "apologise to",
}


def _brief(missing: tuple[str, ...]) -> tuple[str, ...]:
    """Both dates in one word."""
    dates = ("start date", "end date")
    return (*(one for one in missing if one not in dates), "dates") if set(dates) <= set(missing) else missing


def _listed(names: tuple[str, ...], last: str = "and") -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
