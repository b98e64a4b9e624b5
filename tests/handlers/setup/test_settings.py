import pytest

from db.registers import SqlRegisters
from handlers.ids import Action
from handlers.settings import KEPT, read_settings
from handlers.setup import show_settings
from handlers.setup.stewardship import press_claim
from handlers.views.settings import Settings, settings_message
from handlers.views.setup_menus import PICK_MAX
from planning.journey.values import Journey
from planning.workspace.values import AlertsTo, Channel, Role
from tests.builders import department, schedule, segment, stage, steward, touchpoint
from tests.handlers.slack import Desk, buttons, drawn, spoken
from tests.handlers.views.limits import accepted


def test_what_is_missing_is_said_first(registers: SqlRegisters) -> None:
    with registers.reading() as register:
        missing = read_settings(register).missing

    assert missing == [
        "The customer's journey has no stages yet.",
        "There are no departments yet.",
        "The weekly digest has no channel and no time yet.",
    ]


def test_a_department_without_a_lead_is_missing_one(desk: Desk) -> None:
    with desk.registers.writing() as register:
        register.departments.add("Claims")
    with desk.registers.reading() as register:
        assert "Nobody leads Claims" in read_settings(register).missing[0]


def test_while_there_is_no_steward_anybody_may_become_one(desk: Desk) -> None:
    assert Action.SETUP_CLAIM in buttons(accepted(show_settings(desk.call())))
    press_claim(desk.ack, desk.body, desk.client, desk.respond, desk.registers, desk.actor, desk.now)

    with desk.registers.reading() as register:
        assert Role.STEWARD in register.people.by_id(1).roles
    assert Action.SETUP_JOURNEY in buttons(desk.private_reply["blocks"])
    assert Action.SETUP_JOURNEY in buttons(drawn(desk.client.views_publish.call_args.kwargs["view"])["blocks"])


def test_others_see_the_settings_and_whom_to_ask_and_no_buttons(desk: Desk, other: Desk) -> None:
    with desk.registers.writing() as register:
        register.people.save(steward(id=1, name="Ada Berg", department=1))
    reply = accepted(show_settings(other.call()))

    assert buttons(reply) == {}
    assert "Stewards change these: Ada Berg." in spoken(reply)


def largest(size: int) -> Settings:
    """So many departments, segments, pools, problems and metrics with the longest names."""
    channel = Channel("c" * 80, "C1")
    departments = tuple(
        department(id=n, name=f"{n} {'<!channel>' * 8}"[:80], alerts_to=AlertsTo.CHANNEL, channel=channel)
        for n in range(1, size + 1)
    )
    leads = {one.id: tuple(f"{n} {'l' * 78}" for n in range(12)) for one in departments}
    many = {n: f"{n} {'r' * 76}" for n in range(1, size + 1)}
    journey = Journey(
        1,
        tuple(stage(id=n, name=f"{n} {'s' * 77}", position=n) for n in range(1, 21)),
        tuple(segment(id=n, name=name) for n, name in many.items()),
        tuple(touchpoint(id=n, name=name) for n, name in many.items()),
    )
    kept = dict.fromkeys(KEPT, many)
    return Settings(("n" * 80,) * 9, departments, leads, journey, schedule(), ("e" * 80,) * 9, kept)


@pytest.mark.parametrize("size", [PICK_MAX - 1, PICK_MAX, 20, 300])
def test_the_largest_settings_fit(size: int) -> None:
    assert accepted(settings_message(largest(size), steward=True))


def test_long_menus_are_asked_for_when_they_are_opened() -> None:
    reply = accepted(settings_message(largest(299), steward=True))

    assert "…and 279 more departments" in spoken(reply)
    for menu in (Action.SETUP_DEPARTMENT_PICK, Action.SETUP_POOL, Action.SETUP_PROBLEM, Action.SETUP_METRIC):
        assert buttons(reply)[menu]["type"] == "external_select"
