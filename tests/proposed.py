"""Values for tests of proposals, as `tests.builders` makes the others."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from planning.proposals.asking import Progress, Proposal
from planning.proposals.changes import ContactMoved, Days, Merged, Moved, RequestMoved
from planning.proposals.values import (
    About,
    AboutKind,
    ContactDays,
    Lack,
    LackKind,
    PoolLoad,
    Proposed,
    Relaxation,
    Tally,
)
from tests.builders import NOW

ABOUT = About(kind=AboutKind.QUARTER, quarter="2027-Q1")
MONDAY = date(2027, 3, 1)


def days(start: date = MONDAY, length: int = 5) -> Days:
    """The five days from Monday, 1 March 2027."""
    return Days(start=start, end=start + timedelta(days=length - 1))


def moved(**fields: Any) -> Moved:
    """CX-1 begins two weeks later."""
    later = days(MONDAY + timedelta(weeks=2), 82)
    made = Moved(
        initiative=1, title="Clearer letters", department="Marketing", weeks=2, before=days(length=82), after=later
    )
    return made.model_copy(update=fields)


def contact_moved(**fields: Any) -> ContactMoved:
    """The letter of CX-2 goes out a week later."""
    made = ContactMoved(
        initiative=2,
        title="Plain words",
        department="Service",
        segment=1,
        touchpoint=1,
        intent="inform",
        segment_name="Flood-zone homes",
        touchpoint_name="Letter",
        before=days(),
        after=days(MONDAY + timedelta(weeks=1)),
    )
    return made.model_copy(update=fields)


def request_moved(**fields: Any) -> RequestMoved:
    """CX-3 shares release testing: four weeks instead of two."""
    made = RequestMoved(
        initiative=3,
        title="New app",
        department="Digital",
        pool=1,
        pool_name="Release testing",
        person_weeks=4,
        before=days(length=14),
        after=days(length=28),
    )
    return made.model_copy(update=fields)


def merged(**fields: Any) -> Merged:
    """CX-48 is given up for CX-92."""
    made = Merged(
        initiative=48, title="Letters", department="Sales", into=92, into_title="All letters", into_department="Claims"
    )
    return made.model_copy(update=fields)


def pool_load(week: int = 0, **fields: Any) -> PoolLoad:
    """Release testing is asked for a person-week more than it has, and for as much as it has afterwards."""
    monday = MONDAY + timedelta(weeks=week)
    made = PoolLoad(pool=1, name="Release testing", monday=monday, available=2, before=3, after=2)
    return made.model_copy(update=fields)


def contact_days(initiative: int = 1, **fields: Any) -> ContactDays:
    """A letter to flood-zone homes that runs into one of CX-2, and no more afterwards."""
    made = ContactDays(
        initiative=initiative,
        title="Clearer letters",
        department="Marketing",
        segment_name="Flood-zone homes",
        touchpoint_name="Letter",
        intent="inform",
        before=days(),
        after=days(MONDAY + timedelta(weeks=1)),
        clashes_before=(2,),
    )
    return made.model_copy(update=fields)


def proposed(**fields: Any) -> Proposed:
    """CX-1 begins later, and nothing collides any more."""
    made = Proposed(
        possible=True,
        proven=True,
        changes=(moved(),),
        before=Tally(collisions=3, overloaded_weeks=2, short=4),
        after=Tally(),
        loads=(pool_load(),),
        contacts=(contact_days(),),
        initiatives=(1, 2),
    )
    return made.model_copy(update=fields)


def impossible(**fields: Any) -> Proposed:
    """Release testing lacks a person-week and a half in two weeks."""
    lack = Lack(
        kind=LackKind.PEOPLE,
        name="Release testing",
        weeks=(MONDAY, MONDAY + timedelta(weeks=1)),
        amount=1.5,
        initiatives=(1, 3),
    )
    way = Relaxation(sentence="With 1.5 more person-weeks of Release testing it fits.")
    tally = Tally(overloaded_weeks=2, short=1.5)
    made = proposed(possible=False, changes=(), lacks=(lack,), relaxations=(way,), before=tally, after=tally)
    return made.model_copy(update=fields)


def proposal(**fields: Any) -> Proposal:
    """Waits to be computed, for the first quarter of 2027."""
    return replace(Proposal(1, ABOUT, NOW), **fields)


def done(best: Proposed | None = None, **fields: Any) -> Proposal:
    """Computed."""
    return proposal(**{"progress": Progress.DONE, "best": best or proposed(), "done_at": NOW, **fields})
