"""How a ratification stands: what each department says to the journey, and what has changed since they were asked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.agreement.ratification import AskedStage, Ratification, Stance
from planning.journey.values import Journey
from planning.workspace.values import Department, Person


class Word(StrEnum):
    """What a department says, all its stances taken together."""

    AGREES = "agrees"
    OBJECTS = "objects"
    OUTDATED = "outdated"
    """It has answered, but the journey has changed since."""
    WAITING = "waiting"
    """A lead of it was asked and has not answered yet."""
    UNASKED = "unasked"
    """Nobody who leads it now was asked: it, or its lead, came later."""
    NOBODY = "nobody"
    """It has no lead whom Concord can reach."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a department does not agree to a stage."""

    department: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class DepartmentWord:
    """A department with its word, and its objections to stages that are still as they were asked."""

    id: int
    name: str
    word: Word
    objections: tuple[Objection, ...] = ()
    last_at: datetime | None = None
    """When it answered last."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A ratification with what all departments say, by name; `changed` says what the journey is not any more."""

    ratification: Ratification
    departments: tuple[DepartmentWord, ...]
    changed: tuple[str, ...] = ()
    last_at: datetime | None = None
    """When something was said last."""

    @property
    def objections(self) -> tuple[Objection, ...]:
        """All that stand."""
        return tuple(objection for one in self.departments for objection in one.objections)

    @property
    def unanimous(self) -> bool:
        """Whether every department that has somebody to ask agrees to the journey as it is."""
        words = {one.word for one in self.departments} - {Word.NOBODY}
        return words == {Word.AGREES} and not self.changed

    def saying(self, *words: Word) -> list[str]:
        """The names of the departments with one of these words."""
        return [one.name for one in self.departments if one.word in words]


def tally(
    ratification: Ratification,
    stances: Sequence[Stance],
    journey: Journey,
    departments: Iterable[Department],
    people: Sequence[Person],
) -> Tally:
    """What each department says, whether it can be asked at all, and what has changed since, unless it is ratified."""
    changed = () if ratification.ratified_by is not None else changes(ratification.stages, journey)
    as_they_are = {*as_asked(journey)} if changed else {*ratification.stages}
    names = {stage.id: stage.name for stage in ratification.stages if stage in as_they_are}
    asked = {*ratification.asked}
    words = [_word(one, stances, names, _silent(one.id, asked, people), bool(changed)) for one in departments]
    by_name = sorted(words, key=lambda one: (one.name.casefold(), one.id))
    return Tally(ratification, tuple(by_name), changed, _last(stances))


def reachable_leads(department: int, people: Iterable[Person]) -> list[Person]:
    """The leads of a department whom Concord can ask in Slack."""
    return [person for person in people if person.reachable and person.leads(department)]


def as_asked(journey: Journey) -> tuple[AskedStage, ...]:
    """The stages in order, as they are put to the leads."""
    ordered = sorted(journey.stages, key=lambda stage: stage.position)
    return tuple(AskedStage(stage.id, stage.name, stage.definition) for stage in ordered)


def changes(asked: Sequence[AskedStage], journey: Journey) -> tuple[str, ...]:
    """How the journey differs from what the leads were asked, a few words each."""
    now, known = as_asked(journey), {stage.id for stage in asked}
    current = {stage.id: stage for stage in now}
    told = [_change(stage, current.get(stage.id)) for stage in asked]
    new = [f"“{stage.name}” is new" for stage in now if stage.id not in known]
    kept = [stage.id for stage in asked if stage.id in current]
    moved = ["the order is another one"] if kept != [stage.id for stage in now if stage.id in known] else []
    return (*filter(None, told), *new, *moved)


def _change(asked: AskedStage, now: AskedStage | None) -> str:
    if now is None:
        return f"“{asked.name}” was taken out"
    if asked.name != now.name:
        return f"“{asked.name}” is called “{now.name}” now"
    return f"“{asked.name}” is defined in other words" if asked.definition != now.definition else ""


def _word(
    department: Department, stances: Iterable[Stance], names: Mapping[int, str], silent: Word, outdated: bool
) -> DepartmentWord:
    """`names` are those of the stages that are as they were asked; `silent` is the word of who has said nothing."""
    own = [stance for stance in stances if stance.department == department.id]
    against = [stance for stance in own if not stance.agrees and stance.stage in names]
    objections = tuple(Objection(department.name, names[one.stage], one.reason) for one in against)
    said = Word.OBJECTS if objections else Word.OUTDATED if outdated else Word.AGREES
    return DepartmentWord(department.id, department.name, said if own else silent, objections, _last(own))


def _silent(department: int, asked: Collection[tuple[int, int]], people: Iterable[Person]) -> Word:
    leads = reachable_leads(department, people)
    if not leads:
        return Word.NOBODY
    return Word.WAITING if any((department, lead.id) in asked for lead in leads) else Word.UNASKED


def _last(stances: Iterable[Stance]) -> datetime | None:
    return max((stance.at for stance in stances), default=None)
