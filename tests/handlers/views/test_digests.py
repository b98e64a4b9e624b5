from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.ids import Action
from handlers.views.decisions import Standing
from handlers.views.digest_previews import SendNow, digest_preview, sent_message
from handlers.views.digests import digest_message
from planning.digests.values import Ask, AskedDecision, Changes, Coverage, Digest, OpenGap, PlansKept
from tests.builders import schedule
from tests.handlers.views.boards import largest_scoreboard, scoreboard
from tests.handlers.views.limits import LONG, NASTY, accepted, elements, words
from tests.handlers.views.test_coverage import SMALL, large

MONDAY = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
WEEKLY = schedule(id=4, channel="C0EXECS", zone="Europe/Berlin")
QUIET = Changes(registered=0, started=0, finished=0, withdrawn=0, overlaps_found=0, overlaps_settled=0, gaps_closed=0)
BUSY = QUIET.model_copy(update={"registered": 4, "overlaps_found": 1, "overlaps_settled": 2})


EMPTY_STAGES = large(40, 41).model_copy(update={"cells": (), "silent": tuple(range(41))})


PICTURES = {"coverage": "F1", "trends": "F2"}


def decision(title: str = "A letter", department: str = "Marketing", **changes: Any) -> AskedDecision:
    asked = AskedDecision(
        decision=7,
        finding=1,
        rule="duplicate_effort",
        references=("CX-1", "CX-2"),
        titles=(title, title),
        departments=(department, "Claims"),
        days=12,
        sentence=f"They describe much the same work: {title}.",
        cost=f"Marketing and Claims pay for the same work: {title}.",
    )
    return asked.model_copy(update=changes)


def ask(department: str = "Marketing", **changes: Any) -> Ask:
    values = {"department": department, "leads": ("Mia",), "slack_ids": ("U1",), "what": "decide on CX-1 and CX-2."}
    return Ask.model_validate(values | changes)


def digest(**changes: Any) -> Digest:
    values: dict[str, Any] = {
        "company": "Acorn",
        "at": MONDAY,
        "since": datetime(2027, 1, 4, 8, 0, tzinfo=UTC),
        "day": date(2027, 1, 11),
        "schedule": str(WEEKLY),
        "live": 9,
        "departments": 3,
        "changes": BUSY,
        "coverage": SMALL,
        "decisions": (decision(),),
        "decisions_total": 1,
        "waiting_total": 3,
        "gaps": (OpenGap(finding=2, rule="stage_without_work", sentence="No live initiative works on Claim."),),
        "gaps_total": 1,
        "asks": (ask(),),
    }
    return Digest(**(values | changes))


def test_the_digest_says_what_changed_what_waits_what_is_missing_and_what_is_asked() -> None:
    said = words(digest_message(digest(), PICTURES))

    assert "Customer projects: week to 11 January 2027" in said
    assert "4 registered, 1 overlap found and 2 decided." in said
    assert "1. Same work: Marketing and Claims, waits 12 days." in said
    assert "CX-1 “A letter” and CX-2 “A letter”." in said
    assert "What waiting costs: \nMarketing and Claims pay for the same work" in said
    assert "2 overlaps wait for their leads" in said
    assert "No live initiative works on Claim." in said
    assert "decide on CX-1 and CX-2." in said


def test_the_picture_has_its_numbers_as_alt_text() -> None:
    (image,) = elements(digest_message(digest(), PICTURES), "image")

    assert image["slack_file"] == {"id": "F1"}
    assert "Quote: Claims 5 and Marketing 3." in image["alt_text"]


def test_without_the_picture_the_numbers_are_told_in_words() -> None:
    shown = digest_message(digest())

    assert elements(shown, "image") == []
    assert "Quote\n — Claims 5 and Marketing 3" in words(shown)
    assert "Claim\n — nobody yet" in words(shown)


def test_only_those_who_must_act_are_mentioned() -> None:
    shown = digest_message(digest(asks=(ask(), ask("Legal", leads=(), slack_ids=()))))

    assert [user["user_id"] for user in elements(shown, "user")] == ["U1"]
    assert "(no lead is named yet)" in words(shown)


def test_the_top_level_text_says_what_must_be_decided_before_what_is_nice_to_know() -> None:
    text = digest_message(digest(), PICTURES).text

    for part in (
        "4 registered",
        "1 decision asked of you",
        "Marketing and Claims, waits 12 days",
        "Asked of the leads",
    ):
        assert part in text
    assert text.index("asked of you") < text.index("What changed") < text.index("Coverage:")


def test_decisions_come_first_then_what_changed_then_the_scores() -> None:
    said = words(digest_message(digest(scores=scoreboard()), PICTURES))

    parts = ("Decisions asked of you", "What changed", "Handling time", "Gaps of the journey", "Asked of the leads")
    assert [*map(said.index, parts)] == sorted(map(said.index, parts))


def test_the_metrics_stand_in_a_table_with_what_to_do_about_those_that_are_not_on_track() -> None:
    shown = digest_message(digest(scores=scoreboard()), PICTURES)

    (table,) = elements(shown, "table")
    told = ("Handling time", "✗ off track", "10 minutes (1 Mar 2027)", "6 by Sep 2027", "↑ getting worse")
    assert tuple(cell["text"] for cell in table["rows"][1]) == told
    assert "Handling time: \nSay which initiative moves it" in words(shown)
    assert [image["slack_file"]["id"] for image in elements(shown, "image")] == ["F1", "F2"]


def test_without_the_table_the_metrics_are_told_in_rows() -> None:
    shown = digest_message(digest(scores=scoreboard()), table=False)

    assert elements(shown, "table") == []
    assert "✗ off track: 10 minutes (Mar 2027), target 6 by Sep 2027" in words(shown)


def test_agreement_fixes_and_mirror_are_told_with_what_to_do_about_them() -> None:
    shown = digest_message(digest(scores=scoreboard()))

    for told in (words(shown), shown.text):
        assert "0.62 (0.51 to 0.73)" in told
        assert "find out with “/cx problems” who could bring it" in told
        assert "Plans split noticeably along departments" in told


def test_the_digest_thanks_those_who_raised_a_hand() -> None:
    shown = digest_message(digest(thanks=("Ada looks after “Use”",)))

    assert "Ada looks after “Use”" in words(shown)
    assert "Ada looks after “Use”." in shown.text


def test_a_digest_from_before_there_were_scores_is_still_read() -> None:
    old = digest(scores=scoreboard(), thanks=("Ada",)).model_dump(mode="json", exclude={"scores", "thanks"})

    read = Digest.model_validate(old)

    assert (read.scores, read.thanks) == (None, ())
    assert digest_message(read).arguments()["text"]


def test_a_digest_on_record_keeps_its_scores() -> None:
    kept = digest(scores=scoreboard())

    assert Digest.model_validate_json(kept.model_dump_json()) == kept


def test_a_week_without_changes_says_so() -> None:
    shown = digest_message(
        digest(changes=QUIET, decisions=(), decisions_total=0, waiting_total=0, gaps=(), gaps_total=0, asks=())
    )

    assert "nothing since the last digest." in words(shown)
    assert "ecision" not in words(shown)


def test_an_overlap_of_many_is_told_by_some_of_them() -> None:
    references = tuple(f"CX-{id}" for id in range(1, 41))
    group = decision(references=references, titles=("A letter",) * 40)
    said = words(digest_message(digest(decisions=(group,)), PICTURES))

    assert "CX-3 “A letter” and 37 more." in said
    assert "CX-4" not in said


def test_a_week_in_which_nothing_is_asked_says_with_whom_overlaps_are() -> None:
    shown = digest_message(digest(decisions=(), decisions_total=0))

    assert "No decision is asked of you this week. 3 overlaps wait for their leads" in words(shown)


def test_a_digest_from_before_decisions_is_drawn_without_buttons() -> None:
    old = digest().model_dump(mode="json", exclude={"decisions", "decisions_total", "decided", "plans"})
    waited = decision().model_dump(mode="json", exclude={"decision", "cost"})
    shown = digest_message(Digest.model_validate(old | {"waiting": [waited]}))

    assert "CX-1 “A letter” and CX-2 “A letter”." in words(shown)
    assert elements(shown, "button") == []


@pytest.mark.parametrize("text", [LONG, NASTY])
@pytest.mark.parametrize(("pictures", "table"), [(PICTURES, True), ({}, False)], ids=["drawn", "in words"])
def test_the_largest_digest_fits(text: str, pictures: Mapping[str, str], table: bool) -> None:
    full = digest(
        company=text,
        coverage=large(),
        decisions=tuple(decision(text, text, cost=text) for _ in range(3)),
        decisions_total=5000,
        decided=(text,) * 7,
        waiting_total=90000,
        gaps=tuple(OpenGap(finding=1, rule="r", sentence=text) for _ in range(50)),
        gaps_total=400,
        asks=tuple(ask(text, what=text, slack_ids=tuple(f"U{i}" for i in range(30))) for _ in range(40)),
        quality=tuple(OpenGap(finding=1, rule="r", sentence=text) for _ in range(50)),
        quality_total=460,
        silence=(text[:300],) * 3,
        scores=largest_scoreboard(text),
        plans=PlansKept(agreed=10**6, kept=10**6, pledged=1e9, delivered=1 / 3, untold=(text,) * 3, untold_total=999),
        thanks=(text,) * 9,
    )
    standings = {7: Standing(proposed=text[:600], became="")}

    for coverage in (large(), large(20, 41), large(40, 400), EMPTY_STAGES):
        accepted(digest_message(full.model_copy(update={"coverage": coverage}), pictures, standings, table=table))
        accepted(digest_preview(full.model_copy(update={"coverage": coverage}), WEEKLY, may_send=True))


def test_who_may_send_gets_a_button_that_asks_first() -> None:
    (button,) = elements(digest_preview(digest(), WEEKLY, may_send=True), "button")

    assert button["action_id"] == Action.DIGEST_SEND_NOW
    assert SendNow.model_validate_json(button["value"]) == SendNow(schedule=4, previewed_at=MONDAY)
    assert "confirm" in button


def test_who_may_not_send_sees_the_same_without_the_button() -> None:
    shown = digest_preview(digest(), WEEKLY, may_send=False)

    assert elements(shown, "button") == []
    assert "Only you see this." in words(shown)


def test_without_a_schedule_the_preview_says_who_can_make_one() -> None:
    assert "/cx setup" in words(digest_preview(digest(), None, may_send=True))


def test_the_answer_to_sending_names_the_channel() -> None:
    assert elements(sent_message(WEEKLY), "channel")[0]["channel_id"] == "C0EXECS"


@pytest.mark.parametrize(
    "shape", [digest, lambda: digest(coverage=Coverage(stages=(), departments=(), cells=(), silent=()))]
)
def test_an_ordinary_digest_fits(shape: Callable[[], Digest]) -> None:
    accepted(digest_message(shape()))
