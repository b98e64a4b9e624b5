"""A register of many workspaces, and a process of `concord run`, which serves one of them by a token of its own."""

from datetime import timedelta

import pytest

from bot.app import slack_client
from bot.running import only_in, settle_in
from bot.starting import Team
from planning.installations.notices import EndNotice
from planning.installations.values import Ending, NotInstalled
from tests.bot.installing.stub import Office
from tests.builders import NOW

LATER = NOW + timedelta(hours=1)


def test_nothing_of_another_workspace_is_sent_with_its_token() -> None:
    mine = slack_client("xoxb-mine", "https://slack.test/api/")
    clients = only_in("main", mine)

    assert clients("main") is mine
    with pytest.raises(NotInstalled):
        clients("another")


def test_a_workspace_that_had_left_stays_when_it_is_connected_by_a_token(office: Office) -> None:
    office.install("one")
    office.desk.life.end(EndNotice(Ending.UNINSTALLED, LATER, "T0HARBOUR", None, is_organisation=False))

    workspace = settle_in(office.database, Team("T0HARBOUR", "Harbour"), office.time)

    with office.database.registers(workspace).reading() as register:
        assert (register.workspaces.current().left_at, register.workspaces.current().deletes_at) == (None, None)
