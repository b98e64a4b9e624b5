"""Who gets the pack of a quarter, and when: once its plan is computed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from planning.alerts.preferences import Notice
from planning.alerts.reaching import when
from planning.audit.values import Entry
from planning.errors import NotAllowed
from planning.outbox.values import Address, MessageKind, Posting
from planning.proposals.asking import NO_WISHES, Progress, Proposal
from planning.proposals.requesting import ask_for
from planning.proposals.values import AboutKind
from planning.register import Register
from planning.schedules.values import ScheduleKind
from planning.season.opening import about_quarter, is_opened
from planning.workspace.arranging import stewards_of
from planning.workspace.hours import Hours, at_work
from planning.workspace.rights import Right, Who, among, may
from planning.workspace.values import Person

FRESH = timedelta(hours=12)
"""A plan that was computed earlier may have been overtaken."""
PATIENCE = timedelta(hours=1)
"""A pack that was asked for goes out after that, with whatever is known by then."""
_OVER = frozenset({Progress.DONE, Progress.FAILED})


def ask_for_pack(register: Register, quarter: str, actor: Person, now: datetime) -> Proposal:
    """Have the pack sent to who asks for it: at once when a fresh plan is there, else when it is computed."""
    check_reader(register, actor)
    about = about_quarter(quarter)
    fresh = next((one for one in register.proposals.of(about) if _is_fresh(one, now)), None)
    proposal = fresh or ask_for(register, about, None, now)
    later = None if fresh else now + PATIENCE
    address = Address.person(str(actor.slack_id))
    key = f"pack:{quarter}:{proposal.id}:{address}"
    if register.postings.add(Posting(key, MessageKind.PACK, proposal.id, address, not_before=later), now):
        register.audit.add(Entry(now, "season.pack", f"proposal:{proposal.id}", actor.id, {"quarter": quarter}))
    return proposal


def check_reader(register: Register, actor: Person) -> None:
    """Raises NotAllowed, naming whom to ask, unless the person is an executive or a steward."""
    if not may(actor, Right.SEE_PACK):
        names = " or ".join(one.name for one in stewards_of(register)[:3])
        told = f" Ask {names}." if names else ""
        raise NotAllowed(f"The pack of the whole portfolio is for executives and stewards.{told}")


def send_packs(register: Register, proposal: Proposal, now: datetime) -> int:
    """Called when a proposal is over: the pack of its quarter goes to those who wait for it; how many are new.

    After a season was opened these are the readers of the executives' digest, else each executive, in their hours.
    """
    about = proposal.about
    if about.kind is not AboutKind.QUARTER or not about.quarter or proposal.progress not in _OVER:
        return 0
    register.postings.hasten(MessageKind.PACK, proposal.id)
    if not is_opened(register, about.quarter) or proposal.wishes != NO_WISHES:
        return 0
    posted = [register.postings.add(posting, now) for posting in _postings(register, proposal, now)]
    return sum(posted)


def _is_fresh(proposal: Proposal, now: datetime) -> bool:
    """Whether it is done, of late, and as nobody wished it otherwise."""
    of_late = proposal.done_at is not None and now - proposal.done_at < FRESH
    return proposal.progress is Progress.DONE and of_late and proposal.wishes == NO_WISHES


def _postings(register: Register, proposal: Proposal, now: datetime) -> Iterator[Posting]:
    """One for each address and quarter, whichever proposal it shows."""
    for address, at in _readers(register, now):
        key, later = f"pack:{proposal.about.quarter}:{address}", at if at > now else None
        yield Posting(key, MessageKind.PACK, proposal.id, address, not_before=later)


def _readers(register: Register, now: datetime) -> Iterator[tuple[Address, datetime]]:
    schedule = register.schedules.of(ScheduleKind.EXECUTIVE)
    if schedule is not None and not schedule.paused:
        yield Address.channel(schedule.channel), at_work(now, Hours(schedule.zone))
        return
    for person in among(register.people.all(), Who.EXECUTIVE):
        if (at := when(register, person, Notice.SEASON, now)) is not None:
            yield Address.person(str(person.slack_id)), at
