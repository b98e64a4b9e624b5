import pytest

from handlers.commands import Subcommand, chosen, split
from handlers.listening import COMMANDS, LISTS
from handlers.views.help import help_message
from handlers.views.text import Message
from tests.handlers.slack import Desk, app_for, command, dispatched, spoken
from tests.handlers.views.limits import LONG, NASTY, accepted

EVERY_WORD = {
    "new",
    "mine",
    "find",
    "show",
    "edit",
    "status",
    "withdraw",
    "map",
    "overlaps",
    "gaps",
    "propose",
    "problems",
    "rules",
    "audit",
    "privacy",
    "journey",
    "digest",
    "scores",
    "agree",
    "metrics",
    "reading",
    "setup",
    "season",
    "todo",
    "plans",
    "notify",
    "schedules",
}


def said(desk: Desk, typed: str) -> str:
    """The private reply to what was typed, through the whole app."""
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    desk.respond.reset_mock()
    assert dispatched(app, command(typed)).status == 200
    app.listener_runner.listener_executor.shutdown(wait=True)
    return spoken(accepted(Message(desk.private_reply["text"], [])) + desk.private_reply["blocks"])


def test_every_subcommand_is_there_once() -> None:
    assert sorted(command.name for command in COMMANDS) == sorted(EVERY_WORD)
    assert LISTS.keys() >= {"mine", "find", "overlaps", "gaps"}


@pytest.mark.parametrize("typed", ["", "help", "  HELP  ", "Help me please"])
def test_help_lists_every_subcommand(desk: Desk, typed: str) -> None:
    answer = said(desk, typed)

    for one in COMMANDS:
        assert f"/cx {one.usage}" in answer


def test_a_misspelt_word_is_answered_with_the_nearest(desk: Desk) -> None:
    answer = said(desk, "overlps")

    assert "Did you mean \n/cx overlaps" in answer
    assert "/cx new" in answer


@pytest.mark.parametrize("typed", [NASTY, LONG, "<!channel>", "\x00\x07", "🎉", "\u202efind", "find" * 10_000])
def test_every_text_gets_an_answer(desk: Desk, typed: str) -> None:
    assert said(desk, typed)


@pytest.mark.parametrize("typed", ["/Find", "FIND letters", "\tfind\n letters", " find   letters "])
def test_capitals_and_spacing_do_not_matter(desk: Desk, typed: str) -> None:
    word, _ = split(typed)

    assert word in ("find", "/find")


def test_an_empty_text_is_help() -> None:
    shown = Subcommand("help", "help", "Show this list", lambda _call: help_message([("help", "Show this list")]))

    assert split(" \n ") == ("", "")
    assert chosen((shown,), "").run(None) is not None  # type: ignore[arg-type]  # help looks at nothing


def test_what_follows_the_word_keeps_its_lines() -> None:
    assert split("new First line\nsecond line") == ("new", "First line\nsecond line")


def test_a_refusal_is_said_privately_with_what_was_typed(desk: Desk) -> None:
    answer = said(desk, "show CX-77")

    assert "CX-77" in answer
    assert "/cx show CX-77" in answer
    assert desk.private_reply["replace_original"] is False
