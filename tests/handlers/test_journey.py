from dataclasses import replace
from typing import Any

import pytest

from db.registers import SqlRegisters
from handlers.ids import Action
from handlers.journey import LISTS, show_journey
from handlers.views.claims import ClaimStep
from handlers.views.journey_changes import CHANGES, JOURNEY
from handlers.views.paging import Place
from planning.claims.values import Claim, Claimable
from planning.digests.executive import preview
from planning.digests.values import Digest
from planning.journey.arranging import save_stage, save_stages
from planning.journey.versioning import keep_version
from planning.register import Register
from planning.transfer.company import read_company
from planning.transfer.laying import laid_over
from planning.transfer.naming import known_in
from planning.transfer.settling import apply_company
from tests.builders import NOW, at, hand_off, metric, schedule, stage, steward
from tests.handlers.initiatives.registered import registered
from tests.handlers.slack import Desk, buttons, next_monday, spoken
from tests.handlers.views.limits import accepted
from tests.scheduled import do_due

SAM = steward(id=1)


def shown(desk: Desk, text: str = "") -> list[dict[str, Any]]:
    message = show_journey(desk.call(text))
    assert message is not None
    return accepted(message)


def renamed(register: Register, name: str, id: int = 1) -> None:
    known = next(one for one in register.journeys.current().stages if one.id == id)
    save_stage(register, stage(id=id, name=name, position=known.position), SAM, NOW)


def test_each_stage_is_shown_with_what_hangs_on_it(desk: Desk) -> None:
    registered(desk, stages=(1,))
    with desk.registers.writing() as register:
        register.metrics.add(metric())
        register.journeys.add_hand_off(hand_off(metric=1))
        register.journeys.save_stage(stage(intent="Feel: welcome.", weight=5, owner=2))
    said = spoken(shown(desk))

    assert "1. Join" in said
    assert "1 live initiative, weight 5 of 5" in said
    assert "Feel: welcome." in said
    assert "Bo Lind looks after it." in said
    assert "→ Use: from Marketing to Service; measured by Satisfaction. Nobody looks after it yet." in said


def test_who_saved_which_version_is_said_above(desk: Desk) -> None:
    with desk.registers.writing() as register:
        renamed(register, "Enter")

    assert "Version 1, saved by Ada Berg on 1 March 2027. The journey is not ratified" in spoken(shown(desk))


def test_what_an_import_changed_is_on_record_too(desk: Desk) -> None:
    company = '{"name": "Harbour Insurance", "journey": [{"name": "Join", "intent": "Feel welcome."}, {"name": "Pay"}]}'
    with desk.registers.writing() as register:
        known = known_in(register)
        apply_company(register, known, laid_over(known, read_company(company.encode())), None, NOW)

    assert "Version 1, saved by an import on 1 March 2027." in spoken(shown(desk))
    assert "New stages: “Pay”." in spoken(shown(desk, "history"))
    assert "“Join” has another intent." in spoken(shown(desk, "history"))


def test_stewards_can_change_it_from_there_and_others_cannot(desk: Desk) -> None:
    assert Action.SETUP_JOURNEY not in buttons(shown(desk))
    desk.actor = SAM

    assert {Action.SETUP_JOURNEY, Action.SETUP_HAND_OFFS} <= buttons(shown(desk)).keys()


def test_the_button_to_raise_a_hand_names_the_stage_and_the_list(desk: Desk) -> None:
    last = ClaimStep.model_validate_json(buttons(shown(desk))[Action.CLAIM_RAISE]["value"])

    assert (last.claim, last.at) == (Claim(Claimable.STAGE, 3), Place(list=JOURNEY))


def test_a_long_journey_has_pages(desk: Desk) -> None:
    with desk.registers.writing() as register:
        save_stages(register, [(f"Stage {n}", "") for n in range(1, 13)], SAM, NOW)
    first = shown(desk)
    place = Place.model_validate_json(buttons(first)[Action.LIST_MORE]["value"])

    assert "…and 7 more" in spoken(first)
    assert (place.list, place.offset) == (JOURNEY, 5)
    assert "11. Stage 11" in spoken(accepted(LISTS[JOURNEY](desk.call(), "", 10)))


def test_an_empty_journey_says_who_writes_it(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        nora = register.people.add("Nora New", slack_id="U0NEW")

    assert "A steward writes them: /cx setup." in spoken(shown(Desk(registers, nora)))


@pytest.mark.parametrize("word", ["history", "  HISTORY ", "changes"])
def test_the_history_tells_what_was_changed_the_last_first(desk: Desk, word: str) -> None:
    with desk.registers.writing() as register:
        renamed(register, "Enter")
    with desk.registers.writing() as register:
        renamed(register, "Arrive")
    said = spoken(shown(desk, word))

    assert "Version 2, saved by Ada Berg" in said
    assert said.index("“Enter” is called “Arrive” now.") < said.index("“Join” is called “Enter” now.")


def test_a_long_history_has_pages_too(desk: Desk) -> None:
    for n in range(8):
        with desk.registers.writing() as register:
            renamed(register, f"Name {n}")

    assert "…and 2 more" in spoken(shown(desk, "history"))
    assert "“Join” is called “Name 0” now." in spoken(accepted(LISTS[CHANGES](desk.call(), "", 6)))


def test_a_version_that_changed_much_is_shown_as_a_whole_on_request(desk: Desk) -> None:
    with desk.registers.writing() as register:
        save_stages(register, [("Join", "a"), ("Renew", "b"), ("Use", "c"), ("Pay", "")], SAM, NOW)
        before = register.journeys.current()
        for one in before.stages:
            register.journeys.save_stage(replace(one, name=f"{one.name} it", weight=5))
        keep_version(register, before, SAM, NOW)
    first = shown(desk, "history")
    place = Place.model_validate_json(buttons(first)[Action.LIST_MORE]["value"])
    whole = accepted(LISTS[place.list](desk.call(), place.query, place.offset))

    assert "…and 3 more changes" in spoken(first)
    assert "“Pay it” has another weight." not in spoken(first)
    assert "“Pay it” has another weight." in spoken(whole)
    assert "saved by Ada Berg" in spoken(accepted(LISTS[CHANGES](desk.call(), "", 0)))


def test_nothing_to_tell_is_said_so(desk: Desk) -> None:
    assert "Nothing has been changed" in spoken(shown(desk, "history"))


def test_an_old_digest_keeps_the_old_names(desk: Desk) -> None:
    registered(desk, stages=(1,))
    with desk.registers.writing() as register:
        register.schedules.add(schedule())
        (made,) = do_due(register, NOW, next_monday)
    with desk.registers.writing() as register:
        renamed(register, "Enter")
        now = preview(register, at(1))

    kept = Digest.model_validate(made.content)
    assert [names.coverage.stages[0][1] for names in (kept, now)] == ["Join", "Enter"]
