import pytest

from handlers.views.journey import JourneyShown, journey_list
from handlers.views.journey_changes import CHANGES, changes_list, version_list
from handlers.views.names import Names
from handlers.views.paging import Place
from planning.journey.values import HandOff, Journey
from planning.journey.versions import SavedJourney
from planning.register import Page
from tests.builders import NOW, metric, stage, steward
from tests.handlers.slack import spoken
from tests.handlers.views.limits import LONG, NASTY, accepted

MANY = {n: f"{n} {NASTY}"[:80] for n in range(1, 30)}
NAMES = Names(MANY, MANY, MANY, MANY, MANY, MANY)
STAGES = tuple(
    stage(id=n, name=MANY[n], position=n, definition=LONG, customer_goal=LONG, intent=LONG, brand_value=LONG, owner=n)
    for n in range(1, 21)
)
HAND_OFFS = tuple(HandOff(n, n % 4 + 1, n % 19 + 2, n % 7 + 1, n % 5 + 1, 3, owner=None) for n in range(1, 41))
VERSION = SavedJourney(version=999, at=NOW, by=1, stages=(), told=(LONG,) * 60)


@pytest.mark.parametrize("offset", range(0, 20, 5))
def test_the_largest_journey_fits(offset: int) -> None:
    metrics = [metric(id=n, name=MANY[n], stage=n % 3 + 1) for n in range(1, 30)]
    shown = JourneyShown(
        Journey(1, STAGES, (), (), HAND_OFFS), NAMES, steward(id=1), dict.fromkeys(range(20), 10**6), metrics, VERSION
    )

    assert accepted(journey_list(shown, offset))


def test_of_many_hand_offs_the_first_are_shown_and_the_rest_counted() -> None:
    onward = tuple(HandOff(n, 1, n + 1) for n in range(1, 6))
    shown = JourneyShown(Journey(1, STAGES, (), (), onward), NAMES, steward(id=1))

    assert "…and 2 more hand-offs from here" in spoken(accepted(journey_list(shown)))


def test_the_longest_history_fits() -> None:
    said = spoken(accepted(changes_list(Page((VERSION,) * 6, 99), NAMES, "Europe/Oslo")))

    assert "…and 55 more changes" in said
    assert "…and 93 more" in said


def test_the_longest_version_fits() -> None:
    back = Place(list=CHANGES)
    said = [spoken(accepted(version_list(VERSION, NAMES, "Europe/Oslo", offset, back))) for offset in (0, 40)]

    assert ["…and 40 more" in one for one in said] == [True, False]


def test_a_zone_that_nobody_knows_does_no_harm() -> None:
    assert "on 1 March 2027" in spoken(accepted(changes_list(Page((VERSION,), 1), NAMES, "Mars/Base")))
