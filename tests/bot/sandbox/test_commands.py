"""Slash commands and shortcuts, from the page to a real Bolt app and back."""

import pytest
from slack_bolt import Ack, App, Respond

from bot.sandbox.server import running
from tests.bot.sandbox.world import (
    ANA,
    BEN,
    BOT,
    GENERAL,
    AtPage,
    Connect,
    Control,
    Json,
    page_user,
    section,
    workspace_file,
)


def test_a_command_is_answered_privately_through_its_response_url(
    app: App, connected: Connect, at_page: AtPage
) -> None:
    @app.command("/robin")
    def answer(ack: Ack, respond: Respond, command: Json) -> None:
        ack()
        respond(f"You said {command['text']} in {command['channel_name']}")

    connected(app)
    ana, ben = at_page(ANA), at_page(BEN)

    assert ana.say("/robin two  words ") == {"ok": True}

    event = ana.next_event("message")
    assert event["ephemeral"] is True
    assert event["message"]["text"] == "You said two  words in general"
    assert [each["text"] for each in ben.messages()] == ["Good morning"]
    assert ana.messages()[-1]["ephemeral"] is True


def test_a_command_can_be_answered_with_its_acknowledgement(app: App, connected: Connect, at_page: AtPage) -> None:
    app.command("/robin")(lambda ack: ack(text="Here", blocks=[section("*Here*")]))
    connected(app)
    ana = at_page(ANA)

    ana.say("/robin")

    message = ana.next_event("message")["message"]
    assert (message["text"], message["blocks"][0]["type"]) == ("Here", "section")


def test_an_answer_in_channel_is_for_everyone(app: App, connected: Connect, at_page: AtPage) -> None:
    app.command("/robin")(lambda ack: ack(text="For all", response_type="in_channel"))
    connected(app)

    at_page(ANA).say("/robin")

    assert at_page(BEN).messages()[-1]["text"] == "For all"


def test_an_acknowledgement_that_cannot_be_shown_says_so_and_is_in_the_log(
    app: App, connected: Connect, at_page: AtPage, control: Control
) -> None:
    app.command("/robin")(lambda ack: ack(text="x", blocks=[{"type": "starfield"}]))
    connected(app)

    answer = at_page(ANA).say("/robin")

    assert "invalid_blocks" in answer["notice"]
    assert control.calls("ack.slash_commands")[0]["error"] == "invalid_blocks"


def test_a_command_without_acknowledgement_times_out_with_words_for_the_person(
    app: App, connected: Connect, at_page: AtPage
) -> None:
    app.command("/robin")(lambda: None)
    connected(app)

    answer = at_page(ANA).say("/robin")

    assert answer["ok"] is False
    assert "operation_timeout" in answer["notice"]


def test_a_command_to_an_app_that_is_not_connected_says_so_at_once(at_page: AtPage) -> None:
    assert "dispatch_failed" in at_page(ANA).say("/robin")["notice"]


@pytest.mark.parametrize(
    ("text", "more", "words"),
    [("/robot on", {}, "/robot is not a command"), ("/robin", {"thread_ts": "1.1"}, "not supported in threads")],
    ids=["unknown", "in a thread"],
)
def test_a_command_that_slack_would_not_run_is_refused(at_page: AtPage, text: str, more: Json, words: str) -> None:
    assert words in at_page(ANA).say(text, **more)["notice"]


def test_what_a_person_types_is_kept_escaped_with_names_as_ids(at_page: AtPage, control: Control) -> None:
    at_page(ANA).say("a < b & c, @ben. Look at #general and https://acorn.example/x @channel")

    expected = f"a &lt; b &amp; c, <@{BEN}>. Look at <#{GENERAL}> and <https://acorn.example/x> <!channel>"
    assert control.messages()[-1]["text"] == expected


def test_nobody_can_write_to_an_app_whose_messages_tab_is_read_only() -> None:
    with running(workspace_file(read_only=True)) as sandbox, page_user(sandbox.url, ANA) as ana:
        direct = ana.do("open", **{"with": [BOT]})["channel"]

        assert "turned off" in ana.say("hello", channel=direct)["notice"]


def test_a_global_shortcut_carries_a_trigger_and_no_channel(app: App, connected: Connect, at_page: AtPage) -> None:
    seen = []

    @app.shortcut("note_it")
    def note(ack: Ack, shortcut: Json) -> None:
        seen.append(shortcut)
        ack()

    connected(app)

    assert at_page(ANA).do("shortcut", callback_id="note_it") == {"ok": True}
    assert (seen[0]["type"], seen[0]["user"]["id"]) == ("shortcut", ANA)
    assert "trigger_id" in seen[0]
    assert "channel" not in seen[0]


def test_a_message_shortcut_carries_the_message_and_can_answer(
    app: App, connected: Connect, at_page: AtPage, control: Control
) -> None:
    @app.shortcut("note_this")
    def note(ack: Ack, shortcut: Json, respond: Respond) -> None:
        ack()
        respond(f"Noted: {shortcut['message']['text']} from {shortcut['message']['user']}")

    connected(app)
    ana = at_page(ANA)
    seed = control.messages()[0]

    ana.do("shortcut", callback_id="note_this", channel=GENERAL, message_ts=seed["ts"])

    assert ana.next_event("message")["message"]["text"] == f"Noted: Good morning from {BEN}"
