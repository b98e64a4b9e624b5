"""Schedules over the real socket: a person's list is asked for, left out, and moves with the person."""

from collections.abc import Iterator

import pytest

from db.database import Database
from db.registers import SqlRegisters
from handlers.ids import Action
from planning.schedules.values import Schedule, ScheduleKind
from tests.bot.sandbox.world import Json, until
from tests.bot.town import ADA, UNTIL_S, Seat, Town, seated, town
from tests.builders import company
from tests.handlers.slack import buttons, spoken


@pytest.fixture(scope="module")
def started() -> Iterator[Town]:
    """The app in a local workspace."""
    with town() as here:
        yield here


@pytest.fixture
def ada(started: Town, database: Database, registers: SqlRegisters) -> Iterator[Seat]:
    """Ada in Oslo, in a company of its own; whatever Slack tells comes twice."""
    with registers.writing() as register:
        company(register)
    started.database, started.registers = database, registers
    started.control.post("duplicate_events", {"on": True})
    started.control.post(f"people/{ADA}", {"tz": "Europe/Oslo"})
    with seated(started, ADA) as seat:
        yield seat
    started.settle()


def own(here: Town) -> Schedule:
    with here.registers.reading() as register:
        (schedule,) = register.schedules.all([ScheduleKind.PERSONAL])
    return schedule


def press(ada: Seat, view: Json, action: Action) -> Json:
    button = buttons(view["blocks"])[action]
    block = next(one for one in view["blocks"] if button in one.get("elements", []))
    ada.page.press_in_view(view, {**button, "block_id": block["block_id"]})
    shown: Json = ada.page.next_event("view", UNTIL_S)["stack"][-1]
    return shown


def test_a_list_moves_with_the_person_whatever_order_slack_tells_it_in(ada: Seat) -> None:
    ada.leave(ada.fill(ada.open("notify"), morning="yes"))
    assert own(ada.here).zone == "Europe/Oslo"

    for zone in ("America/Lima", "Asia/Tokyo"):
        ada.here.control.post(f"people/{ADA}", {"tz": zone})
    until(lambda: own(ada.here).zone == "Asia/Tokyo", UNTIL_S)
    ada.here.settle()
    assert own(ada.here).zone == "Asia/Tokyo"
    assert ada.here.refused() == []


def test_the_list_of_schedules_is_used_in_its_modal(ada: Seat) -> None:
    ada.here.control.post("duplicate_events", {"on": False})
    ada.leave(ada.fill(ada.open("notify"), morning="yes"))
    view = ada.open("schedules")
    assert "Your list of what needs you" in spoken(view)

    view = press(ada, view, Action.SCHEDULE_SKIP)
    assert own(ada.here).skips_at == own(ada.here).next_due_at
    view = press(ada, view, Action.SCHEDULE_UNSKIP)
    assert own(ada.here).skips_at is None
    view = press(ada, view, Action.SCHEDULE_PAUSE)
    assert "Paused: nothing comes until it is resumed" in spoken(view)
    assert own(ada.here).paused
    ada.leave(view)
    assert ada.here.refused() == []
