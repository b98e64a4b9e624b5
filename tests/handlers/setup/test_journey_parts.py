from typing import Any

import pytest

from handlers.ids import Action
from handlers.setup import show_settings
from handlers.setup.journey_parts import RECORDS, press_hand_offs
from handlers.setup.recording import keeper, opener
from handlers.views.journey_parts import Around, hand_off_form, segment_form, stage_form
from handlers.views.setup_menus import NEW
from planning.agreement.consulting import ask_departments
from planning.errors import NotAllowed, PlanningError
from planning.journey.values import HandOff, Journey, Stage
from tests.builders import hand_off, metric, person, segment, stage, steward
from tests.handlers.initiatives.registered import on_record, registered
from tests.handlers.slack import Desk, buttons, drawn, field_names, field_of, light, spoken, submitted
from tests.handlers.views.limits import NASTY

RECORD = {record.menu: record for record in RECORDS}


@pytest.fixture
def owner_desk(desk: Desk) -> Desk:
    """Ada is the steward, too."""
    desk.actor = steward(id=1, department=1)
    with desk.registers.writing() as register:
        register.people.save(desk.actor)
    return desk


def opened(desk: Desk, menu: Action, chosen: str = NEW) -> dict[str, Any]:
    action = {"selected_option": {"value": chosen}}
    opener(RECORD[menu])(desk.ack, desk.body, action, desk.client, desk.registers, desk.actor)
    return desk.modal


def send(desk: Desk, menu: Action, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    held = submitted(view, **typed)
    keeper(RECORD[menu])(desk.ack, held, desk.context, desk.client, desk.registers, desk.actor, desk.now)


def journey_of(desk: Desk) -> Journey:
    with desk.registers.reading() as register:
        return register.journeys.current()


def with_hand_off(desk: Desk, **fields: Any) -> HandOff:
    with desk.registers.writing() as register:
        return register.journeys.add_hand_off(hand_off(**fields))


def test_who_saved_a_stage_is_offered_to_ask_the_departments_while_they_were_not_asked(owner_desk: Desk) -> None:
    send(owner_desk, Action.SETUP_STAGE, opened(owner_desk, Action.SETUP_STAGE, "2"), name="Daily use")
    offered = buttons(owner_desk.shown["blocks"])
    with owner_desk.registers.writing() as register:
        ask_departments(register, owner_desk.actor, owner_desk.now())
    send(owner_desk, Action.SETUP_STAGE, opened(owner_desk, Action.SETUP_STAGE, "2"), weight=5)

    assert list(offered) == [Action.RATIFICATION_ASK]
    assert not buttons(owner_desk.shown["blocks"])


def test_a_stage_with_another_name_stays_the_same_stage(owner_desk: Desk) -> None:
    registered(owner_desk, stages=(2,))
    view = opened(owner_desk, Action.SETUP_STAGE, "2")
    texts = {"definition": "Every day.", "customer_goal": "Ease.", "intent": "Calm.", "brand_value": "Warmth."}
    send(owner_desk, Action.SETUP_STAGE, view, name="Daily use", weight=5, owner="U0BO", **texts)

    told = Stage(2, "Daily use", 2, "Every day.", "Ease.", "Calm.", 5, owner=2, brand_value="Warmth.")
    assert journey_of(owner_desk).stages[1] == told
    assert on_record(owner_desk).draft.stages == (2,)


def test_an_owner_who_is_new_is_made_known_and_one_without_slack_stays(owner_desk: Desk) -> None:
    send(owner_desk, Action.SETUP_STAGE, opened(owner_desk, Action.SETUP_STAGE, "1"), owner="U0NEW")
    with owner_desk.registers.writing() as register:
        nora = register.people.by_id(journey_of(owner_desk).stages[0].owner or 0)
        assert nora.name == "Nora New"
        gone = register.people.add("Old Imported")
        register.journeys.save_stage(stage(id=2, name="Use", position=2, owner=gone.id))
    view = opened(owner_desk, Action.SETUP_STAGE, "2")
    send(owner_desk, Action.SETUP_STAGE, view)

    assert "Now Old Imported, who cannot be found in Slack" in spoken(view)
    assert journey_of(owner_desk).stages[1].owner == gone.id
    send(owner_desk, Action.SETUP_STAGE, opened(owner_desk, Action.SETUP_STAGE, "1"), owner=None)
    assert journey_of(owner_desk).stages[0].owner is None


def test_a_hand_off_is_added_and_keeps_who_raised_a_hand(owner_desk: Desk) -> None:
    with owner_desk.registers.writing() as register:
        register.metrics.add(metric())
    send(owner_desk, Action.SETUP_HAND_OFF, opened(owner_desk, Action.SETUP_HAND_OFF), before=1, after=2)
    with owner_desk.registers.writing() as register:
        register.journeys.save_hand_off(HandOff(1, 1, 2, owner=2))
    send(owner_desk, Action.SETUP_HAND_OFF, opened(owner_desk, Action.SETUP_HAND_OFF, "1"), giver=1, metric=1)

    assert journey_of(owner_desk).hand_offs == (HandOff(1, 1, 2, giver=1, metric=1, owner=2),)
    assert "The hand-off Join → Use is saved." in spoken(owner_desk.shown)


def test_the_same_hand_off_is_made_once(owner_desk: Desk) -> None:
    with_hand_off(owner_desk)
    send(owner_desk, Action.SETUP_HAND_OFF, opened(owner_desk, Action.SETUP_HAND_OFF), before=1, after=2)

    assert owner_desk.errors == {"after": "There is already a hand-off between these two stages. Change that one."}


def test_a_hand_off_is_taken_out_when_that_is_said_twice(owner_desk: Desk) -> None:
    with_hand_off(owner_desk, owner=2)
    send(owner_desk, Action.SETUP_HAND_OFF, opened(owner_desk, Action.SETUP_HAND_OFF, "1"), keeping="remove")
    assert "Bo Lind looks after it. Save again to take it out." in spoken(owner_desk.shown)
    assert journey_of(owner_desk).hand_offs
    send(owner_desk, Action.SETUP_HAND_OFF, owner_desk.shown)

    assert journey_of(owner_desk).hand_offs == ()


def test_a_hand_off_needs_two_stages(owner_desk: Desk) -> None:
    with owner_desk.registers.writing() as register:
        for id in (2, 3):
            register.journeys.retire_stage(id)

    with pytest.raises(PlanningError, match="write two stages first"):
        opened(owner_desk, Action.SETUP_HAND_OFF)


def test_one_press_adds_the_hand_offs_between_neighbours_and_a_second_adds_none(owner_desk: Desk) -> None:
    for _ in range(2):
        desk = owner_desk
        press_hand_offs(desk.ack, desk.body, desk.client, desk.respond, desk.registers, desk.actor, desk.now)

    assert [(one.before, one.after) for one in journey_of(owner_desk).hand_offs] == [(1, 2), (2, 3)]
    assert "has a hand-off to the next one already" in owner_desk.private_reply["text"]


def test_others_add_no_hand_offs(other: Desk) -> None:
    with pytest.raises(NotAllowed):
        press_hand_offs(other.ack, other.body, other.client, other.respond, other.registers, other.actor, other.now)


def test_a_segment_is_added_as_part_of_another_and_never_of_itself(owner_desk: Desk) -> None:
    send(
        owner_desk, Action.SETUP_SEGMENT, opened(owner_desk, Action.SETUP_SEGMENT), name="Families", parent=1, weight=5
    )
    assert journey_of(owner_desk).segments[1] == segment(id=2, name="Families", parent=1, weight=5)
    send(owner_desk, Action.SETUP_SEGMENT, opened(owner_desk, Action.SETUP_SEGMENT, "1"), parent=2)

    assert owner_desk.errors == {"parent": "It would be part of itself; choose another one."}


def test_the_largest_forms_fit() -> None:
    text = NASTY * 20
    whole = stage(name=NASTY[:80], definition=text, customer_goal=text, intent=text, brand_value=text)
    stages = tuple(stage(id=n, name=f"{n} {'営' * 77}", position=n) for n in range(1, 21))
    many = {n: f"{n} {NASTY[:75]}" for n in range(1, 300)}

    for view in (
        stage_form(whole, person(slack_id=None, name=NASTY[:80])),
        hand_off_form(hand_off(), Around(Journey(1, stages), many, many)),
        segment_form(segment(name=NASTY[:80]), many),
    ):
        assert light(drawn(view))


def test_a_form_offers_no_menu_of_nothing() -> None:
    view = hand_off_form(None, Around(Journey(1, (stage(), stage(id=2)))))

    assert field_names(view) == ["before", "after"]
    assert "parent" not in field_names(segment_form(None, {}))
    assert field_of(view, "before")["type"] == "static_select"


def test_a_journey_without_hand_offs_offers_to_add_them(owner_desk: Desk) -> None:
    assert Action.SETUP_HAND_OFFS in buttons(show_settings(owner_desk.call()).arguments()["blocks"])
    with_hand_off(owner_desk)
    assert Action.SETUP_HAND_OFFS not in buttons(show_settings(owner_desk.call()).arguments()["blocks"])
