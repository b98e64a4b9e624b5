from typing import Any

import pytest

from bot.scheduling.due_times import next_due
from handlers.claims import DEEDS, doing, show_claim
from handlers.finding_lists import show_gaps, show_map
from handlers.ids import Action
from handlers.listening import LISTS
from handlers.problems import show_problems
from planning.claims.claiming import HANDED_BACK, RAISED, held, raise_hand
from planning.claims.values import Claim, Claimable
from planning.errors import AlreadyDone
from planning.findings.refreshing import refresh
from tests.builders import NOW, draft, problem, steward, vector
from tests.handlers.slack import Desk, app_for, buttons, dispatched, interaction, spoken
from tests.handlers.views.limits import accepted, elements, words

PRIVATE = {"container": {"type": "message", "is_ephemeral": True}}
MESSAGE = {"container": {"type": "message", "is_ephemeral": False}}


@pytest.fixture
def found(desk: Desk) -> Desk:
    """A problem whose fix lacks a part, and all gaps on record."""
    with desk.registers.writing() as register:
        register.problems.add(problem())
        register.initiatives.add(draft(stages=(1,), serves=1), vector(), NOW)
        refresh(register, NOW)
    return desk


def press(desk: Desk, button: dict[str, Any], body: dict[str, Any] = PRIVATE) -> None:
    """Press a button, or choose the first option of a menu."""
    action = {"value": button["value"]} if "value" in button else {"selected_option": button["options"][0]}
    shared = (desk.actor, desk.registers, desk.now, desk.encoder, desk.client, desk.respond, next_due)
    doing(DEEDS[Action(button["action_id"])], LISTS)(desk.ack, body, action, *shared)


def owner_of(desk: Desk, kind: Claimable, id: int = 1) -> int | None:
    with desk.registers.reading() as register:
        return held(register, Claim(kind, id), NOW).owner


def test_a_gap_is_claimed_in_its_list_and_handed_back_there(found: Desk) -> None:
    listed = accepted(show_gaps(found.call("problems")))
    press(found, buttons(listed)[Action.CLAIM_RAISE])
    assert "Ada Berg looks after it." in spoken(found.private_reply["blocks"])
    assert found.private_reply["replace_original"] is True

    press(found, buttons(found.private_reply["blocks"])[Action.CLAIM_HAND_BACK])
    assert "looks after" not in spoken(found.private_reply["blocks"])


def test_a_stage_is_taken_on_from_the_list_of_gaps_with_an_answer_beside_it(found: Desk) -> None:
    listed = elements(show_gaps(found.call("stages")), "button")
    button = next(each for each in listed if '"stage"' in each["value"])
    press(found, button)

    assert owner_of(found, Claimable.STAGE) == found.actor.id
    assert "You look after the stage “Join”." in spoken(found.private_reply["blocks"])
    assert found.private_reply["replace_original"] is False
    press(found, buttons(found.private_reply["blocks"])[Action.CLAIM_HAND_BACK])
    assert owner_of(found, Claimable.STAGE) is None
    assert found.private_reply["replace_original"] is True


def test_a_stage_is_taken_on_and_handed_back_by_the_menus_of_the_map(found: Desk) -> None:
    press(found, buttons(accepted(show_map(found.call())))[Action.CLAIM_RAISE])
    assert owner_of(found, Claimable.STAGE) == found.actor.id
    assert "Join: \nAda Berg" in spoken(found.private_reply["blocks"])

    press(found, buttons(found.private_reply["blocks"])[Action.CLAIM_HAND_BACK])
    assert owner_of(found, Claimable.STAGE) is None


def test_a_problem_is_taken_on_in_its_list(found: Desk) -> None:
    press(found, buttons(accepted(show_problems(found.call())))[Action.CLAIM_RAISE])

    assert owner_of(found, Claimable.PROBLEM) == found.actor.id


def test_who_is_second_is_told_who_was_first(found: Desk, other: Desk) -> None:
    button = buttons(accepted(show_gaps(found.call("problems"))))[Action.CLAIM_RAISE]
    press(found, button)
    press(found, button)
    with pytest.raises(AlreadyDone, match="Ada Berg looks after"):
        press(other, button)


def test_in_a_channel_the_answer_is_private_and_over_the_home_tab_it_is_a_modal(found: Desk) -> None:
    gap = buttons(accepted(show_gaps(found.call("problems"))))[Action.CLAIM_RAISE]
    press(found, gap, MESSAGE)
    assert found.private_reply["replace_original"] is False

    press(found, gap, {"view": {"type": "home", "id": "V0"}, "trigger_id": "1.2.abc"})
    found.client.views_open.assert_called_once()


def test_somebody_who_has_nothing_to_do_with_it_sees_who_looks_after_it(found: Desk, other: Desk) -> None:
    with found.registers.writing() as register:
        raise_hand(register, Claim(Claimable.PROBLEM, 1), found.actor, NOW)
    shown = show_claim(other.call(), "problem:1", 0)

    assert "Ada Berg looks after the customer problem “Told it thrice”." in words(shown)
    assert elements(shown, "button") == []


def test_a_steward_releases_somebody_after_a_confirmation_that_names_them(found: Desk, other: Desk) -> None:
    with found.registers.writing() as register:
        raise_hand(register, Claim(Claimable.PROBLEM, 1), found.actor, NOW)
    other.actor = steward(id=other.actor.id)
    button = buttons(accepted(show_problems(other.call())))[Action.CLAIM_RELEASE]
    press(other, button)

    assert "Ada Berg looks after it now. Once released, nobody does" in button["confirm"]["text"]["text"]
    assert owner_of(found, Claimable.PROBLEM) is None
    assert Action.CLAIM_RAISE in buttons(other.private_reply["blocks"])


def test_the_app_listens_to_all_buttons(found: Desk) -> None:
    for action in (Action.CLAIM_RAISE, Action.CLAIM_HAND_BACK, Action.CLAIM_RELEASE):
        app = app_for(lambda _tenant: found.registers, found.client, found.respond)
        pressed = {"type": "button", "action_id": action, "block_id": "b", "value": '{"kind":"problem","id":1}'}
        body = interaction("block_actions", actions=[pressed], container=PRIVATE["container"])
        assert dispatched(app, body).status == 200
        app.listener_runner.listener_executor.shutdown(wait=True)
    with found.registers.reading() as register:
        assert [entry.verb for entry in register.audit.since(None)][-2:] == [RAISED, HANDED_BACK]
