from typing import Any

import pytest

from handlers.ids import Action
from handlers.views.department_digests import department_digest
from planning.digests.department import preview_department
from planning.schedules.values import ScheduleKind
from tests.builders import NOW, draft, found, schedule, vector
from tests.handlers.slack import Desk, app_for, buttons, dispatched, interaction, spoken


@pytest.fixture
def shown(desk: Desk) -> dict[str, dict[str, Any]]:
    """The buttons of the digest of Marketing, which has an overlap with Service."""
    with desk.registers.writing() as register:
        for number in (1, 2):
            register.initiatives.add(draft(department=number), vector(number), NOW)
        register.findings.add(found(1, 2), NOW)
    with desk.registers.reading() as register:
        digest = preview_department(register, schedule(kind=ScheduleKind.DEPARTMENT, subject=1), NOW)
    return buttons(department_digest(digest).arguments()["blocks"])


def press(desk: Desk, button: dict[str, Any]) -> None:
    action = {**button, "block_id": "b", "action_ts": "1"}
    place = {"type": "message", "is_ephemeral": False}
    hook = "https://hooks.slack.test/r/1"
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    dispatched(app, interaction("block_actions", actions=[action], container=place, response_url=hook))
    app.listener_runner.listener_executor.shutdown(wait=True)


def test_a_list_opens_for_one_pair_of_eyes_and_the_digest_stays(desk: Desk, shown: dict[str, dict[str, Any]]) -> None:
    press(desk, shown[Action.LIST_OPEN])

    assert "1 open overlap of Marketing" in spoken(desk.private_reply["blocks"])
    assert desk.private_reply["replace_original"] is False


def test_an_overlap_opens_from_its_row(desk: Desk, shown: dict[str, dict[str, Any]]) -> None:
    press(desk, shown[Action.OVERLAP_SHOW])

    assert "CX-1" in desk.private_reply["text"]
    assert desk.private_reply["replace_original"] is False
