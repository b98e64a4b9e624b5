from dataclasses import replace
from typing import Any

import pytest

from handlers.setup.data_terms import press_data, submit_data
from planning.data.keeping import days_kept
from planning.data.values import Kept
from planning.errors import NotAllowed
from tests.builders import steward
from tests.handlers.slack import Desk, field_of, spoken, submitted


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada is the steward, too."""
    return replace(desk, actor=steward(id=1))


def opened(desk: Desk) -> dict[str, Any]:
    press_data(desk.ack, desk.body, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    submit_data(desk.ack, submitted(view, **typed), desk.registers, desk.actor, desk.now)


def kept(desk: Desk) -> int:
    with desk.registers.reading() as register:
        return days_kept(register.workspaces.current())[Kept.MESSAGES]


def test_a_steward_changes_for_how_long_and_is_told_what_goes(keeper: Desk) -> None:
    assert field_of(opened(keeper), "messages")["initial_value"] == "180"

    submit(keeper, opened(keeper), messages="150")

    assert kept(keeper) == 150
    assert "messages that are over after 150 days" in spoken(keeper.shown)


def test_a_term_outside_its_bounds_is_refused_at_its_field(keeper: Desk) -> None:
    submit(keeper, opened(keeper), messages="3651")

    assert (list(keeper.errors), kept(keeper)) == (["messages"], 180)


def test_nobody_else_changes_it(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        opened(desk)
