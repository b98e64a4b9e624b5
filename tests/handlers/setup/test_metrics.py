"""The stewards' metrics and tensions, by their forms."""

from typing import Any

import pytest

from handlers.ids import Action
from handlers.setup import show_settings
from handlers.setup.metrics import RECORDS
from handlers.setup.recording import keeper, opener
from handlers.views.setup_menus import NEW
from planning.errors import NotAllowed
from planning.metrics.values import Cadence, Direction, Metric, Tension
from tests.builders import metric, steward
from tests.handlers.slack import Desk, buttons, field_names, spoken, submitted
from tests.handlers.views.limits import accepted

RECORD = {record.menu: record for record in RECORDS}
EVERYTHING: dict[str, Any] = {
    "name": "Renewals",
    "unit": "%",
    "direction": "up",
    "segment": 1,
    "baseline": "60",
    "baseline_on": "2027-01-01",
    "target": "70.5",
    "target_on": "2027-12-31",
    "cadence": "monthly",
    "owner": "U0BO",
    "source": "The contract system",
    "financial": "yes",
}


@pytest.fixture
def steward_desk(desk: Desk) -> Desk:
    """Ada is the steward, too."""
    desk.actor = steward(id=1, department=1)
    with desk.registers.writing() as register:
        register.people.save(desk.actor)
    return desk


def opened(desk: Desk, menu: Action, chosen: str = NEW) -> dict[str, Any]:
    action = {"selected_option": {"value": chosen}}
    opener(RECORD[menu])(desk.ack, desk.body, action, desk.client, desk.registers, desk.actor)
    return desk.modal


def fill(desk: Desk, menu: Action, chosen: str = NEW, **typed: Any) -> None:
    send(desk, menu, submitted(opened(desk, menu, chosen), **typed))


def send(desk: Desk, menu: Action, view: dict[str, Any]) -> None:
    desk.ack.reset_mock()
    keeper(RECORD[menu])(desk.ack, view, desk.context, desk.client, desk.registers, desk.actor, desk.now)


def metrics(desk: Desk) -> list[Metric]:
    with desk.registers.reading() as register:
        return register.metrics.all()


def tensions(desk: Desk) -> list[Tension]:
    with desk.registers.reading() as register:
        return register.metrics.tensions()


def test_all_that_is_said_of_a_metric_is_kept_and_comes_back(steward_desk: Desk) -> None:
    fill(steward_desk, Action.SETUP_METRIC, **EVERYTHING)
    (saved,) = metrics(steward_desk)

    assert (saved.segment, saved.owner, saved.cadence, saved.financial) == (1, 2, Cadence.MONTHLY, True)
    fill(steward_desk, Action.SETUP_METRIC, "1")
    assert metrics(steward_desk) == [saved]
    assert steward_desk.shown["title"]["text"] == "Saved"


def test_metrics_feed_each_other_but_not_in_a_circle(steward_desk: Desk) -> None:
    fill(steward_desk, Action.SETUP_METRIC, name="Trust", stage=2)
    fill(steward_desk, Action.SETUP_METRIC, name="Calls", direction="down", feeds=1)
    assert [(one.direction, one.feeds) for one in metrics(steward_desk)] == [(Direction.UP, None), (Direction.DOWN, 1)]

    fill(steward_desk, Action.SETUP_METRIC, "1", feeds=2)
    assert steward_desk.errors["feeds"].startswith("They would feed each other in a circle: Trust → Calls → Trust.")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"baseline": "10", "target": "5"}, "target"),
        ({"baseline_on": "2027-03-01", "target_on": "2027-02-01"}, "target_on"),
        ({"stage": 1, "segment": 1}, "segment"),
        ({"target": "nan"}, "target"),
        ({"name": "satisfaction"}, "name"),
    ],
)
def test_faults_are_told_at_their_field_and_nothing_is_saved(
    steward_desk: Desk, typed: dict[str, Any], field: str
) -> None:
    with steward_desk.registers.writing() as register:
        register.metrics.add(metric())
    fill(steward_desk, Action.SETUP_METRIC, **{"name": "NPS", **typed})

    assert list(steward_desk.errors) == [field]
    assert len(metrics(steward_desk)) == 1


def test_what_a_new_metric_pulls_against_is_told_and_can_be_taken_out(steward_desk: Desk) -> None:
    fill(steward_desk, Action.SETUP_METRIC, name="Handling time", direction="down")
    fill(steward_desk, Action.SETUP_METRIC, name="First-contact resolution")
    assert "It pulls against Handling time: a call that is cut short" in spoken(steward_desk.shown)

    (known,) = tensions(steward_desk)
    fill(steward_desk, Action.SETUP_TENSION, str(known.key), keeping="remove")
    assert tensions(steward_desk) == []
    assert "does not come back" in spoken(steward_desk.shown)


def test_a_tension_is_added_and_offered_by_both_names(steward_desk: Desk) -> None:
    fill(steward_desk, Action.SETUP_METRIC, name="Speed")
    fill(steward_desk, Action.SETUP_METRIC, name="Care")
    fill(steward_desk, Action.SETUP_TENSION, first=2, second=1, why="Haste")

    assert tensions(steward_desk) == [Tension(1, 2, "Haste")]
    menu = buttons(accepted(show_settings(steward_desk.call())))[Action.SETUP_TENSION]
    assert [option["text"]["text"] for option in menu["options"]] == ["Add a tension…", "Speed / Care"]


def test_a_tension_needs_two_metrics(steward_desk: Desk) -> None:
    assert field_names(opened(steward_desk, Action.SETUP_TENSION)) == []


def test_the_second_of_two_stewards_is_told_what_the_first_changed(steward_desk: Desk) -> None:
    fill(steward_desk, Action.SETUP_METRIC, name="Trust", target="70")
    mine = submitted(opened(steward_desk, Action.SETUP_METRIC, "1"), source="Survey")
    fill(steward_desk, Action.SETUP_METRIC, "1", target="75")

    send(steward_desk, Action.SETUP_METRIC, mine)
    assert "“Where it should be” is now “75”" in spoken(steward_desk.shown)
    assert [one.source for one in metrics(steward_desk)] == [""]


@pytest.mark.parametrize("menu", [Action.SETUP_METRIC, Action.SETUP_TENSION])
def test_others_cannot_open_the_forms(other: Desk, menu: Action) -> None:
    with pytest.raises(NotAllowed):
        opened(other, menu)
