from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from slack_bolt import BoltContext
from sqlalchemy import event

from bot.installing.authorizing import not_installed
from planning.errors import NotAllowed
from planning.installations.notices import EndNotice
from planning.installations.values import CannotOpen, Ending, NotInstalled
from tests.bot.installing.stub import PUBLIC, Office
from tests.builders import NOW

UNINSTALLED = EndNotice(Ending.UNINSTALLED, NOW + timedelta(hours=1), "T0HARBOUR", None, is_organisation=False)


def asked(team: str | None = "T0HARBOUR", enterprise: str | None = None, *, whole: bool = False) -> BoltContext:
    """A request of somebody's."""
    known = {"team_id": team, "enterprise_id": enterprise, "is_enterprise_install": whole, "user_id": "U1"}
    return BoltContext(known)


@contextmanager
def counting(office: Office) -> Iterator[list[str]]:
    """The statements that look at installations."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM installations" in statement:
            statements.append(statement)

    event.listen(office.database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(office.database.engine, "before_cursor_execute", note)


def test_a_request_is_answered_with_the_token_of_its_own_team(office: Office) -> None:
    mine, other = office.install("one"), office.install("two", "T0OTHER")

    found = [office.desk.authorizer(context=asked(team)) for team in ("T0HARBOUR", "T0OTHER")]

    assert [one and one.bot_token for one in found] == [mine, other]


def test_an_organisations_token_serves_all_its_teams_and_no_team_of_others(office: Office) -> None:
    token = office.install("one", "E0GROUP")

    found = office.desk.authorizer(context=asked("T0PART", "E0GROUP", whole=True))

    assert found is not None
    assert (found.bot_token, found.team_id, found.enterprise_id) == (token, "T0PART", "E0GROUP")
    assert office.desk.authorizer(context=asked("T0PART", "E0GROUP")) is None
    assert office.desk.authorizer(context=asked("T0PART", "E0OTHER", whole=True)) is None


def test_a_request_that_says_no_tenant_is_not_answered(office: Office) -> None:
    office.install("one")

    assert office.desk.authorizer(context=asked(None)) is None


def test_slack_is_not_asked_and_one_look_at_the_database_is_enough(office: Office) -> None:
    office.install("one")
    office.desk.authorizer(context=asked())
    office.slack.asked.clear()

    with counting(office) as statements:
        office.desk.authorizer(context=asked())

    assert (office.slack.asked, len(statements)) == ([], 1)


def test_an_end_and_a_new_beginning_count_at_once_in_every_replica(office: Office) -> None:
    other = Office.opened(office.slack, office.database, office.time)
    office.install("one")
    workspace = other.desk.life.directory.all()[0].workspace
    assert other.desk.authorizer(context=asked()) is not None
    assert other.desk.clients.of(workspace).token == "xoxb-T0HARBOUR-one"

    office.desk.life.end(UNINSTALLED)
    assert other.desk.authorizer(context=asked()) is None
    with pytest.raises(NotInstalled):
        other.desk.clients.of(workspace)

    office.install("two")
    assert other.desk.clients.of(workspace).token == "xoxb-T0HARBOUR-two"


def test_a_token_that_no_key_opens_is_told_by_whose_it_is(office: Office) -> None:
    office.install("one")
    stranger = Office.opened(office.slack, office.database, token_keys="A" * 43 + "=")

    with pytest.raises(CannotOpen, match=r"The token of Team T0HARBOUR \(T0HARBOUR\) cannot be opened"):
        stranger.desk.installations.of("T0HARBOUR")
    with pytest.raises(NotAllowed, match="Tell who runs Concord"):
        stranger.desk.authorizer(context=asked())


def test_who_is_not_served_reads_how_to_be() -> None:
    assert f"{PUBLIC}/slack/install" in not_installed(PUBLIC)
