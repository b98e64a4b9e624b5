from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_bolt import BoltResponse

from bot.installing.flow import Flow
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from tests.bot.installing.stub import PUBLIC, Office, header


def test_a_browser_is_sent_to_slack_with_all_scopes_and_a_state_that_it_keeps(office: Office) -> None:
    state, answer = office.begin()

    asked = parse_qs(urlsplit(header(answer, "location")).query)
    assert answer.status == 302
    assert asked["scope"] == [",".join([*SCOPES, *OPTIONAL_SCOPES])]
    assert asked["redirect_uri"] == [f"{PUBLIC}/slack/oauth_redirect"]
    assert header(answer, "set-cookie").startswith(f"slack-app-oauth-state={state}; Secure; HttpOnly")


@pytest.mark.parametrize(
    ("team", "taken"), [("T0HARBOUR", ["T0HARBOUR"]), ("T0\r\nSet-Cookie: a=b", None), ("x&y", None)]
)
def test_only_what_looks_like_a_team_is_passed_on(office: Office, team: str, taken: list[str] | None) -> None:
    _, answer = office.begin(f"team={team}")

    assert parse_qs(urlsplit(header(answer, "location")).query).get("team") == taken


def test_what_is_installed_is_there_with_the_usual_schedules(office: Office) -> None:
    office.install("one")

    installation = office.desk.installations.of("T0HARBOUR")
    assert installation is not None
    assert installation.token == "xoxb-T0HARBOUR-one"
    with office.database.registers(installation.workspace).reading() as register:
        assert register.workspaces.current().name == "Team T0HARBOUR"
        assert register.schedules.all()
        entry = register.audit.last(["installation.made"])
        assert entry is not None
        assert entry.actor is not None


def test_an_organisation_is_one_tenant(office: Office) -> None:
    office.slack.allow("one", "E0GROUP")
    answer = office.come_back(office.begin()[0], code="one")

    installation = office.desk.installations.of("E0GROUP")
    assert installation is not None
    assert installation.is_organisation
    assert "https://app.slack.com/manage/E0GROUP/integrations/profile/A0CONCORD/workspaces/add" in answer.body


def test_a_workspace_that_an_import_made_is_given_to_nobody_by_chance(office: Office) -> None:
    imported = office.database.ensure_workspace("main", name="Harbour Insurance")

    office.install("one")

    installation = office.desk.installations.of("T0HARBOUR")
    assert installation is not None
    assert installation.workspace != imported.id


def test_a_state_counts_once(office: Office) -> None:
    state, _ = office.begin()
    office.slack.allow("one")
    office.slack.allow("two", "T0OTHER")
    office.come_back(state, code="one")

    again = office.come_back(state, code="two")

    assert _said(again) == (401, "This installation cannot be finished here")
    assert office.desk.installations.of("T0OTHER") is None


@pytest.mark.parametrize("cookie", ["", "forged"], ids=["no cookie", "another's cookie"])
def test_an_installation_is_finished_in_the_browser_that_began_it(office: Office, cookie: str) -> None:
    state, _ = office.begin()
    office.slack.allow("one")

    assert _said(office.come_back(state, cookie, code="one"))[0] == 400
    assert office.desk.installations.of("T0HARBOUR") is None


def test_a_forged_state_does_not_count_even_with_its_cookie(office: Office) -> None:
    office.slack.allow("one")

    assert _said(office.come_back("forged", code="one"))[0] == 401
    assert office.slack.asked == []


def test_a_state_counts_for_ten_minutes(office: Office) -> None:
    state, _ = office.begin()
    office.slack.allow("one")
    office.time.now += timedelta(minutes=10)

    assert _said(office.come_back(state, code="one"))[0] == 401


def test_a_denial_installs_nothing_and_says_so(office: Office) -> None:
    answer = office.come_back(office.begin()[0], error="access_denied")

    assert _said(answer) == (200, "Nothing was installed")
    assert f'href="{PUBLIC}/slack/install"' in answer.body


def test_the_reason_that_slack_gives_is_shown(office: Office) -> None:
    answer = office.come_back(office.begin()[0], error="org_login_required")

    assert "Slack says: <code>org_login_required</code>" in answer.body


@pytest.mark.parametrize("error", ["<script>alert(1)</script>", "Call this number now", "x" * 500], ids=str)
def test_what_is_no_reason_of_slack_is_not_repeated(office: Office, error: str) -> None:
    answer = office.come_back(office.begin()[0], error=error)

    assert error[:20] not in answer.body


@pytest.mark.parametrize(
    "said",
    [{"expires_in": 43200}, {"team": None}, {"access_token": None}],
    ids=["tokens that expire", "no team", "no token"],
)
def test_an_answer_that_cannot_be_used_installs_nothing(office: Office, said: dict[str, Any]) -> None:
    office.slack.allow("one", **said)

    answer = office.come_back(office.begin()[0], code="one")

    assert _said(answer) == (401, "Slack did not confirm the installation")
    assert office.database.workspaces() == []


def test_a_code_that_slack_does_not_take_installs_nothing(office: Office) -> None:
    assert _said(office.come_back(office.begin()[0], code="spent"))[0] == 401


def test_a_fault_of_ours_is_a_page_with_a_code(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    state, _ = office.begin()
    office.slack.allow("one")
    monkeypatch.setattr(Flow, "store_installation", _fail)

    answer = office.come_back(state, code="one")

    assert _said(answer) == (500, "Something went wrong on our side")


def test_what_is_off_for_want_of_a_permission_is_named(office: Office) -> None:
    office.slack.allow("one", scope=",".join(scope for scope in SCOPES if scope != "files:write"))

    answer = office.come_back(office.begin()[0], code="one")

    assert "<code>files:write</code>: messages come without pictures" in answer.body
    assert "<code>im:history</code>" in answer.body
    assert "<code>chat:write</code>" not in answer.body


def test_with_all_permissions_nothing_is_off(office: Office) -> None:
    office.slack.allow("one")

    assert "permission" not in office.come_back(office.begin()[0], code="one").body


def test_pages_run_nothing_load_nothing_and_send_no_address_on(office: Office) -> None:
    office.slack.allow("one", team={"id": "T0HARBOUR", "name": "<img src=x onerror=alert(1)>"})

    answer = office.come_back(office.begin()[0], code="one")

    assert "<img" not in answer.body
    assert header(answer, "content-security-policy").startswith("default-src 'none'; style-src 'sha256-")
    assert header(answer, "referrer-policy") == "no-referrer"
    assert "=deleted" in header(answer, "set-cookie")


def _said(answer: BoltResponse) -> tuple[int, str]:
    return answer.status, answer.body.partition("<h1>")[2].partition("</h1>")[0]


def _fail(*_arguments: object) -> None:
    raise RuntimeError("the disk is full")
