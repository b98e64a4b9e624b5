"""Conversations: opened, made, listed, joined, with the real SDK."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.bot.sandbox.test_messages import refused
from tests.bot.sandbox.world import ANA, BEN, BOT, CEM, DEE, GENERAL, QUIET, AtPage


def test_the_same_people_always_meet_in_the_same_group_message(client: WebClient) -> None:
    first = client.conversations_open(users=[ANA, BEN, CEM])
    second = client.conversations_open(users=f"{CEM},{ANA},{BEN},{BOT}")
    fewer = client.conversations_open(users=[ANA, BEN])

    assert first["channel"]["id"] == second["channel"]["id"] != fewer["channel"]["id"]
    assert second["already_open"] is True


def test_a_group_message_appears_for_its_members(client: WebClient, at_page: AtPage) -> None:
    ben = at_page(BEN)

    channel = client.conversations_open(users=[ANA, BEN], return_im=True)["channel"]

    ben.next_event("conversation")
    listed = [each for each in ben.look("session")["conversations"] if each["kind"] == "mpim"]
    assert channel["is_mpim"] is True
    assert (listed[0]["id"], set(listed[0]["name"].split(", "))) == (channel["id"], {"Ana Alves", "Robin"})


def test_everybody_may_read_the_names_of_public_channels_only(client: WebClient, at_page: AtPage) -> None:
    hidden = client.conversations_create(name="hidden", is_private=True)["channel"]["id"]
    cem = at_page(CEM).look("session")

    names = {each["id"]: each["name"] for each in cem["channels"]}
    assert names[QUIET] == "quiet"
    assert hidden not in names
    assert QUIET not in [each["id"] for each in cem["conversations"]]


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ([f"U{each}" for each in range(9)], "too_many_users"),
        ([DEE], "user_disabled"),
        (["U0NOBODY"], "user_not_found"),
        ([BOT], "users_list_not_supplied"),
    ],
)
def test_a_conversation_that_cannot_be_opened_is_refused(client: WebClient, users: list[str], error: str) -> None:
    refused(error, client.conversations_open, users=users)


def test_a_channel_is_made_with_the_app_in_it(client: WebClient) -> None:
    made = client.conversations_create(name="plans-2026")["channel"]

    assert client.conversations_members(channel=made["id"])["members"] == [BOT]
    assert client.conversations_info(channel=made["id"])["channel"]["is_member"] is True


@pytest.mark.parametrize(
    ("name", "error"),
    [("general", "name_taken"), ("Not Allowed", "invalid_name_specials"), ("x" * 81, "invalid_name_maxlength")],
)
def test_a_channel_name_that_does_not_do_is_refused(client: WebClient, name: str, error: str) -> None:
    refused(error, client.conversations_create, name=name)


def test_people_are_invited_once(client: WebClient, at_page: AtPage) -> None:
    channel = client.conversations_create(name="plans")["channel"]["id"]
    ana = at_page(ANA)

    client.conversations_invite(channel=channel, users=[ANA, BEN])

    ana.next_event("conversation")
    assert client.conversations_members(channel=channel)["members"] == [BOT, ANA, BEN]
    refused("already_in_channel", client.conversations_invite, channel=channel, users=[ANA])
    refused("not_in_channel", client.conversations_invite, channel=QUIET, users=[CEM])


def test_the_app_joins_a_public_channel_and_may_speak(client: WebClient) -> None:
    refused("not_in_channel", client.chat_postMessage, channel=QUIET, text="x")

    client.conversations_join(channel=QUIET)

    assert client.chat_postMessage(channel=QUIET, text="x")["ok"]


def test_channels_are_listed_by_type(client: WebClient) -> None:
    client.conversations_create(name="secret", is_private=True)

    public = client.conversations_list(exclude_archived=True)["channels"]
    both = client.conversations_list(types="public_channel,private_channel")["channels"]

    assert [each["name"] for each in public] == ["general", "quiet"]
    assert [each["name"] for each in both] == ["general", "quiet", "closed", "secret"]


def test_direct_messages_are_listed_only_with_their_scope(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="missing_scope"):
        client.conversations_list(types="im")


def test_an_unknown_channel_is_not_found(client: WebClient) -> None:
    refused("channel_not_found", client.conversations_info, channel="C0NOWHERE")
    assert client.conversations_info(channel=GENERAL)["channel"]["num_members"] == 4
