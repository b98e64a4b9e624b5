from typing import Any

import pytest

from db.registers import SqlRegisters
from handlers.forms import typed_lines
from handlers.setup.journey import press_journey, stage_of, submit_journey
from handlers.views.setup import FIRST_FIELD, TEMPLATE, journey_form, journey_lines
from planning.journey.values import Journey
from tests.builders import journey, stage, steward
from tests.handlers.initiatives.registered import registered
from tests.handlers.slack import Desk, drawn, field_names, field_of, light, spoken, submitted


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada is the steward, too."""
    desk.actor = steward(id=1, department=1)
    with desk.registers.writing() as register:
        register.people.save(desk.actor)
    return desk


def opened(desk: Desk) -> dict[str, Any]:
    press_journey(desk.ack, desk.body, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    submit_journey(desk.ack, submitted(view, **typed), desk.client, desk.registers, desk.actor, desk.now)


def names(desk: Desk) -> list[str]:
    with desk.registers.reading() as register:
        return [stage.name for stage in register.journeys.current().stages]


def test_the_form_begins_with_the_stages_that_are(keeper: Desk) -> None:
    text = field_of(opened(keeper), "stages")["initial_value"]

    assert text.splitlines()[0] == "Join: The customer signs up and gets started."
    assert len(text.splitlines()) == 3


def test_the_first_journey_begins_with_a_template(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        sam = register.people.add("Sam Steward", slack_id="U0SAM", roles=steward().roles)
    desk = Desk(registers, sam)
    submit(desk, opened(desk))

    assert names(desk) == [name for name, _ in TEMPLATE]
    assert f"The journey has {len(TEMPLATE)} stages now." in spoken(desk.shown)
    assert "Next: There are no departments yet." in spoken(desk.shown)


def test_leaving_a_stage_out_shows_what_it_moves_before_it_is_done(keeper: Desk) -> None:
    registered(keeper, stages=(2,))
    submit(keeper, opened(keeper), stages="Join\nRenew: They stay")

    assert names(keeper) == ["Join", "Use", "Renew"]
    assert "“Use” is on 1 live initiative" in spoken(keeper.shown)
    assert field_of(keeper.shown, "stages")["initial_value"] == "Join\nRenew: They stay"
    submit(keeper, keeper.shown, stages="Join\nRenew: They stay")
    assert names(keeper) == ["Join", "Renew"]


def test_leaving_out_more_the_second_time_is_asked_again(keeper: Desk) -> None:
    submit(keeper, opened(keeper), stages="Join\nRenew")
    submit(keeper, keeper.shown, stages="Join")

    assert names(keeper) == ["Join", "Use", "Renew"]
    assert "“Renew”" in spoken(keeper.shown)


def test_a_stage_named_twice_is_told_at_the_field(keeper: Desk) -> None:
    submit(keeper, opened(keeper), stages="Join\nUse\nRenew\njoin")

    assert "is there twice" in keeper.errors["stages"]


@pytest.mark.parametrize("typed", ["", " \n\x00 "])
def test_no_stages_at_all_are_told_at_the_field(keeper: Desk, typed: str) -> None:
    submit(keeper, opened(keeper), stages=typed)

    assert list(keeper.errors) == ["stages"]


def test_the_definition_is_what_follows_the_first_colon() -> None:
    assert stage_of("Use: day by day: always ") == ("Use", "day by day: always")
    assert stage_of("Use") == ("Use", "")


def test_a_journey_longer_than_one_field_is_spread_over_several_and_read_back_in_order() -> None:
    long = Journey(1, tuple(stage(id=n, name=f"Stage {n}", position=n, definition="营" * 700) for n in range(1, 21)))
    lines = journey_lines(long)
    view = journey_form(lines, {}, begun=True)

    assert len(field_names(view)) == 5
    assert typed_lines(submitted(view), FIRST_FIELD) == lines


def test_the_longest_question_fits() -> None:
    view = journey_form(journey_lines(journey()), {f"{n}{'<!here>' * 11}": 1000 for n in range(20)}, begun=True)

    assert light(drawn(view))
