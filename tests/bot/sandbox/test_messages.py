"""Messages: posted, changed, deleted, private, threaded, read back."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.world import (
    ANA,
    BEN,
    BOT,
    CEM,
    CLOSED,
    DEE,
    GENERAL,
    QUIET,
    AtPage,
    Control,
    Json,
    PageUser,
    page_user,
    section,
)


def refused(error: str, call: Callable[..., Any], **arguments: Any) -> SlackResponse:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    assert caught.value.response["error"] == error
    response: SlackResponse = caught.value.response
    return response


def test_a_message_is_shown_to_the_members_at_once(client: WebClient, at_page: AtPage) -> None:
    ben = at_page(BEN)

    ts = client.chat_postMessage(channel=GENERAL, text="Hello", blocks=[section()])["ts"]

    event = ben.next_event("message")
    assert (event["channel"], event["message"]["ts"], event["message"]["bot_id"]) == (GENERAL, ts, "B0ROBIN")


def test_timestamps_grow_and_follow_the_clock(client: WebClient, control: Control) -> None:
    first = client.chat_postMessage(channel=GENERAL, text="1")["ts"]
    second = client.chat_postMessage(channel=GENERAL, text="2")["ts"]
    control.post("clock", {"advance_s": 86_400})
    third = client.chat_postMessage(channel=GENERAL, text="3")["ts"]

    assert float(first) < float(second) < float(third) - 86_000


def test_unread_messages_are_counted_until_they_are_read(client: WebClient, at_page: AtPage) -> None:
    def unread(page: PageUser) -> int:
        conversations = page.look("session")["conversations"]
        return int({each["id"]: each["unread"] for each in conversations}[GENERAL])

    ana = at_page(ANA)
    client.chat_postMessage(channel=GENERAL, text="x")
    assert unread(ana) == 1

    ana.do("read", channel=GENERAL)

    assert unread(ana) == 0


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        (QUIET, "not_in_channel"),
        (CLOSED, "is_archived"),
        ("C0NOWHERE", "channel_not_found"),
        (DEE, "channel_not_found"),
    ],
)
def test_where_the_app_may_not_speak_it_is_told_why(client: WebClient, channel: str, error: str) -> None:
    refused(error, client.chat_postMessage, channel=channel, text="x")


def test_a_channel_may_be_named(client: WebClient, control: Control) -> None:
    assert client.chat_postMessage(channel="#general", text="x")["channel"] == GENERAL


def test_a_message_to_a_person_opens_their_direct_messages(client: WebClient, at_page: AtPage) -> None:
    channel = client.chat_postMessage(channel=ANA, text="Hi")["channel"]

    again = client.conversations_open(users=[ANA])["channel"]["id"]
    listed = [each for each in at_page(ANA).look("session")["conversations"] if each["id"] == channel]
    assert again == channel
    assert (listed[0]["kind"], listed[0]["name"], listed[0]["unread"]) == ("im", "Robin", 1)


def test_an_empty_message_is_refused(client: WebClient) -> None:
    refused("no_text", client.api_call, api_method="chat.postMessage", json={"channel": GENERAL, "text": ""})


def test_attachments_are_refused_because_the_page_draws_none(client: WebClient) -> None:
    refused("invalid_attachments", client.chat_postMessage, channel=GENERAL, text="x", attachments=[{"text": "x"}])


def test_a_long_text_is_cut_and_long_blocks_are_refused(client: WebClient, control: Control) -> None:
    client.chat_postMessage(channel=GENERAL, text="x" * 50_000)
    assert len(control.messages()[-1]["text"]) == 40_000

    long = [section("x" * 2700) for _ in range(5)]
    refused("msg_blocks_too_long", client.chat_postMessage, channel=GENERAL, text="x", blocks=long)


def test_markdown_text_becomes_a_markdown_block_and_stands_alone(client: WebClient, control: Control) -> None:
    client.chat_postMessage(channel=GENERAL, markdown_text="**x**")
    assert control.messages()[-1]["blocks"][0]["type"] == "markdown"

    refused("markdown_text_conflict", client.chat_postMessage, channel=GENERAL, markdown_text="x", text="y")
    refused("msg_too_long", client.chat_postMessage, channel=GENERAL, markdown_text="x" * 12_001)


def test_an_update_with_text_alone_takes_the_blocks_away(client: WebClient, control: Control, at_page: AtPage) -> None:
    ben = at_page(BEN)
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[section()])["ts"]

    client.chat_update(channel=GENERAL, ts=ts, text="y")

    message = control.messages()[-1]
    assert message["text"] == "y"
    assert "blocks" not in message
    assert ben.next_event("message_changed")["message"]["edited"]["user"] == BOT


def test_an_update_over_four_thousand_characters_is_too_long(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=GENERAL, text="x")["ts"]

    client.chat_update(channel=GENERAL, ts=ts, text="x" * 4000)
    refused("msg_too_long", client.chat_update, channel=GENERAL, ts=ts, text="x" * 4001)


def test_only_own_messages_can_be_changed_or_deleted(client: WebClient, control: Control) -> None:
    seed = control.messages()[0]["ts"]

    refused("cant_update_message", client.chat_update, channel=GENERAL, ts=seed, text="x")
    refused("cant_delete_message", client.chat_delete, channel=GENERAL, ts=seed)
    refused("message_not_found", client.chat_update, channel=GENERAL, ts="1.000001", text="x")
    refused("channel_not_found", client.chat_update, channel=ANA, ts=seed, text="x")


def test_a_deleted_message_is_gone(client: WebClient, control: Control, at_page: AtPage) -> None:
    ben = at_page(BEN)
    ts = client.chat_postMessage(channel=GENERAL, text="x")["ts"]

    client.chat_delete(channel=GENERAL, ts=ts)

    assert ben.next_event("message_deleted")["ts"] == ts
    assert len(control.messages()) == 1


def test_an_ephemeral_message_is_seen_by_one_and_cannot_be_updated(
    client: WebClient, at_page: AtPage, control: Control
) -> None:
    ana, ben = at_page(ANA), at_page(BEN)

    ts = client.chat_postEphemeral(channel=GENERAL, user=ANA, text="psst")["message_ts"]

    assert ana.messages()[-1]["ephemeral"] is True
    assert [each["text"] for each in ben.messages()] == ["Good morning"]
    assert len(control.messages()) == 1
    refused("message_not_found", client.chat_update, channel=GENERAL, ts=ts, text="x")


def test_an_ephemeral_message_needs_someone_who_is_there(client: WebClient) -> None:
    refused("user_not_in_channel", client.chat_postEphemeral, channel=GENERAL, user=DEE, text="x")
    refused("user_not_found", client.chat_postEphemeral, channel=GENERAL, user="U0NOBODY", text="x")


def test_answers_stand_in_their_thread(client: WebClient, at_page: AtPage) -> None:
    ts = client.chat_postMessage(channel=GENERAL, text="x")["ts"]
    ana = at_page(ANA)

    client.chat_postMessage(channel=GENERAL, text="one", thread_ts=ts)
    ana.say("two", thread_ts=ts)

    assert [each["text"] for each in ana.messages()] == ["Good morning", "x"]
    assert ana.messages()[-1]["reply_count"] == 2
    thread = ana.look("messages", channel=GENERAL, thread_ts=ts)["messages"]
    assert [each["text"] for each in thread] == ["x", "one", "two"]
    assert [each["text"] for each in client.conversations_replies(channel=GENERAL, ts=ts)["messages"]][1:] == [
        "one",
        "two",
    ]


def test_an_answer_to_nothing_is_refused(client: WebClient) -> None:
    refused("thread_not_found", client.chat_postMessage, channel=GENERAL, text="x", thread_ts="1.000001")


def test_a_permalink_leads_to_a_message(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=GENERAL, text="x")["ts"]

    link = client.chat_getPermalink(channel=GENERAL, message_ts=ts)["permalink"]

    assert link.endswith(f"/archives/{GENERAL}/p{ts.replace('.', '')}")
    refused("message_not_found", client.chat_getPermalink, channel=GENERAL, message_ts="1.000001")


METADATA = {"event_type": "digest", "event_payload": {"delivery_id": "d1"}}


def test_metadata_is_read_back_only_when_asked_for(client: WebClient) -> None:
    client.chat_postMessage(channel=GENERAL, text="x", metadata=METADATA)

    bare = client.conversations_history(channel=GENERAL)["messages"][0]
    whole = client.conversations_history(channel=GENERAL, include_all_metadata=True)["messages"][0]
    assert "metadata" not in bare
    assert whole["metadata"] == METADATA


def test_metadata_outlives_an_update_that_leaves_it_out(client: WebClient, control: Control) -> None:
    ts = client.chat_postMessage(channel=GENERAL, text="x", metadata=METADATA)["ts"]

    client.chat_update(channel=GENERAL, ts=ts, text="y")
    assert control.messages()[-1]["metadata"] == METADATA

    client.chat_update(channel=GENERAL, ts=ts, text="y", metadata={})
    assert "metadata" not in control.messages()[-1]


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"event_payload": {}}, "invalid_metadata_schema"),
        ({"event_type": "x"}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"deep": {"er": {"est": 1}}}}, "invalid_metadata_format"),
        ({"event_type": "x", "event_payload": {"long": "x" * 8000}}, "metadata_too_large"),
    ],
    ids=["no type", "no payload", "too deep", "too large"],
)
def test_metadata_that_slack_would_not_keep_is_refused(client: WebClient, metadata: Json, error: str) -> None:
    refused(error, client.chat_postMessage, channel=GENERAL, text="x", metadata=metadata)


def test_history_comes_newest_first_in_pages_and_between_times(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel=GENERAL, text=str(each))["ts"] for each in range(5)]

    pages = client.conversations_history(channel=GENERAL, limit=4)
    assert [message["text"] for page in pages for message in page["messages"]] == [
        "4",
        "3",
        "2",
        "1",
        "0",
        "Good morning",
    ]
    between = client.conversations_history(channel=GENERAL, oldest=stamps[1], latest=stamps[3])["messages"]
    assert [each["text"] for each in between] == ["2"]
    inclusive = client.conversations_history(channel=GENERAL, oldest=stamps[1], latest=stamps[3], inclusive=True)
    assert [each["text"] for each in inclusive["messages"]] == ["3", "2", "1"]


def test_history_needs_membership_and_scope(client: WebClient) -> None:
    refused("not_in_channel", client.conversations_history, channel=QUIET)
    private = client.conversations_create(name="secret", is_private=True)["channel"]["id"]

    assert refused("missing_scope", client.conversations_history, channel=private)["needed"] == "groups:history"


def test_nobody_reads_where_they_are_not(at_page: AtPage) -> None:
    answer = at_page(CEM).look("messages", channel=QUIET)

    assert "not in that conversation" in answer["notice"]


def test_nobody_acts_as_the_app_or_as_someone_who_left(sandbox: Sandbox) -> None:
    for user in (BOT, DEE, "U0NOBODY"):
        with page_user(sandbox.url, user) as page:
            assert page.look("session")["ok"] is False
