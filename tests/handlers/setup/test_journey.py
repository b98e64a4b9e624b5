from typing import Any

import pytest

from db.registers import SqlRegisters
from handlers.agreement.ratification import press_ask
from handlers.forms import typed_lines
from handlers.ids import Action
from handlers.setup.journey import choose_template, press_journey, stages_of, submit_journey
from handlers.views.journey_forms import (
    EMPTY,
    FIRST_FIELD,
    JourneyNote,
    journey_form,
    journey_lines,
    template_form,
)
from handlers.views.registering import NOTICE
from planning.journey.retiring import Hanging
from planning.journey.templates import TEMPLATES
from planning.journey.values import Journey
from tests.builders import initiative, metric, stage, steward
from tests.handlers.initiatives.registered import on_record, registered
from tests.handlers.slack import Desk, buttons, drawn, field_names, field_of, light, spoken, submitted
from tests.handlers.views.limits import NASTY

GENERAL = TEMPLATES[0]


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada is the steward, too."""
    desk.actor = steward(id=1, department=1)
    with desk.registers.writing() as register:
        register.people.save(desk.actor)
    return desk


@pytest.fixture
def beginner(registers: SqlRegisters) -> Desk:
    """The steward of a workspace in which there is nothing yet."""
    with registers.writing() as register:
        sam = register.people.add("Sam Steward", slack_id="U0SAM", roles=steward().roles)
    return Desk(registers, sam)


def opened(desk: Desk) -> dict[str, Any]:
    press_journey(desk.ack, desk.body, desk.client, desk.registers, desk.actor)
    return desk.modal


def begun(desk: Desk, template: str) -> dict[str, Any]:
    choose_template(desk.ack, submitted(opened(desk), template=template), desk.registers, desk.actor)
    return desk.shown


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    submit_journey(desk.ack, submitted(view, **typed), desk.client, desk.registers, desk.actor, desk.now)


def journey_of(desk: Desk) -> Journey:
    with desk.registers.reading() as register:
        return register.journeys.current()


def names(desk: Desk) -> list[str]:
    return [stage.name for stage in journey_of(desk).stages]


def test_the_form_begins_with_the_stages_that_are(keeper: Desk) -> None:
    text = field_of(opened(keeper), "stages")["initial_value"]

    assert text.splitlines()[0] == "Join: The customer signs up and gets started."
    assert len(text.splitlines()) == 3


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_the_first_journey_begins_with_a_template_and_keeps_all_its_texts(beginner: Desk, template: Any) -> None:
    submit(beginner, begun(beginner, template.key))

    journey = journey_of(beginner)
    assert [stage.intent for stage in journey.stages] == [stage.intent for stage in template.stages]
    assert [(one.before, one.after) for one in journey.hand_offs] == [(n, n + 1) for n in range(1, len(journey.stages))]
    assert f"The journey has {len(template.stages)} stages now." in spoken(beginner.shown)


def test_who_saved_another_journey_is_offered_to_ask_the_departments(keeper: Desk) -> None:
    submit(keeper, opened(keeper), stages="Join\nUse\nRenew\nLeave")
    offered = buttons(keeper.shown["blocks"])
    body = {**keeper.body, "view": {"id": "V1", "type": "modal"}}
    press_ask(keeper.ack, body, keeper.client, keeper.registers, keeper.actor, keeper.now, keeper.respond)
    told = keeper.client.views_update.call_args.kwargs["view"]
    submit(keeper, opened(keeper), stages="Join\nUse\nRenew\nLeave")

    assert list(offered) == [Action.RATIFICATION_ASK]
    assert "1 lead got the question just now." in spoken(told)
    assert not buttons(keeper.shown["blocks"])


def test_nobody_is_offered_to_ask_where_nobody_could_be_asked(beginner: Desk) -> None:
    submit(beginner, begun(beginner, TEMPLATES[0].key))

    assert not buttons(beginner.shown["blocks"])


def test_a_template_is_only_a_beginning(beginner: Desk) -> None:
    submit(beginner, begun(beginner, "general"), stages="Choose: Otherwise\nPay")

    choose, pay = journey_of(beginner).stages
    assert (choose.definition, choose.customer_goal) == ("Otherwise", GENERAL.stages[1].customer_goal)
    assert (pay.name, pay.intent) == ("Pay", "")


def test_who_wants_no_template_begins_with_an_empty_list(beginner: Desk) -> None:
    assert "initial_value" not in field_of(begun(beginner, EMPTY), "stages")


def test_whoever_comes_second_with_a_template_sees_what_the_first_has_saved(beginner: Desk) -> None:
    slow = begun(beginner, "general")
    submit(beginner, begun(beginner, "life_event"))
    submit(beginner, slow)

    assert names(beginner)[0] == "Something changes"
    assert "You changed this elsewhere" in spoken(beginner.shown)


def test_leaving_a_stage_out_shows_what_it_moves_before_it_is_done(keeper: Desk) -> None:
    registered(keeper, stages=(2,))
    with keeper.registers.writing() as register:
        register.metrics.add(metric(stage=2))
    submit(keeper, opened(keeper), stages="Join\nRenew: They stay")

    assert names(keeper) == ["Join", "Use", "Renew"]
    assert bulleted(keeper.shown) == ["“Use”: 1 live initiative (CX-1 Clearer letters); metrics “Satisfaction”."]
    assert field_of(keeper.shown, "stages")["initial_value"] == "Join\nRenew: They stay"
    submit(keeper, keeper.shown)
    assert names(keeper) == ["Join", "Renew"]


def bulleted(view: dict[str, Any]) -> list[str]:
    """The rows of the list on top of a form."""
    notice = next(block for block in view["blocks"] if block["block_id"] == NOTICE)
    rows = next(one["elements"] for one in notice["elements"] if one["type"] == "rich_text_list")
    return ["".join(part["text"] for part in row["elements"]) for row in rows]


def test_of_many_stages_that_are_left_out_the_first_are_told_and_the_rest_counted(keeper: Desk) -> None:
    submit(keeper, opened(keeper), stages="\n".join(f"Stage {n}" for n in range(1, 13)))
    submit(keeper, keeper.shown)
    submit(keeper, opened(keeper), stages="Stage 12")

    rows = bulleted(keeper.shown)
    assert (rows[0][:10], rows[-1]) == ("“Stage 1”:", "…and 3 more stages")


def test_what_hangs_on_a_stage_goes_to_the_one_chosen_even_to_a_new_one(keeper: Desk) -> None:
    registered(keeper, stages=(1, 2))
    submit(keeper, opened(keeper), stages="Join\nDaily use\nRenew")
    submit(keeper, keeper.shown, to_2="Daily use")

    daily = journey_of(keeper).stages[1]
    assert (daily.name, on_record(keeper).draft.stages) == ("Daily use", (1, daily.id))


def test_a_target_that_is_no_longer_named_is_asked_for_again(keeper: Desk) -> None:
    registered(keeper, stages=(2,))
    submit(keeper, opened(keeper), stages="Join\nDaily use\nRenew")
    submit(keeper, keeper.shown, stages="Join\nRenew", to_2="Daily use")

    assert names(keeper) == ["Join", "Use", "Renew"]
    assert [option["value"] for option in field_of(keeper.shown, "to_2")["options"]] == ["Join", "Renew"]


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
    assert stages_of(["Use: day by day: always ", "Use"], Journey(1)) == [("Use", "day by day: always"), ("Use", "")]


def test_a_name_with_a_colon_and_a_definition_of_several_lines_stay_as_they_are(keeper: Desk) -> None:
    before = (stage(name="Phase 1: Join", definition="Signs up.\nIs welcomed."), *journey_of(keeper).stages[1:])
    with keeper.registers.writing() as register:
        register.journeys.save_stage(before[0])
    submit(keeper, opened(keeper))

    assert journey_of(keeper).stages == before
    assert stages_of(["phase 1: join: Otherwise", "Phase 1: J"], journey_of(keeper)) == [
        ("phase 1: join", "Otherwise"),
        ("Phase 1", "J"),
    ]


def test_a_journey_longer_than_one_field_is_spread_over_several_and_read_back_in_order() -> None:
    long = Journey(1, tuple(stage(id=n, name=f"Stage {n}", position=n, definition="营" * 700) for n in range(1, 21)))
    lines = journey_lines(long, "")
    view = journey_form(lines, JourneyNote())

    assert len(field_names(view)) == 5
    assert typed_lines(submitted(view), FIRST_FIELD) == lines


@pytest.mark.parametrize("size", [1, 4, 5, 19])
def test_the_longest_question_fits(size: int) -> None:
    many = tuple(initiative(n, title=NASTY[:400]) for n in range(1, 100))
    left = [
        Hanging(
            stage(id=n, name=f"{n}{'<!here>' * 11}"),
            many,
            (metric(name=NASTY[:80]),) * 40,
            (NASTY[:80],) * 40,
            ("so on",) * 3,
        )
        for n in range(1, size + 1)
    ]
    kept = [f"{n} {'営' * 75}" for n in range(20 - size)] or ["営" * 80]
    view = journey_form([f"{name}: {'営' * 100}" for name in kept], JourneyNote(), left, kept)

    assert light(drawn(view))
    assert len([name for name in field_names(view) if name.startswith("to_")]) == min(size, 4)


def test_the_choice_of_templates_fits() -> None:
    assert light(drawn(template_form()))
