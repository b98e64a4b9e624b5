"""Which schedules a person may see, in which order, and what the person may do with each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from planning.errors import NotAllowed
from planning.outbox.values import Delivery, MessageKind
from planning.register import Register
from planning.schedules.changing import may_change, may_send
from planning.schedules.values import Occurrence, Schedule, ScheduleKind
from planning.workspace.rights import Right, Ties, may
from planning.workspace.values import Person

KINDS = (
    ScheduleKind.PERSONAL,
    ScheduleKind.EXECUTIVE,
    ScheduleKind.DEPARTMENT,
    ScheduleKind.CHECK_IN,
    ScheduleKind.PULSE,
    ScheduleKind.SEASON,
    ScheduleKind.NIGHTLY,
    ScheduleKind.ESCALATION,
)
"""The order in which they are listed."""
OF_ALL = frozenset(KINDS) - {ScheduleKind.PERSONAL}
DIGESTS = (MessageKind.DIGEST, MessageKind.DEPARTMENT_DIGEST)
"""Messages about a due time."""
HISTORY = 10
"""What became of so many due times is shown."""


class Deed(StrEnum):
    """What can be done with a schedule in Slack."""

    SEE = "see"
    PREVIEW = "preview"
    CHANGE = "change"
    PAUSE = "pause"
    SKIP = "skip"
    SEND = "send"


MAY: Mapping[Deed, Callable[[Person, Schedule], bool]] = {
    Deed.SEE: may_send,
    Deed.PREVIEW: may_send,
    Deed.CHANGE: may_change,
    Deed.PAUSE: may_change,
    Deed.SKIP: may_change,
    Deed.SEND: may_send,
}
"""Who may have one sent may see it; somebody else’s own list is seen by nobody."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one person may see. `lists` counts the people with a list of their own; None where that is not theirs."""

    schedules: tuple[Schedule, ...]
    latest: Mapping[int, Occurrence]
    departments: Mapping[int, str]
    lists: int | None = None
    lacking: tuple[int, ...] = ()
    """Departments without a digest to which the person may give one."""
    arrivals: Mapping[int, Delivery] = field(default_factory=dict)
    """How far the digests have come that were composed, by the due time's number."""


def seen_by(register: Register, person: Person) -> Seen:
    """All that the person may see, in order."""
    names = {one.id: one.name for one in register.departments.all()}
    known = register.schedules.all(OF_ALL)
    own = register.schedules.of(ScheduleKind.PERSONAL, person.id)
    shown = [one for one in [*([own] if own else []), *known] if MAY[Deed.SEE](person, one)]
    ordered = sorted(shown, key=lambda one: (KINDS.index(one.kind), names.get(one.subject, "").casefold(), one.id))
    latest = register.schedules.latest([one.id for one in ordered])
    return Seen(
        tuple(ordered),
        latest,
        names,
        register.schedules.running(ScheduleKind.PERSONAL) if may(person, Right.KEEP_SCHEDULES) else None,
        tuple(_lacking(person, names, known)),
        arrivals_of(register, latest.values()),
    )


def arrivals_of(register: Register, occurrences: Iterable[Occurrence]) -> Mapping[int, Delivery]:
    """How far the digests of these due times have come: one that is composed may still not arrive."""
    return register.postings.arrivals(DIGESTS, [one.id for one in occurrences])


def check_may_see(person: Person, schedule: Schedule) -> None:
    """Raises NotAllowed."""
    if not MAY[Deed.SEE](person, schedule):
        raise NotAllowed("You cannot see this schedule. Ask a steward.")


def _lacking(person: Person, departments: Mapping[int, str], known: Sequence[Schedule]) -> list[int]:
    having = {one.subject for one in known if one.kind is ScheduleKind.DEPARTMENT}
    mine = [one for one in departments if may(person, Right.KEEP_DEPARTMENT_DIGEST, Ties((one,)))]
    return [one for one in mine if one not in having]
