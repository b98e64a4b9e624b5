from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from planning.installations.notices import AccessNotice, EndNotice
from planning.installations.values import Ending, Installation
from planning.workspace.values import Workspace
from tests.bot.installing.stub import Office
from tests.builders import NOW

BOT = "U0BOTT0HARBOUR"
LATER = NOW + timedelta(hours=1)


def notice(ending: Ending = Ending.UNINSTALLED, at: datetime = LATER, **said: object) -> EndNotice:
    """What Slack tells of the team's installation."""
    fields = {"team_id": "T0HARBOUR", "enterprise_id": None, "is_organisation": False, **said}
    return EndNotice(ending, at, **fields)  # type: ignore[arg-type] # the fields are said by name


def installed(office: Office, tenant: str = "T0HARBOUR") -> Installation:
    """The installation as it is now."""
    found = office.desk.life.directory.of(tenant)
    assert found is not None
    return found


def workspace(office: Office, tenant: str = "T0HARBOUR") -> Workspace:
    """The workspace of a tenant as it is now."""
    with office.database.registers(installed(office, tenant).workspace).reading() as register:
        return register.workspaces.current()


def test_an_uninstalled_workspace_has_left_and_is_deleted_after_a_while(office: Office) -> None:
    office.install("one")
    office.time.now = LATER

    assert office.desk.life.end(notice())

    assert (workspace(office).left_at, workspace(office).deletes_at) == (LATER, LATER + timedelta(days=30))
    assert (installed(office).ending, installed(office).token) == (Ending.UNINSTALLED, "")


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 0), (1, 1)])
def test_the_end_is_told_in_either_order_and_twice_and_the_first_word_counts(
    office: Office, order: tuple[int, int]
) -> None:
    office.install("one")
    told = (notice(Ending.UNINSTALLED), notice(Ending.REVOKED, bots=frozenset({BOT})))
    office.time.now = LATER

    assert office.desk.life.end(told[order[0]])
    office.time.now += timedelta(days=1)
    assert not office.desk.life.end(told[order[1]])

    assert installed(office).ending is told[order[0]].ending
    assert workspace(office).left_at == LATER


def test_an_end_that_is_told_late_does_not_touch_what_was_installed_since(office: Office) -> None:
    office.install("one")
    office.time.now = LATER
    office.install("two")

    assert not office.desk.life.end(notice(at=NOW + timedelta(minutes=1)))
    assert not office.desk.life.end(notice(Ending.REVOKED, NOW + timedelta(minutes=1), bots=frozenset({BOT})))

    assert installed(office).is_live


def test_slack_decides_where_the_clocks_are_apart(office: Office) -> None:
    token = office.install("one")
    office.slack.good.discard(token)

    assert office.desk.life.end(notice(at=NOW - timedelta(seconds=3)))


def test_somebodys_own_token_is_not_the_bots(office: Office) -> None:
    office.install("one")

    assert not office.desk.life.end(notice(Ending.REVOKED, bots=frozenset({"U0SOMEBODY"})))


def test_an_end_of_what_nobody_knows_changes_nothing(office: Office) -> None:
    assert not office.desk.life.end(notice())


def test_a_team_that_leaves_does_not_take_the_organisation_along(office: Office) -> None:
    office.install("one", "E0GROUP")

    assert not office.desk.life.end(notice(team_id="T0PART", enterprise_id="E0GROUP"))
    assert installed(office, "E0GROUP").is_live


def test_an_organisation_leaves_as_a_whole(office: Office) -> None:
    office.install("one", "E0GROUP")

    assert office.desk.life.end(notice(team_id=None, enterprise_id="E0GROUP", is_organisation=True))
    assert workspace(office, "E0GROUP").left_at is not None


def test_who_comes_back_in_time_finds_everything(office: Office) -> None:
    office.install("one")
    before = workspace(office)
    office.desk.life.end(notice())
    office.time.now = LATER

    office.install("two")

    assert workspace(office) == before
    assert installed(office).is_live
    with office.database.registers(before.id).reading() as register:
        assert [entry.verb for entry in register.audit.since(None)].count("installation.made") == 2


def test_less_that_is_permitted_is_kept_with_the_installation(office: Office) -> None:
    office.install("one")
    office.install("two", scope="commands,chat:write")

    assert installed(office).scopes == {"commands", "chat:write"}


def test_the_end_of_one_tenant_is_not_the_end_of_another(office: Office) -> None:
    office.install("one")
    office.install("two", "T0OTHER")

    office.desk.life.end(notice())

    assert installed(office, "T0OTHER").is_live
    assert workspace(office, "T0OTHER").left_at is None


def test_what_slack_held_up_for_want_of_a_token_goes_on_after_a_new_installation(office: Office) -> None:
    office.install("one")
    outbox = office.database.outbox(installed(office).workspace)
    outbox.hold("*", NOW + timedelta(hours=1), NOW)

    office.install("two")

    assert outbox.held(NOW) == {}


def test_teams_that_get_it_or_lose_it_are_kept_in_the_audit_log(office: Office) -> None:
    office.install("one", "E0GROUP")

    office.desk.life.access(AccessNotice("E0GROUP", ("T0PART",), granted=False))

    with office.database.registers(installed(office, "E0GROUP").workspace).reading() as register:
        entry = register.audit.last(["installation.teams_revoked"])
    assert entry is not None
    assert entry.details == {"teams": ["T0PART"]}


def test_two_administrators_who_install_it_at_once_get_one_workspace(
    office: Office, at_once: Callable[..., list[int]]
) -> None:
    codes = iter(["one", "two", "three"])
    for code in ("one", "two", "three"):
        office.slack.allow(code)

    assert at_once(lambda: office.come_back(office.begin()[0], code=next(codes)).status, 3) == [200, 200, 200]

    assert [one.slack_id for one in office.database.workspaces()] == ["T0HARBOUR"]
    assert installed(office).revision == 3


def test_two_replicas_that_are_told_at_once_end_it_once(office: Office, at_once: Callable[..., list[bool]]) -> None:
    office.install("one")
    office.time.now = LATER

    assert sorted(at_once(lambda: office.desk.life.end(notice()), 4)) == [False, False, False, True]
