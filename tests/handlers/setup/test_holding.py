"""Two stewards who have the same form open."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import pytest

from handlers.forms import state_of
from handlers.ids import Action
from handlers.schedule_forms import press_setup, submit_schedule
from handlers.setup import journey_parts, metrics, records
from handlers.setup.customers import press_customers, submit_customers
from handlers.setup.departments import press_department, submit_department
from handlers.setup.journey import press_journey, submit_journey
from handlers.setup.people import press_roles, submit_roles
from handlers.setup.recording import keeper, opener
from planning.journey.segments import save_segment
from planning.journey.values import Segment
from tests.builders import hand_off, lead, metric, pool, problem, segment, stage, steward
from tests.handlers.slack import Desk, field_names, field_of, light, next_monday, spoken, submitted
from tests.handlers.views.limits import NASTY

RECORD = {record.menu: record for record in (*records.RECORDS, *journey_parts.RECORDS, *metrics.RECORDS)}


@dataclass
class Door:
    """How a form of the settings is opened and sent."""

    open: Callable[[Desk], None]
    send: Callable[[Desk, dict[str, Any]], None]

    def opened(self, desk: Desk) -> dict[str, Any]:
        """The form as it is now."""
        self.open(desk)
        return desk.modal

    def sent(self, desk: Desk, view: dict[str, Any], **typed: Any) -> dict[str, Any]:
        """What is shown after the form was sent."""
        desk.ack.reset_mock()
        self.send(desk, submitted(view, **typed))
        return desk.shown


def of_record(menu: Action) -> Door:
    """The form of the first one of a kind."""
    chosen = {"selected_option": {"value": "1"}}
    open_it, keep = opener(RECORD[menu]), keeper(RECORD[menu])
    return Door(
        lambda d: open_it(d.ack, d.body, chosen, d.client, d.registers, d.actor),
        lambda d, view: keep(d.ack, view, d.context, d.client, d.registers, d.actor, d.now),
    )


JOURNEY = Door(
    lambda d: press_journey(d.ack, d.body, d.client, d.registers, d.actor),
    lambda d, view: submit_journey(d.ack, view, d.client, d.registers, d.actor, d.now),
)
CUSTOMERS = Door(
    lambda d: press_customers(d.ack, d.body, d.client, d.registers, d.actor),
    lambda d, view: submit_customers(d.ack, view, d.client, d.registers, d.actor, d.now),
)
ROLES = Door(
    lambda d: press_roles(d.ack, d.body, d.client, d.registers, d.actor),
    lambda d, view: submit_roles(d.ack, view, d.context, d.client, d.registers, d.actor, d.now),
)
DEPARTMENT = Door(
    lambda d: press_department(d.ack, d.body, {"selected_option": {"value": "1"}}, d.client, d.registers, d.actor),
    lambda d, view: submit_department(d.ack, view, d.context, d.client, d.registers, d.actor, d.now),
)
SCHEDULE = Door(
    lambda d: press_setup(d.ack, d.body, d.client, d.registers, d.actor),
    lambda d, view: submit_schedule(d.ack, view, d.client, d.registers, d.actor, d.now, next_monday),
)
FORMS: dict[str, tuple[Door, dict[str, Any], dict[str, Any], str]] = {
    "journey": (JOURNEY, {"stages": "Use\nJoin\nRenew"}, {"stages": "Join: Else\nUse\nRenew"}, "“Stages” is now “Use"),
    "customers": (CUSTOMERS, {"touchpoints": "App\nEmail"}, {"touchpoints": "Email\nPhone"}, "is now “Email App”"),
    "roles": (ROLES, {"executives": ["U0BO"]}, {"executives": ["U0ADA"]}, "“Executives” names somebody else"),
    "department": (DEPARTMENT, {"name": "Brand"}, {"name": "Marketing and more"}, "“Name” is now “Brand”"),
    "schedule": (
        SCHEDULE,
        {"channel": "C0EXEC", "zone": "Europe/Oslo"},
        {"channel": "C0MINE", "zone": "Europe/Oslo"},
        "“The executives’ channel” is another one",
    ),
    "pool": (of_record(Action.SETUP_POOL), {"capacity": "9"}, {"capacity": "5"}, "“Person-weeks a week” is now “9”"),
    "problem": (of_record(Action.SETUP_PROBLEM), {"needs": ["policy"]}, {"name": "Else"}, "is now “A rule or policy”"),
    "stage": (of_record(Action.SETUP_STAGE), {"name": "Enter"}, {"weight": 5}, "“Name” is now “Enter”"),
    "hand-off": (of_record(Action.SETUP_HAND_OFF), {"giver": None}, {"giver": 2}, "“Which department gives?” is empty"),
    "segment": (of_record(Action.SETUP_SEGMENT), {"name": "People"}, {"name": "Homes"}, "“Name” is now “People”"),
}


@pytest.fixture
def stewards(desk: Desk, other: Desk) -> tuple[Desk, Desk]:
    """Ada and Bo both look after the workspace, in which there is one of everything."""
    desk.actor = steward(id=1, department=1, roles=lead().roles | steward().roles)
    other.actor = steward(id=2, name="Bo Lind", slack_id="U0BO", department=2)
    with desk.registers.writing() as register:
        for one in (desk.actor, other.actor):
            register.people.save(one)
        register.pools.add(pool())
        register.problems.add(problem())
        register.metrics.add(metric())
        register.journeys.add_hand_off(hand_off())
    return desk, other


@pytest.mark.parametrize(("door", "theirs", "mine", "told"), FORMS.values(), ids=FORMS)
def test_the_second_is_told_what_the_first_changed_and_saves_over_it_when_they_want_to(
    stewards: tuple[Desk, Desk], door: Door, theirs: dict[str, Any], mine: dict[str, Any], told: str
) -> None:
    ada, bo = stewards
    open_at_adas = door.opened(ada)
    door.sent(bo, door.opened(bo), **theirs)
    again = door.sent(ada, open_at_adas, **mine)

    assert "Bo Lind changed this while it was open here: " in spoken(again)
    assert told in spoken(again)
    kept = state_of(submitted(again))
    assert {name: kept[name] for name in mine} == {
        name: typed if isinstance(typed, list) or typed is None else str(typed) for name, typed in mine.items()
    }
    assert "Not saved yet" not in spoken(door.sent(ada, again))
    assert "Not saved yet" not in spoken(door.sent(ada, door.opened(ada)))


MERGED: dict[str, tuple[Door, dict[str, Any], dict[str, Any]]] = {
    "stage": (of_record(Action.SETUP_STAGE), {"weight": 5, "intent": "Feel welcome."}, {"name": "Enter"}),
    "metric": (of_record(Action.SETUP_METRIC), {"target": "90", "cadence": "weekly"}, {"unit": "stars"}),
    "problem": (of_record(Action.SETUP_PROBLEM), {"needs": ["policy", "system"]}, {"statement": "Told thrice."}),
    "hand-off": (of_record(Action.SETUP_HAND_OFF), {"giver": None}, {"receiver": 1}),
    "customers": (CUSTOMERS, {"touchpoints": "App\nEmail"}, {"segments": "Homes"}),
    "roles": (ROLES, {"executives": ["U0BO"]}, {"stewards": ["U0ADA"]}),
    "pool": (of_record(Action.SETUP_POOL), {"leave": ""}, {"capacity": "3"}),
}


@pytest.mark.parametrize(("door", "theirs", "mine"), MERGED.values(), ids=MERGED)
def test_what_the_second_has_left_as_it_was_takes_what_the_first_put_there(
    stewards: tuple[Desk, Desk], door: Door, theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    ada, bo = stewards
    open_at_adas = door.opened(ada)
    door.sent(bo, door.opened(bo), **theirs)
    expected = {**held(door.opened(bo), theirs), **held(submitted(open_at_adas, **mine), mine)}
    again = door.sent(ada, open_at_adas, **mine)

    assert "What you had not touched stands below as it is now: " in spoken(again)
    assert "in the place of theirs" not in spoken(again)
    door.sent(ada, again)
    assert held(door.opened(ada), expected) == expected


def held(view: dict[str, Any], fields: Collection[str]) -> dict[str, Any]:
    """What these fields hold."""
    kept = state_of(view if "state" in view else submitted(view))
    return {name: kept[name] for name in fields}


def test_only_a_field_that_takes_another_value_gets_another_id(stewards: tuple[Desk, Desk]) -> None:
    ada, bo = stewards
    door = of_record(Action.SETUP_STAGE)
    view = door.opened(ada)
    door.sent(bo, door.opened(bo), weight=5)
    again = door.sent(ada, view, name="Mine")
    door.sent(bo, door.opened(bo), weight=4, intent="Feel welcome.")
    third = door.sent(ada, again)

    ids = [[field_of(one, name)["action_id"] for name in ("name", "weight", "intent")] for one in (again, third)]
    assert ids == [["value", "value_1", "value"], ["value", "value_2", "value_2"]]


def test_of_a_field_that_both_changed_the_second_keeps_what_they_typed(stewards: tuple[Desk, Desk]) -> None:
    ada, bo = stewards
    door = of_record(Action.SETUP_STAGE)
    view = door.opened(ada)
    door.sent(bo, door.opened(bo), name="Enter", weight=5)
    again = door.sent(ada, view, name="Arrive")

    assert held(again, ("name", "weight")) == {"name": "Arrive", "weight": "5"}
    assert "as it is now: “How much it matters”." in spoken(again)
    assert "to have yours in the place of theirs under “Name”" in spoken(again)


def test_who_typed_the_same_is_not_held_up(stewards: tuple[Desk, Desk]) -> None:
    ada, bo = stewards
    door = of_record(Action.SETUP_STAGE)
    view = door.opened(ada)
    door.sent(bo, door.opened(bo), name="Enter")

    assert "Enter is saved" in spoken(door.sent(ada, view, name="Enter", weight=5))


def test_a_journey_that_was_left_as_it_was_comes_back_as_it_is_now(stewards: tuple[Desk, Desk]) -> None:
    ada, bo = stewards
    view = JOURNEY.opened(ada)
    JOURNEY.sent(bo, JOURNEY.opened(bo), stages="Use\nJoin\nRenew\nLeave")
    again = JOURNEY.sent(ada, view)
    warned = JOURNEY.sent(ada, again, stages="Use\nJoin\nRenew")

    assert field_of(again, "stages")["initial_value"].splitlines()[3] == "Leave"
    assert {field_of(form, "stages")["action_id"] for form in (again, warned)} == {"value_1"}


def test_a_field_that_was_not_there_yet_comes_with_what_is_in_it(stewards: tuple[Desk, Desk]) -> None:
    ada, _ = stewards
    door = of_record(Action.SETUP_SEGMENT)
    view = door.opened(ada)
    with ada.registers.writing() as register:
        whole = save_segment(register, Segment(0, "Everybody"), ada.actor, ada.now())
        save_segment(register, segment(parent=whole.id), ada.actor, ada.now())
    again = door.sent(ada, view, name="Homes")
    door.sent(ada, again)

    assert "parent" not in field_names(view)
    assert held(door.opened(ada), ("name", "parent")) == {"name": "Homes", "parent": str(whole.id)}


def test_what_is_too_heavy_to_be_put_in_is_told_and_stays(stewards: tuple[Desk, Desk]) -> None:
    ada, bo = stewards
    door, texts = of_record(Action.SETUP_STAGE), ("definition", "customer_goal", "intent", "brand_value")
    view = door.opened(ada)
    with bo.registers.writing() as register:
        register.journeys.save_stage(stage(**dict.fromkeys(texts, "営" * 3000)))
    again = door.sent(ada, view, weight=5)

    assert light(again)
    assert field_of(again, "intent")["action_id"] == "value"
    assert "in the place of theirs under “What does the customer do there?”, “What does" in spoken(again)


def test_a_third_change_is_told_again(stewards: tuple[Desk, Desk]) -> None:
    ada, bo = stewards
    door = of_record(Action.SETUP_POOL)
    view = door.opened(ada)
    door.sent(bo, door.opened(bo), capacity="9")
    again = door.sent(ada, view, name="Mine")
    door.sent(bo, door.opened(bo), capacity="10")

    assert "is now “10”" in spoken(door.sent(ada, again))


def test_what_else_is_changed_elsewhere_holds_nobody_up(stewards: tuple[Desk, Desk]) -> None:
    ada, bo = stewards
    view = of_record(Action.SETUP_HAND_OFF).opened(ada)
    door = of_record(Action.SETUP_STAGE)
    door.sent(bo, door.opened(bo), name="Enter")

    assert "is saved" in spoken(of_record(Action.SETUP_HAND_OFF).sent(ada, view, giver=2))


def test_a_form_of_what_is_gone_comes_back_with_everything_typed(stewards: tuple[Desk, Desk]) -> None:
    ada, _ = stewards
    door = of_record(Action.SETUP_HAND_OFF)
    view = door.opened(ada)
    with ada.registers.writing() as register:
        register.journeys.remove_hand_off(1)
    again = door.sent(ada, view, giver=2)

    assert "Not saved. That one is no longer there" in spoken(again)
    assert field_of(again, "giver")["initial_option"]["value"] == "2"


def test_an_import_is_somebodys_change_too(stewards: tuple[Desk, Desk]) -> None:
    ada, _ = stewards
    door = of_record(Action.SETUP_POOL)
    view = door.opened(ada)
    with ada.registers.writing() as register:
        register.pools.save(pool(capacity=1.5))

    assert "Somebody changed this while it was open here: “Person-weeks a week” is now “1.5”" in spoken(
        door.sent(ada, view, name="Mine")
    )


def test_hostile_text_of_the_other_is_only_shown(stewards: tuple[Desk, Desk]) -> None:
    ada, bo = stewards
    door = of_record(Action.SETUP_STAGE)
    view = door.opened(ada)
    door.sent(bo, door.opened(bo), name=NASTY[:80], definition=NASTY * 10, intent=NASTY, customer_goal="x", weight=1)
    again = door.sent(ada, view, brand_value=NASTY * 10)

    notice = next(block for block in again["blocks"] if block["type"] == "rich_text")
    assert [part["type"] for part in notice["elements"][0]["elements"]] == ["text"]
    assert "; and 1 more." in spoken(again)
