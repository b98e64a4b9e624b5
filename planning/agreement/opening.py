"""Opening a poll: who is asked is put on record, and each of them gets one message."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from planning.agreement.sampling import askable, drawn
from planning.agreement.telling import ask, next_look
from planning.agreement.values import Poll, PollKind
from planning.audit.values import Entry
from planning.errors import AlreadyDone, FieldError
from planning.register import Register
from planning.workspace.arranging import check_steward
from planning.workspace.hours import END, said_in, zone_of
from planning.workspace.rights import Right
from planning.workspace.values import Person

DAYS, DAYS_MAX = 7, 60
"""For how long a round is open, unless said otherwise and at most."""
SIZE, SIZES, ASKED_MAX = 5, range(1, 51), 200
"""How many people of a department are asked, unless said otherwise, and may be; and how many in all."""


def open_poll(
    register: Register,
    kind: PollKind,
    about: Sequence[int],
    invited: Sequence[tuple[Person, int]],
    size: int,
    closes_at: datetime,
    actor: Person | None,
    seed: int,
    now: datetime,
) -> Poll:
    """Ask these people, each for a department; one poll of a kind is open at a time (of score tests one per stage).

    What a person begins is asked at once; what begins by itself (no actor), when each is at work.
    """
    _check_none_open(register, kind, tuple(about), actor)
    opener = actor.id if actor else None
    begun = Poll(0, kind, now, closes_at, opener, size, seed, tuple(about), next_at=now)
    poll = register.polls.add(begun)
    register.polls.invite(poll.id, [(person.id, department) for person, department in invited])
    _record(register, poll, [person.id for person, _ in invited])
    ask(register, poll, now)
    return next_look(register, poll, now)


def open_naming(register: Register, size: int, closes_on: date, actor: Person, seed: int, now: datetime) -> Poll:
    """Ask `size` people of each department, drawn with the seed, to name the stages until the end of a day's work."""
    check_steward(register, actor, Right.RUN_AGREEMENT)
    _check_none_open(register, PollKind.NAMING, (), actor)
    closes_at = datetime.combine(closes_on, END, zone_of(actor.zone))
    invited = drawn(register.people.all(), size, seed)
    errors = {**_fault_of_nobody(invited), **fault_of_size(size, SIZES, len(invited)), **_fault_of_end(closes_at, now)}
    if errors:
        raise FieldError(errors)
    return open_poll(register, PollKind.NAMING, (), invited, size, closes_at.astimezone(now.tzinfo), actor, seed, now)


def sample_sizes(register: Register, size: int) -> list[tuple[str, int, int]]:
    """Each department's name, how many of it would be asked and how many could be; nobody is drawn."""
    found = askable(register.people.all())
    named = sorted(register.departments.all(), key=lambda department: department.name.casefold())
    counts = [(one.name, len(found.get(one.id, ()))) for one in named]
    return [(name, min(size, count), count) for name, count in counts]


def asked_of(register: Register, poll: int) -> list[tuple[str, int]]:
    """How many people were asked of each department, by its name."""
    counts = Counter(invitation.department for invitation in register.polls.invitations(poll))
    named = {department.id: department.name for department in register.departments.all()}
    return sorted(((named[id], count) for id, count in counts.items()), key=lambda row: row[0].casefold())


def fault_of_size(size: int, sizes: range, asked: int) -> dict[str, str]:
    """What is wrong with asking so many people of each department and so many in all."""
    if size not in sizes:
        return {"size": f"Ask at least {sizes[0]} and at most {sizes[-1]} people of each department."}
    if asked > ASKED_MAX:
        return {"size": f"That would ask {asked} people, and {ASKED_MAX} are plenty. Ask fewer of each department."}
    return {}


def first_end(actor: Person, now: datetime) -> date:
    """The day that a form proposes for the end of a round."""
    return now.astimezone(zone_of(actor.zone)).date() + timedelta(days=DAYS)


def _record(register: Register, poll: Poll, asked: Sequence[int]) -> None:
    details: dict[str, object] = {
        "kind": str(poll.kind),
        "about": [*poll.about],
        "size": poll.size,
        "seed": poll.seed,
        "closes_at": poll.closes_at.isoformat(),
        "asked": [*asked],
    }
    register.audit.add(Entry(poll.opened_at, "poll.opened", f"poll:{poll.id}", poll.opened_by, details))


def _check_none_open(register: Register, kind: PollKind, about: tuple[int, ...], actor: Person | None) -> None:
    latest = register.polls.of_kind(kind, None if kind is PollKind.SCORE else 1)
    going = next((one for one in latest if one.open and (kind is not PollKind.SCORE or one.about == about)), None)
    if going is not None:
        by = register.people.by_id(going.opened_by).name if going.opened_by else "Concord"
        until = said_in(actor.zone if actor else "UTC", going.closes_at)
        raise AlreadyDone(
            f"{by} has started one already, which is open until {until}. Wait for it, or close it with “/cx agree”."
        )


def _fault_of_nobody(invited: Sequence[tuple[Person, int]]) -> dict[str, str]:
    if invited:
        return {}
    return {"size": "Nobody can be asked yet: no department has people in Slack. Add some with “/cx setup”."}


def _fault_of_end(closes_at: datetime, now: datetime) -> dict[str, str]:
    if closes_at <= now:
        return {"closes_on": f"It would be over already: a round ends at {END:%H:%M}. Choose a later day."}
    if (closes_at.date() - now.astimezone(closes_at.tzinfo).date()).days > DAYS_MAX:
        return {"closes_on": f"Nobody remembers it for so long. Choose a day within {DAYS_MAX} days."}
    return {}
