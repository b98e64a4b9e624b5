from typing import Any

import pytest

from handlers.setup.alerts import press_alerts, submit_alerts
from planning.errors import NotAllowed
from tests.builders import steward
from tests.handlers.slack import Desk, field_of, spoken, submitted


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada is the steward, too."""
    desk.actor = steward(id=1)
    return desk


def opened(desk: Desk) -> dict[str, Any]:
    press_alerts(desk.ack, desk.body, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    submit_alerts(desk.ack, submitted(view, **typed), desk.client, desk.registers, desk.actor, desk.now)


def budget(desk: Desk) -> int:
    with desk.registers.reading() as register:
        return register.workspaces.current().alert_budget


def test_a_steward_changes_the_budget(keeper: Desk) -> None:
    assert field_of(opened(keeper), "budget")["initial_value"] == "5"
    submit(keeper, opened(keeper), budget="3")

    assert budget(keeper) == 3
    assert "at most 3 alerts a week" in spoken(keeper.shown)


@pytest.mark.parametrize("typed", ["0", "21"])
def test_a_budget_is_between_one_and_twenty(keeper: Desk, typed: str) -> None:
    submit(keeper, opened(keeper), budget=typed)

    assert (list(keeper.errors), budget(keeper)) == (["budget"], 5)


def test_nobody_else_changes_it(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        opened(desk)
