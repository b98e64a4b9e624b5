"""Whatever people type comes back as they typed it, is never markup, and breaks nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.scheduling.due_times import next_due
from db.database import Database
from db.registers import SqlRegisters
from handlers.ids import Action
from handlers.views.setup_menus import NEW
from planning.alerts.preferences import Preferences
from planning.checkins.answering import NOTE_MAX
from planning.findings.values import Choice
from planning.initiatives.changing import change_status
from planning.initiatives.values import Status
from planning.outbox.values import Delivery, MessageKind
from planning.schedules.values import ScheduleKind
from planning.text import NAME_MAX, PROBLEM_MAX, TITLE_MAX, one_line
from planning.workspace.hours import MIDNIGHT
from planning.workspace.values import Role
from tests.bot.sandbox.world import Json
from tests.bot.town import ADA, BO, EXECUTIVES, HALF, MARKET, Seat, Town, seated, town
from tests.builders import company, schedule, segment
from tests.handlers.slack import spoken
from tests.scheduled import do_due, scheduled

TEXTS = {
    "entities": "& < > &amp; &lt;b&gt;",
    "broadcasts": "<!channel> <!here|here> <!everyone> @channel",
    "references": "<@U0BO> <#C0MARKET|marketing> <https://evil.test|our form> #marketing @bo",
    "marks": "`code` *bold* _it_ ~gone~ ```fence``` > quote :tada:",
    "right to left": "\u202eturned\u202c \u2066held שלום عربي",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇳🇴👍🏽 営業",
    "endless": "so on and on " * 3_000,
    "one word": "w" * 9_000,
    "nulls and halves": f"a\x00b\x07{HALF}c{HALF}",
    "patterns": "{} {0} {title} %s %(x)s $x \\n \\u0041 ../..; DROP TABLE",
    "lines": "first\nsecond\r\n\tthird\u2028fourth",
}
EVERYTHING = " ".join(text[:60] for text in TEXTS.values())
WORDS = ("", "find ", "show ", "status ", "status 1 ", "edit ", "withdraw ", "overlaps ", "gaps ")
PLAIN = ("plain_text", "text", "link")
"""Where Slack reads no markup: plain_text objects, and the text and link elements of rich_text."""
SEEN = 70
"""So much of a title is seen wherever it stands."""
TOKENS = ("<!", "<@", "<#", "<http")


@pytest.fixture(scope="module")
def started() -> Iterator[Town]:
    """The app in a local workspace, for all tests of this file."""
    with town() as here:
        yield here


@pytest.fixture
def here(started: Town, database: Database, registers: SqlRegisters) -> Iterator[Town]:
    """The same with a company of its own: Ada, a steward, always at work, leads Marketing, Bo leads Service."""
    with registers.writing() as register:
        company(register)
        ada = register.people.by_slack(ADA)
        assert ada is not None
        register.people.save(replace(ada, roles=ada.roles | {Role.STEWARD}))
        register.preferences.save(Preferences(ada.id, begins=MIDNIGHT, ends=MIDNIGHT, weekdays=frozenset(range(7))))
        register.schedules.add(schedule(channel=EXECUTIVES))
    started.database, started.registers = database, registers
    yield started
    started.settle()
    try:
        check(started)
    finally:
        started.forget()


@pytest.fixture
def ada(here: Town) -> Iterator[Seat]:
    with seated(here, ADA) as seat:
        yield seat


@pytest.fixture
def bo(here: Town) -> Iterator[Seat]:
    with seated(here, BO) as seat:
        yield seat


def check(here: Town) -> None:
    """Nothing was refused, nothing failed, nothing that was typed came alive."""
    assert here.refused() == []
    for kept in here.kept():
        assert live(kept) == []
        assert "Something went wrong" not in spoken(kept)


def live(value: Any) -> list[str]:
    """Texts that Slack would read as markup and that hold more than words."""
    if isinstance(value, list):
        return [found for each in value for found in live(each)]
    if not isinstance(value, dict):
        return []
    texts = [value["text"]] if isinstance(value.get("text"), str) and value.get("type") not in PLAIN else []
    own = [text for text in texts if any(token in text for token in TOKENS)]
    return own + [found for each in value.values() for found in live(each)]


def tidy(text: str, limit: int) -> str:
    """What is kept of a line that somebody typed."""
    return one_line(text.replace(HALF, "\ud800")[:limit])


def registered(seat: Seat, text: str) -> Json:
    """Register a letter in those words, with which the command fills the form; the form's last view."""
    form = seat.open(f"new {text}")
    assert tidy(text, 100).split()[0] in written(form)
    return seat.fill(form, title=f"letter {text}"[:TITLE_MAX], problem=text[:PROBLEM_MAX])


def written(form: Json) -> str:
    """What stands in the fields of a form."""
    return "\n".join(str(block["element"].get("initial_value", "")) for block in form["blocks"] if "element" in block)


def met(seat: Seat, text: str, choice: Choice) -> Json:
    """The same where a letter is registered already, with an answer to the question."""
    asked = registered(seat, text)
    return seat.fill(asked, **dict.fromkeys(questions(asked), choice))


def questions(view: Json) -> list[str]:
    """The block ids of what the form asks about others."""
    return [block["block_id"] for block in view["blocks"] if block["block_id"].startswith("answer_")]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_word_of_the_command_takes_it(ada: Seat, text: str) -> None:
    for word in WORDS:
        assert spoken(ada.ask(f"{word}{text}")["blocks"])


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_is_registered_found_and_shown_as_it_was_typed(ada: Seat, text: str) -> None:
    title = tidy(f"letter {text}", TITLE_MAX)
    ada.leave(registered(ada, text))

    assert title[:SEEN] in spoken(ada.home_again()["blocks"])
    assert title in spoken(ada.ask("show 1")["blocks"])
    for list_of_it in ("mine", "find letter", f"find {title[:SEEN]}"):
        assert title[:SEEN] in spoken(ada.ask(list_of_it)["blocks"])
    assert title[:SEEN] in spoken(ada.home()["blocks"])
    ada.ask("gaps")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_runs_into_another_and_is_planned_together(ada: Seat, bo: Seat, here: Town, text: str) -> None:
    title = tidy(f"letter {text}", SEEN)
    ada.leave(registered(ada, text))
    bo.leave(met(bo, text, Choice.COORDINATE))

    card = bo.press(bo.ask("overlaps"), Action.OVERLAP_SHOW)
    assert spoken(card["blocks"]).count(title) == 2
    bo.press_replacing(card, Action.OVERLAP_PLAN)
    here.deliver()
    sent = {message.posting.kind: message.state for message in here.database.outbox("main").page(10).items}
    assert sent == dict.fromkeys((MessageKind.ALERT, MessageKind.NEWS, MessageKind.PLAN), Delivery.SENT)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_steward_may_use_it_for_names(ada: Seat, here: Town, text: str) -> None:
    settings = ada.ask("setup")
    ada.leave(ada.fill(ada.press_for_form(settings, Action.SETUP_DEPARTMENT), name=f"D {text}"[:NAME_MAX]))
    line = one_line(text).replace(":", ";")
    form = ada.press_for_form(settings, Action.SETUP_JOURNEY)
    kept = form["blocks"][-1]["element"]["initial_value"]
    ada.leave(ada.fill(form, stages=f"{kept}\n{f'S {line}'[:NAME_MAX]}: {line}"[:PROBLEM_MAX]))

    with here.registers.reading() as register:
        assert tidy(f"D {text}", NAME_MAX) in [department.name for department in register.departments.all()]
        assert tidy(f"S {line}", NAME_MAX).rstrip() in [stage.name for stage in register.journeys.current().stages]
    assert tidy(f"D {text}", NAME_MAX) in spoken(ada.ask("setup")["blocks"])
    for shown in ("map", "journey", "journey history"):
        assert tidy(f"S {line}", NAME_MAX)[:50] in spoken(ada.ask(shown)["blocks"])
    stage = ada.choose_for_form(ada.ask("setup"), Action.SETUP_STAGE, "4")
    ada.leave(ada.fill(stage, intent=text[:PROBLEM_MAX], brand_value=text[:PROBLEM_MAX], customer_goal=""))
    ada.ask("journey")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_pool_and_a_problem_that_two_departments_name_survive_it(ada: Seat, bo: Seat, here: Town, text: str) -> None:
    name = f"P {text}"[:NAME_MAX]
    settings = ada.ask("setup")
    ada.leave(ada.fill(ada.choose_for_form(settings, Action.SETUP_POOL, NEW), name=name, capacity="1"))
    statement = text[:PROBLEM_MAX]
    problem = ada.choose_for_form(settings, Action.SETUP_PROBLEM, NEW)
    ada.leave(ada.fill(problem, name=name, statement=statement))
    for number, seat in enumerate((ada, bo), start=1):
        form = seat.open(f"new wholly different {number}")
        seat.leave(seat.fill(form, title=f"{number} {number}", problem=""))
        card = seat.ask(f"show {number}")
        days = {"starts_on": "2027-03-01", "ends_on": "2027-03-07"}
        request = seat.press_for_form(card, Action.INITIATIVE_ADD_REQUEST)
        seat.leave(seat.fill(request, pool="1", person_weeks="3.5", **days))
        seat.leave(seat.fill(seat.press_for_form(card, Action.INITIATIVE_SERVE), serves="1"))

    for topic in ("people", "problems"):
        shown = bo.press(bo.ask(f"overlaps {topic}"), Action.OVERLAP_SHOW)
        assert tidy(name, SEEN) in spoken(shown["blocks"])
        bo.press_replacing(shown, Action.OVERLAP_PLAN)
    here.deliver()
    assert {message.state for message in here.database.outbox("main").page(10).items} == {Delivery.SENT}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_metrics_that_pull_against_each_other_survive_it(ada: Seat, text: str) -> None:
    settings = ada.ask("setup")
    for n in (1, 2):
        named = {"name": f"{n} {text}"[:NAME_MAX], "unit": text[:10], "source": text[:200]}
        ada.leave(ada.fill(ada.choose_for_form(settings, Action.SETUP_METRIC, NEW), **named))
    tension = ada.choose_for_form(ada.ask("setup"), Action.SETUP_TENSION, NEW)
    ada.leave(ada.fill(tension, first="1", second="2", why=text[:300]))
    ada.leave(ada.fill(ada.open("reading 42"), metric="2"))

    card = ada.press(ada.ask("metrics"), Action.METRIC_SHOW)
    assert all(tidy(f"{n} {text}", 60)[:50] in spoken(card["blocks"]) for n in (1, 2))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_message_of_a_colleague_becomes_a_form_as_it_was_read(ada: Seat, bo: Seat, text: str) -> None:
    seen = tidy(text, SEEN).replace("@bo", "@Bo Lind")
    form = ada.make_initiative_of(bo.say(f"I say: {text}"))

    ada.leave(form)
    assert f"I say: {seen}".split("<https")[0] in one_line(written(form))


def test_what_is_edited_joined_and_summed_up_in_a_digest_survives_all_of_it(ada: Seat, bo: Seat, here: Town) -> None:
    with here.registers.writing() as register:
        register.journeys.add_segment(segment(name=EVERYTHING[:NAME_MAX]).name)
    ada.leave(registered(ada, EVERYTHING))
    form = ada.open("edit 1")
    assert list(ada.refused_fields(form, links=EVERYTHING)) == ["links"]
    ada.leave(ada.fill(form, links="https://a.test/?q={}&b=%s&c=*x*`y`"))
    bo.leave(met(bo, EVERYTHING, Choice.JOIN))

    ada.press_replacing(ada.ask("digest"), Action.DIGEST_SEND_NOW)
    with here.registers.writing() as register:
        do_due(register, datetime.now(UTC), next_due)
    here.deliver()
    digest = here.control.messages(EXECUTIVES)[-1]
    assert "image" in [block["type"] for block in digest["blocks"]]
    *_, joined = (message for message in here.kept() if "Somebody joins you" in spoken(message))
    assert tidy(f"letter {EVERYTHING}", SEEN) in spoken(joined["blocks"])


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_an_owner_may_say_it_of_what_is_stuck_and_the_department_reads_it(ada: Seat, here: Town, text: str) -> None:
    ada.leave(registered(ada, text))
    now = datetime.now(UTC)
    with here.registers.writing() as register:
        owner = register.people.by_slack(ADA)
        assert owner is not None
        change_status(register, 1, Status.ACTIVE, owner, now)
        scheduled(register, ScheduleKind.CHECK_IN, channel="", next_due_at=now)
        do_due(register, now, next_due)
    here.deliver()
    (asked,) = here.database.outbox("main").page(9).items
    question = next(one for one in here.kept() if one.get("ts") == asked.ts)
    form = ada.press_for_form(question, Action.CHECK_IN_MORE, str(asked.channel))
    ada.leave(ada.fill(form, standing_1="stuck", note_1=text[:NOTE_MAX]))

    with here.registers.writing() as register:
        scheduled(register, ScheduleKind.DEPARTMENT, subject=1, channel=MARKET, next_due_at=now)
        do_due(register, now, next_due)
    here.deliver()
    note, digest = tidy(text[:NOTE_MAX], SEEN), here.control.messages(MARKET)[-1]
    answered = next(one for one in here.kept() if one.get("ts") == asked.ts)
    assert all(note in one_line(spoken(shown["blocks"])) for shown in (answered, digest, ada.ask("show 1")))
