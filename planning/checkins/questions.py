"""What an owner was asked, as it stands now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.checkins.values import CheckIn
from planning.errors import NotAllowed
from planning.initiatives.values import Initiative
from planning.outbox.values import MessageKind
from planning.register import Register
from planning.workspace.rights import Right, Ties, may
from planning.workspace.values import Person


class Fate(StrEnum):
    """What has become of a question."""

    OPEN = "open"
    """Its answer is taken, the first one or another."""
    OVER = "over"
    """The initiative is done, withdrawn, or part of another one."""
    THEIRS = "theirs"
    """Somebody else owns the initiative now, or nobody."""
    OVERTAKEN = "overtaken"
    """The same was asked anew since."""


@dataclass(frozen=True, slots=True)
class Question:
    """One check-in with its initiative, who owns that now, and what has become of it."""

    check_in: CheckIn
    initiative: Initiative
    fate: Fate
    owner: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is still to be answered."""
        return self.fate is Fate.OPEN and self.check_in.answer is None


@dataclass(frozen=True, slots=True)
class Asking:
    """All that one person was asked at one moment; `id` is that of the first check-in."""

    id: int
    person: Person
    asked_at: datetime
    questions: tuple[Question, ...]

    @property
    def open(self) -> tuple[Question, ...]:
        """Those of which an answer is taken."""
        return tuple(one for one in self.questions if one.fate is Fate.OPEN)

    @property
    def waiting(self) -> tuple[Question, ...]:
        """Those that are still to be answered."""
        return tuple(one for one in self.questions if one.waits)


def fate_of(check_in: CheckIn, initiative: Initiative, newest: CheckIn) -> Fate:
    """What has become of a question; `newest` is the newest about the same initiative."""
    if not initiative.live:
        return Fate.OVER
    if initiative.draft.owner != check_in.person:
        return Fate.THEIRS
    return Fate.OVERTAKEN if newest.asked_at > check_in.asked_at else Fate.OPEN


def read_asking(register: Register, id: int) -> Asking:
    """What was asked in the message of this check-in, as it stands now."""
    one = register.check_ins.by_id(id)
    asked = register.check_ins.asked(one.person, one.asked_at)
    ids = [each.initiative for each in asked]
    newest, people = register.check_ins.newest(ids), {person.id: person for person in register.people.all()}
    initiatives = {each.id: each for each in register.initiatives.some(ids)}
    questions = []
    for each in asked:
        initiative = initiatives[each.initiative]
        owner = people.get(initiative.draft.owner or 0)
        fate = fate_of(each, initiative, newest[each.initiative])
        questions.append(Question(each, initiative, fate, owner.name if owner else ""))
    return Asking(asked[0].id, people[one.person], one.asked_at, tuple(questions))


def own_asking(register: Register, id: int, actor: Person) -> Asking:
    """The same; NotAllowed when somebody else was asked."""
    asking = read_asking(register, id)
    if not may(actor, Right.ANSWER_CHECK_IN, Ties(asked=(asking.person.id,))):
        raise NotAllowed("This was put to somebody else, who owns these initiatives.")
    return asking


def redraw(register: Register, check_in: CheckIn) -> None:
    """Have the message in which it was asked drawn again."""
    first = register.check_ins.asked(check_in.person, check_in.asked_at)[0]
    register.postings.revise(MessageKind.CHECK_IN, first.id)


def redraw_of(register: Register, before: Initiative, after: Initiative) -> None:
    """Have the message drawn again that asks about an initiative, where it says something else of it now."""
    shown = [(one.draft.title, one.draft.owner, one.draft.status, one.joined) for one in (before, after)]
    newest = register.check_ins.newest([after.id]).get(after.id) if shown[0] != shown[1] else None
    if newest is not None:
        redraw(register, newest)
