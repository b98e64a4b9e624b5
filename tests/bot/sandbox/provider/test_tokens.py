"""One API address for all: the token says which workspace is meant, for as long as it is good."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.bot.sandbox.provider.company import (
    ACORN,
    BIRCH,
    CEDAR,
    NORA,
    NORTH,
    NORTHERN,
    SAM,
    SOUTH,
    SOUTHERN,
    Admin,
)
from tests.bot.sandbox.world import GENERAL, exchange


def test_the_same_channel_id_is_another_channel_in_each_workspace(admin: Admin) -> None:
    acorn, _birch = admin.install(ACORN), admin.install(BIRCH)
    admin.client(acorn).chat_postMessage(channel=GENERAL, text="For Acorn")

    said = {
        each: exchange(f"{admin.site(each)}/control/messages?channel={GENERAL}")["messages"] for each in (ACORN, BIRCH)
    }
    assert [each["text"] for each in said[ACORN]] == ["For Acorn"]
    assert said[BIRCH] == []


def test_nobodys_token_is_no_good(admin: Admin) -> None:
    stranger = WebClient(token="xoxb-guessed", base_url=admin.running.api_url, retry_handlers=[])

    with pytest.raises(SlackApiError, match="invalid_auth"):
        stranger.auth_test()


@pytest.mark.parametrize(
    ("deed", "word"), [("revoke", "token_revoked"), ("uninstall", "account_inactive")], ids=["revoked", "uninstalled"]
)
def test_a_token_that_is_over_says_why_and_others_stay(admin: Admin, deed: str, word: str) -> None:
    acorn, birch = admin.install(ACORN), admin.install(BIRCH)
    admin.order(deed, workspace=ACORN)

    with pytest.raises(SlackApiError, match=word):
        admin.client(acorn).chat_postMessage(channel=GENERAL, text="Late")
    assert admin.client(birch).auth_test()["ok"]


def test_an_app_may_give_its_token_back(admin: Admin) -> None:
    client = admin.client(admin.install(ACORN))

    assert client.auth_revoke()["revoked"] is True
    with pytest.raises(SlackApiError, match="token_revoked"):
        client.auth_test()


def test_an_org_wide_token_has_to_say_which_team(admin: Admin) -> None:
    client = admin.client(admin.install_organisation(NORTH))

    with pytest.raises(SlackApiError, match="missing_argument"):
        client.conversations_list()
    assert [each["id"] for each in client.conversations_list(team_id=NORTH)["channels"]] == [NORTHERN]


def test_an_app_reaches_only_the_teams_that_it_was_added_to(admin: Admin) -> None:
    client = admin.client(admin.install_organisation(NORTH))

    client.chat_postMessage(channel=NORTHERN, text="Hello")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.chat_postMessage(channel=SOUTHERN, text="Hello")
    admin.order("teams", workspace=CEDAR, team=SOUTH, present=True)
    client.chat_postMessage(channel=SOUTHERN, text="Hello")


def test_an_installation_in_one_team_does_not_know_the_people_of_the_other(admin: Admin) -> None:
    client = admin.client(admin.install(CEDAR, place=NORTH, person=NORA))

    assert client.users_info(user=NORA)["user"]["enterprise_user"]["enterprise_id"] == CEDAR
    with pytest.raises(SlackApiError, match="user_not_found"):
        client.users_info(user=SAM)
