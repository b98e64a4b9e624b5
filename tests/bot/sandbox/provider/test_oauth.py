"""Installing by OAuth: who asks, who allows, what comes of it."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.bot.sandbox.provider.company import ACORN, BACK, BIRCH, CEDAR, NORA, NORTH, Admin
from tests.bot.sandbox.world import ANA, BOT, exchange


def test_a_code_becomes_an_installation(admin: Admin) -> None:
    said = admin.decide(ACORN)
    answer = admin.spend(said["code"]).data

    assert said["state"] == "s1"
    assert (answer["team"], answer["enterprise"]) == ({"id": ACORN, "name": "Acorn"}, None)
    assert (answer["bot_user_id"], answer["authed_user"], answer["token_type"]) == (BOT, {"id": ANA}, "bot")
    assert answer["is_enterprise_install"] is False
    assert admin.client(answer).auth_test()["team_id"] == ACORN


def test_an_organisation_installs_as_a_whole_and_then_adds_the_app_to_its_teams(admin: Admin) -> None:
    answer = admin.install(CEDAR, place="whole", person=NORA)

    assert (answer["team"], answer["enterprise"]) == (None, {"id": CEDAR, "name": "Cedar Group"})
    assert answer["is_enterprise_install"] is True
    with pytest.raises(SlackApiError, match="team_access_not_granted"):
        admin.client(answer).users_list(team_id=NORTH)
    admin.order("teams", workspace=CEDAR, team=NORTH, present=True)
    assert {each["id"] for each in admin.client(answer).users_list(team_id=NORTH)["members"]} == {NORA, BOT}


def test_one_team_of_an_organisation_installs_for_itself(admin: Admin) -> None:
    answer = admin.install(CEDAR, place=NORTH, person=NORA)

    assert (answer["team"]["id"], answer["enterprise"]["id"]) == (NORTH, CEDAR)
    assert answer["is_enterprise_install"] is False


def test_who_cancels_goes_back_without_a_code(admin: Admin) -> None:
    assert admin.decide(ACORN, decision="deny") == {"error": "access_denied", "state": "s1"}
    assert exchange(f"{admin.running.url}/control/workspaces")["workspaces"][0]["installation"] is None


def test_a_code_is_good_once(admin: Admin) -> None:
    code = admin.decide(ACORN)["code"]
    admin.spend(code)

    with pytest.raises(SlackApiError, match="code_already_used"):
        admin.spend(code)


def test_a_code_is_good_for_ten_minutes(admin: Admin) -> None:
    code = admin.decide(ACORN)["code"]
    admin.order("clock", advance_s=601)

    with pytest.raises(SlackApiError, match="invalid_code"):
        admin.spend(code)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"redirect_uri": f"{BACK}/other"}, "bad_redirect_uri"),
        ({"client": "9.9"}, "invalid_client_id"),
        ({"secret": "guessed"}, "bad_client_secret"),
    ],
    ids=["another address", "another app", "a wrong secret"],
)
def test_a_code_is_for_the_app_that_asked(admin: Admin, wrong: dict[str, str], word: str) -> None:
    code = admin.decide(ACORN)["code"]

    with pytest.raises(SlackApiError, match=word):
        admin.spend(code, **wrong)
    admin.spend(code)


def test_what_was_not_ticked_is_not_granted(admin: Admin) -> None:
    answer = admin.install(ACORN, ticked=())

    assert "channels:history" not in answer["scope"].split(",")
    with pytest.raises(SlackApiError, match="missing_scope"):
        admin.client(answer).conversations_history(channel="C0GENERAL")


def test_scopes_add_up_and_the_token_stays(admin: Admin) -> None:
    first = admin.install(ACORN, ticked=("channels:history",))
    again = admin.install(ACORN, ticked=("im:history",))

    assert again["access_token"] == first["access_token"]
    assert {"channels:history", "im:history"} <= set(again["scope"].split(","))


def test_after_an_uninstall_less_can_be_granted(admin: Admin) -> None:
    first = admin.install(ACORN)
    admin.order("uninstall", workspace=ACORN)
    again = admin.install(ACORN, ticked=())

    assert again["access_token"] != first["access_token"]
    assert "im:history" not in again["scope"].split(",")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"client_id": "9.9"}, "client_id"),
        ({"scope": "chat:write,admin"}, "Invalid permissions requested: admin"),
        ({"scope": ""}, "No scopes"),
        ({"redirect_uri": "https://elsewhere.example/"}, "redirect_uri did not match"),
    ],
    ids=["another app", "a scope that is not its", "no scope", "another address"],
)
def test_an_app_that_asks_wrongly_is_told_so_and_nobody_is_sent_anywhere(
    admin: Admin, wrong: dict[str, str], words: str
) -> None:
    status, body = admin.look(**wrong)

    assert status == 400
    assert words in body


def test_the_page_asks_where_and_then_what_for(admin: Admin) -> None:
    _, where = admin.look()
    _, what = admin.look(team=BIRCH)

    assert all(name in where for name in ("Acorn", "Birch", "Cedar Group"))
    assert "Robin asks to be let into Birch" in what
    assert "Read messages in public channels" in what
