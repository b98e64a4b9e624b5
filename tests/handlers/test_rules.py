from dataclasses import replace

import pytest

from handlers.ids import Action
from handlers.rules import press_rules, show_rules
from handlers.setup import show_settings
from planning.errors import NotAllowed
from tests.builders import person, steward
from tests.handlers.slack import Desk, buttons, spoken
from tests.handlers.views.limits import accepted, words


def test_leads_see_how_each_rule_does(desk: Desk) -> None:
    assert "Same work" in words(show_rules(desk.call()))


def test_others_are_told_whom_to_ask(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="Leads and stewards"):
        show_rules(replace(desk, actor=person(id=1)).call())


def test_stewards_reach_it_from_the_settings(desk: Desk) -> None:
    keeper = replace(desk, actor=steward(id=1))
    with desk.registers.writing() as register:
        register.people.save(keeper.actor)
    assert Action.RULES_SHOW in buttons(accepted(show_settings(keeper.call())))

    body = {"view": {"type": "home", "id": "VH"}, "trigger_id": "1.2.abc"}
    press_rules(desk.ack, body, desk.client, keeper.actor, desk.registers, desk.respond)
    assert "How each rule does" in spoken(desk.client.views_open.call_args.kwargs["view"])
