from datetime import date
from typing import Any

import pytest

from handlers.ids import Action
from handlers.setup import journey_parts, metrics, show_settings
from handlers.setup.recording import keeper, opener
from handlers.setup.records import RECORDS, leave_of
from handlers.views.records import leave_line
from handlers.views.setup_menus import NEW
from planning.errors import FieldError, NotAllowed, NotFound
from planning.problems.values import Part
from planning.resources.values import Leave
from planning.window import Window
from tests.builders import pool, problem, steward, window
from tests.handlers.slack import Desk, buttons, field_of, spoken, submitted
from tests.handlers.views.limits import accepted

RECORD = {record.menu: record for record in (*RECORDS, *journey_parts.RECORDS, *metrics.RECORDS)}


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
    view = submitted(opened(desk, menu, chosen), **typed)
    desk.ack.reset_mock()
    keeper(RECORD[menu])(desk.ack, view, desk.context, desk.client, desk.registers, desk.actor, desk.now)


def test_a_pool_is_added_and_comes_back_as_it_was_typed(steward_desk: Desk) -> None:
    leave = "2027-03-01 to 2027-03-14, 25%\n2027-05-01 until 2027-05-02"
    fill(steward_desk, Action.SETUP_POOL, name="Data team", capacity="4", leave=leave)

    with steward_desk.registers.reading() as register:
        (saved,) = register.pools.all()
    assert saved == pool(leave=(*pool().leave, Leave(Window(date(2027, 5, 1), date(2027, 5, 2)), 1.0)))
    again = opened(steward_desk, Action.SETUP_POOL, "1")
    assert field_of(again, "capacity")["initial_value"] == "4"
    assert field_of(again, "leave")["initial_value"].splitlines()[1] == "2027-05-01 to 2027-05-02, 100%"
    assert "Data team" in spoken(accepted(show_settings(steward_desk.call())))


@pytest.mark.parametrize(
    ("menu", "add"),
    [
        (Action.SETUP_POOL, {"name": "Data team", "capacity": "4", "leave": "2027-03-01 to 2027-03-14, 33%"}),
        (Action.SETUP_PROBLEM, {"name": "Told thrice", "statement": "They\nsay", "needs": ["policy"]}),
        (Action.SETUP_METRIC, {"name": "Effort", "direction": "down", "baseline": "-3.25", "target": "-5.5"}),
        (Action.SETUP_SEGMENT, {"name": "Firms"}),
        (Action.SETUP_STAGE, {}),
        (Action.SETUP_HAND_OFF, {"before": 1, "after": 3, "giver": 2}),
    ],
    ids=["pool", "problem", "metric", "segment", "stage", "hand-off"],
)
def test_saving_what_is_there_changes_nothing(steward_desk: Desk, menu: Action, add: dict[str, Any]) -> None:
    fill(steward_desk, menu, NEW if add else "1", **add)
    before = all_records(steward_desk)
    fill(steward_desk, menu, "1")

    assert all_records(steward_desk) == before
    assert "is saved" in spoken(steward_desk.shown)


def all_records(desk: Desk) -> list[Any]:
    with desk.registers.reading() as register:
        return [
            *register.pools.all(),
            *register.problems.all(),
            *register.metrics.all(),
            register.journeys.current(),
        ]


def test_a_problem_is_added_with_the_parts_of_its_fix(steward_desk: Desk) -> None:
    fill(steward_desk, Action.SETUP_PROBLEM, name="Told thrice", needs=["policy", "process"])

    with steward_desk.registers.reading() as register:
        (saved,) = register.problems.all()
    assert (saved.name, set(saved.needs)) == ("Told thrice", {Part.POLICY, Part.PROCESS})


@pytest.mark.parametrize(
    ("menu", "typed", "field"),
    [
        (Action.SETUP_POOL, {"name": " ", "capacity": "4"}, "name"),
        (Action.SETUP_POOL, {"name": "Data", "capacity": "-1"}, "capacity"),
        (Action.SETUP_POOL, {"name": "Data", "capacity": None}, "capacity"),
        (Action.SETUP_POOL, {"name": "Data", "capacity": "4", "leave": "Christmas"}, "leave"),
        (Action.SETUP_PROBLEM, {"name": "told THRICE"}, "name"),
        (Action.SETUP_STAGE, {"name": "USE"}, "name"),
        (Action.SETUP_STAGE, {"name": "x" * 81}, "name"),
        (Action.SETUP_HAND_OFF, {"before": 1, "after": 1}, "after"),
        (Action.SETUP_HAND_OFF, {"before": 1, "after": 9}, "after"),
        (Action.SETUP_HAND_OFF, {"before": 1, "after": 2, "giver": 9}, "giver"),
        (Action.SETUP_SEGMENT, {"name": "private CUSTOMERS"}, "name"),
        (Action.SETUP_SEGMENT, {"name": "Firms", "parent": 9}, "parent"),
        (Action.SETUP_SEGMENT, {"name": "Firms", "weekly_contacts": "-1"}, "weekly_contacts"),
    ],
)
def test_faults_are_told_at_their_field_and_nothing_is_saved(
    steward_desk: Desk, menu: Action, typed: dict[str, Any], field: str
) -> None:
    with steward_desk.registers.writing() as register:
        register.problems.add(problem(name="Told thrice"))
    before = all_records(steward_desk)
    fill(steward_desk, menu, "1" if menu is Action.SETUP_STAGE else NEW, **typed)

    assert list(steward_desk.errors) == [field]
    assert all_records(steward_desk) == before


@pytest.mark.parametrize(
    ("menu", "typed", "told"),
    [
        (Action.SETUP_POOL, {"name": "Data", "capacity": "two"}, {"capacity": "Give a number."}),
        (Action.SETUP_SEGMENT, {"weekly_contacts": "2.5"}, {"weekly_contacts": "Give a whole number."}),
        (Action.SETUP_METRIC, {"name": "NPS", "direction": "sideways"}, {"direction": "Please choose one."}),
    ],
)
def test_a_fault_is_told_in_plain_words(
    steward_desk: Desk, menu: Action, typed: dict[str, Any], told: dict[str, str]
) -> None:
    fill(steward_desk, menu, "1" if menu is Action.SETUP_SEGMENT else NEW, **typed)

    assert steward_desk.errors == told


@pytest.mark.parametrize("line", ["2027-03-14 to 2027-03-01", "2027-02-30 to 2027-03-01", "2027-03-01, 50%", "x" * 500])
def test_a_line_of_leave_that_is_not_clear_is_quoted(line: str) -> None:
    with pytest.raises(FieldError, match=f"“{line[:20]}"):
        leave_of([line], ())


def test_a_share_that_no_percentage_says_exactly_stays_as_it_is() -> None:
    third = Leave(window(), 1 / 3)

    assert leave_of([leave_line(third)], [third]) == [third]


@pytest.mark.parametrize("menu", RECORD)
def test_others_cannot_open_the_forms(other: Desk, menu: Action) -> None:
    with pytest.raises(NotAllowed):
        opened(other, menu)


def test_what_is_gone_meanwhile_is_said_so(steward_desk: Desk) -> None:
    with pytest.raises(NotFound, match="no longer there"):
        opened(steward_desk, Action.SETUP_POOL, "99")


def test_the_menus_offer_to_add_one(steward_desk: Desk) -> None:
    menus = buttons(accepted(show_settings(steward_desk.call())))

    assert [option["text"]["text"] for option in menus[Action.SETUP_PROBLEM]["options"]] == ["Add a problem…"]
    assert [option["text"]["text"] for option in menus[Action.SETUP_SEGMENT]["options"]] == [
        "Add a segment…",
        "Private customers",
    ]
    assert [option["text"]["text"] for option in menus[Action.SETUP_STAGE]["options"]] == ["Join", "Use", "Renew"]
