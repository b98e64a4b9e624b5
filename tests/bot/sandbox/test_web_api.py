"""Tokens, scopes, encodings and people, through the real SDK."""

from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.api.basics import METHODS
from bot.sandbox.api.registry import MethodTakenError, registry
from bot.sandbox.server import Sandbox, running
from tests.bot.sandbox.world import (
    ANA,
    APP_TOKEN,
    BEN,
    BOT,
    BOT_TOKEN,
    DEE,
    GENERAL,
    AtPage,
    Control,
    exchange,
    workspace_file,
)


def test_auth_test_says_whose_token_it_is_and_what_it_may_do(client: WebClient) -> None:
    answer = client.auth_test()

    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == (BOT, "B0ROBIN", "T0LOCAL")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("xoxb-wrong", "auth.test", "invalid_auth"),
        (APP_TOKEN, "auth.test", "not_allowed_token_type"),
        (BOT_TOKEN, "apps.connections.open", "not_allowed_token_type"),
        (BOT_TOKEN, "chat.shout", "unknown_method"),
    ],
)
def test_a_token_or_method_that_does_not_fit_is_refused(sandbox: Sandbox, token: str, method: str, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        WebClient(token=token, base_url=sandbox.api_url).api_call(method)


def test_without_a_token_nothing_is_done(sandbox: Sandbox) -> None:
    assert exchange(f"{sandbox.api_url}auth.test", {})["error"] == "not_authed"


def test_an_app_token_in_a_form_field_does_not_count(sandbox: Sandbox) -> None:
    assert exchange(f"{sandbox.api_url}apps.connections.open", {"token": APP_TOKEN})["error"] == "not_authed"


def test_a_missing_scope_is_named() -> None:
    with running(workspace_file(scopes=("commands",))) as sandbox, pytest.raises(SlackApiError) as caught:
        WebClient(token=BOT_TOKEN, base_url=sandbox.api_url).chat_postMessage(channel=GENERAL, text="x")

    answer = caught.value.response
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "chat:write", "commands")


def test_an_address_is_told_only_with_its_own_scope() -> None:
    with running(workspace_file(scopes=("users:read",))) as sandbox:
        user = WebClient(token=BOT_TOKEN, base_url=sandbox.api_url).users_info(user=ANA)["user"]

    assert "email" not in user["profile"]


def test_a_form_and_json_are_read_alike(sandbox: Sandbox) -> None:
    form = Request(
        f"{sandbox.api_url}chat.postMessage",
        f"channel={GENERAL}&text=a%26b&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D".encode(),
        {"Authorization": f"Bearer {BOT_TOKEN}"},
    )
    with urlopen(form, timeout=5) as answer:
        assert answer.status == 200

    stored = exchange(f"{sandbox.url}/control/messages?channel={GENERAL}")["messages"][-1]
    assert (stored["text"], stored["blocks"][0]["type"]) == ("a&b", "divider")


def test_a_body_that_is_no_json_is_refused(sandbox: Sandbox) -> None:
    request = Request(f"{sandbox.api_url}auth.test", b"{", {"Content-Type": "application/json"})
    with urlopen(request, timeout=5) as answer:
        assert b"invalid_json" in answer.read()


def test_api_test_gives_back_what_was_sent(client: WebClient) -> None:
    assert client.api_test(foo="bar")["args"]["foo"] == "bar"
    with pytest.raises(SlackApiError, match="my_error"):
        client.api_test(error="my_error")


def test_a_person_has_a_zone_and_its_distance(client: WebClient) -> None:
    user = client.users_info(user=ANA)["user"]

    assert (user["tz"], user["profile"]["email"]) == ("Europe/Lisbon", "ana@acorn.example")
    assert user["tz_offset"] in (0, 3600)


def test_people_come_in_pages(client: WebClient) -> None:
    pages = [page["members"] for page in client.users_list(limit=2)]

    assert [len(page) for page in pages] == [2, 2, 1]
    assert {user["id"] for page in pages for user in page if user["deleted"]} == {DEE}


def test_a_made_up_cursor_is_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_cursor"):
        client.users_list(cursor="nonsense")


def test_a_person_is_found_by_address(client: WebClient) -> None:
    assert client.users_lookupByEmail(email="ANA@acorn.example")["user"]["id"] == ANA
    with pytest.raises(SlackApiError, match="users_not_found"):
        client.users_lookupByEmail(email="nobody@acorn.example")


def test_team_bot_and_groups_are_there(client: WebClient) -> None:
    assert client.team_info()["team"]["domain"] == "acorn"
    assert client.bots_info(bot="B0ROBIN")["bot"]["user_id"] == BOT
    assert client.usergroups_list()["usergroups"] == []


def test_the_log_of_calls_has_arguments_but_no_tokens(client: WebClient, control: Control) -> None:
    client.chat_postMessage(channel=GENERAL, text="x")
    with pytest.raises(SlackApiError):
        client.users_info(user="U0NOBODY")

    posted, asked = control.calls("chat.postMessage")[0], control.calls("users.info")[0]
    assert (posted["ok"], posted["args"]["text"]) == (True, "x")
    assert (asked["ok"], asked["error"]) == (False, "user_not_found")
    assert "token" not in posted["args"]
    assert [each["seq"] for each in control.read(f"calls?since={posted['seq']}")["calls"]] == [asked["seq"]]


def test_two_methods_of_one_name_are_refused() -> None:
    with pytest.raises(MethodTakenError):
        registry(METHODS, METHODS[:1])


def test_an_app_without_socket_mode_gets_no_connection() -> None:
    with running(workspace_file(socket_mode=False)) as sandbox, pytest.raises(SlackApiError, match="access_denied"):
        WebClient(base_url=sandbox.api_url).apps_connections_open(app_token=APP_TOKEN)


def test_a_reaction_is_added_once(client: WebClient, at_page: AtPage) -> None:
    ts = client.chat_postMessage(channel=GENERAL, text="x")["ts"]

    client.reactions_add(channel=GENERAL, timestamp=ts, name="tada")

    with pytest.raises(SlackApiError, match="already_reacted"):
        client.reactions_add(channel=GENERAL, timestamp=ts, name="tada")
    assert at_page(BEN).messages()[-1]["reactions"][0]["name"] == "tada"
