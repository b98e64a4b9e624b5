"""Two stewards who have the same form open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from handlers.forms import state_of
from handlers.ids import Action
from handlers.setup import journey_parts, records
from handlers.setup.customers import press_customers, submit_customers
from handlers.setup.departments import press_department, submit_department
from handlers.setup.journey import press_journey, submit_journey
from handlers.setup.people import press_roles, submit_roles
from handlers.setup.recording import keeper, opener
from handlers.setup.schedule import press_schedule, submit_schedule
from tests.builders import hand_off, lead, pool, problem, steward
from tests.handlers.slack import Desk, field_of, next_monday, spoken, submitted
from tests.handlers.views.limits import NASTY

RECORD = {record.menu: record for record in (*records.RECORDS, *journey_parts.RECORDS)}


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
    lambda d: press_schedule(d.ack, d.body, d.client, d.registers, d.actor),
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
        "“The executives' channel” is another one",
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
