import re
from datetime import timedelta
from typing import Any

import pytest

from handlers.ids import Action
from handlers.views.changes import before_after, change_sentence, lack_sentence
from handlers.views.names import Names
from handlers.views.proposal_forms import choice_rows, ways_to_ask, wish_form
from handlers.views.proposals import (
    CALENDAR,
    LOADS,
    SENTENCE,
    about_words,
    overlap_words,
    proposal_blocks,
    proposal_message,
    proposal_words,
)
from handlers.views.text import Message
from planning.proposals.asking import Progress
from planning.proposals.changes import Change, ChangeKind
from planning.proposals.values import About, AboutKind, Forbidden, Lack, LackKind, Tally, Wishes
from planning.register import Page
from tests.builders import finding, initiative
from tests.handlers.slack import buttons, drawn, field_of, light
from tests.handlers.views.limits import LONG, accepted, words
from tests.proposed import (
    MONDAY,
    contact_days,
    contact_moved,
    days,
    done,
    impossible,
    merged,
    moved,
    pool_load,
    proposal,
    proposed,
    request_moved,
)

NAMES = Names({1: "Marketing"}, {1: "Ada Berg"}, {2: "Renew"}, {}, {}, pools={1: "Release testing"})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (moved(), "CX-1 “Clearer letters” (Marketing) begins 2 weeks later: 15 March – 4 June 2027."),
        (
            moved(weeks=-1, after=days(MONDAY - timedelta(weeks=1), 82)),
            "CX-1 “Clearer letters” (Marketing) begins 1 week earlier: 22 February – 14 May 2027.",
        ),
        (
            contact_moved(),
            (
                "CX-2 “Plain words” (Service) contacts Flood-zone homes by Letter "
                "8–12 March 2027 instead of 1–5 March 2027."
            ),
        ),
        (
            request_moved(),
            (
                "CX-3 “New app” (Digital) shares Release testing: its 4 person-weeks are spread over 4 weeks "
                "instead of 2, 1–28 March 2027."
            ),
        ),
        (
            request_moved(after=days(MONDAY + timedelta(weeks=1), 14)),
            "CX-3 “New app” (Digital) has its 4 person-weeks of Release testing 1 week later: 8–21 March 2027.",
        ),
        (merged(), "CX-48 “Letters” (Sales) is given up for CX-92 “All letters” (Claims)."),
    ],
    ids=["later", "earlier", "contact", "shared", "people later", "given up"],
)
def test_each_change_is_one_plain_sentence(change: Change, sentence: str) -> None:
    assert change_sentence(change) == sentence


def test_before_and_after_are_told_in_numbers() -> None:
    more = proposed(changes=(moved(), moved(initiative=2, weeks=-3), request_moved()), after=Tally(collisions=1))

    assert before_after(more) == (
        "3 collisions → 1, 2 overloaded weeks → 0, 4 person-weeks short → 0, "
        "2 initiatives moved by 5 weeks in all, 1 request for people moved"
    )


@pytest.mark.parametrize(
    ("lack", "sentence"),
    [
        (
            impossible().lacks[0],
            "Release testing: 1.5 person-weeks too few in the 2 weeks 1–14 March 2027 (CX-1 and CX-3).",
        ),
        (
            Lack(kind=LackKind.ROOM, name="New drivers", weeks=(MONDAY,), amount=1),
            "New drivers would hear from us once too often in the week of 1 March 2027.",
        ),
        (
            Lack(kind=LackKind.ROOM, name="New drivers", weeks=(MONDAY, MONDAY + timedelta(weeks=1)), amount=2),
            "New drivers would hear from us up to twice a week too often in the 2 weeks 1–14 March 2027.",
        ),
        (
            Lack(kind=LackKind.DAYS, name="New drivers", weeks=(), amount=3, initiatives=(1, 2)),
            "New drivers: opposed contacts of CX-1 and CX-2 would still share 3 days.",
        ),
    ],
    ids=lambda value: f"{value.kind} {len(value.weeks)}" if isinstance(value, Lack) else "",
)
def test_what_is_short_is_told_with_how_much_and_when(lack: Lack, sentence: str) -> None:
    assert lack_sentence(lack) == sentence


def said(shown: Any) -> str:
    return words(Message("…", proposal_blocks(shown, NAMES)))


def pressable(shown: Any) -> set[str]:
    return set(buttons([block.to_dict() for block in proposal_blocks(shown, NAMES)]))


def test_while_it_is_looked_for_the_best_so_far_is_shown_with_a_stop() -> None:
    looking = proposal(progress=Progress.RUNNING, best=proposed())

    assert "Looking for a proposal…\nBest so far:\n 3 collisions → 0" in said(looking)
    assert pressable(looking) == {Action.PROPOSAL_STOP}
    assert pressable(proposal(stop=True)) == set()


def test_a_possible_one_says_how_sure_it_is_and_can_be_asked_for_otherwise() -> None:
    assert "Nothing better exists" in said(done())
    assert "stopped it early" in said(done(proposed(proven=False), stop=True))
    assert "something better may exist" in said(done(proposed(proven=False)))
    assert pressable(done()) == {Action.PROPOSAL_ANOTHER, Action.PROPOSAL_WISH}


def test_an_impossible_one_says_what_is_short_and_the_cheapest_way_out() -> None:
    told = said(done(impossible()))

    assert "It cannot be done with what may move.\nRelease testing: 1.5 person-weeks too few" in told
    assert "The cheapest ways out:\nWith 1.5 more person-weeks" in told


def test_nothing_wrong_is_told_as_that() -> None:
    assert "Nothing has to move" in said(done(proposed(changes=())))


def test_one_that_failed_says_why_and_can_be_tried_again() -> None:
    failed = proposal(progress=Progress.FAILED, failure="It has gone.")

    assert proposal_words(failed) == "There is no proposal. It has gone."
    assert pressable(failed) == {Action.PROPOSAL_AGAIN}


def test_what_somebody_wanted_stands_below() -> None:
    wishes = Wishes(pinned=(1, 2), forbidden=(Forbidden(initiative=3, change=ChangeKind.MERGED),), avoided=(("a",),))

    assert (
        "Wanted by Ada Berg: CX-1 and CX-2 stay as planned, CX-3 is not given up, it differs from 1 earlier proposal."
    ) in said(done(wishes=wishes, asked_by=1))


def test_a_message_has_its_pictures_with_words_and_a_way_on() -> None:
    shown = proposal_message(done(), "the quarter", NAMES, {LOADS: "F1", CALENDAR: "F2"})

    alts = [block.get("alt_text") for block in accepted(shown) if block["type"] == "image"]
    assert alts == [
        "Release testing: before, 1 person-week too much in the week of 1 March 2027; after, within what there is.",
        (
            "CX-1 contacts Flood-zone homes by Letter, 8–12 March 2027 instead of 1–5 March 2027, "
            "clear (before: runs into CX-2)."
        ),
    ]
    assert Action.PROPOSAL_PLAN in buttons(accepted(shown))


def test_one_that_was_asked_for_anew_has_no_buttons() -> None:
    shown = proposal_message(done(), "the quarter", NAMES, superseded=True)

    assert buttons(accepted(shown)) == {}
    assert "further down" in words(shown)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (About(kind=AboutKind.STAGE, id=2), "the stage “Renew”"),
        (About(kind=AboutKind.POOL, id=1), "the people of Release testing"),
        (About(kind=AboutKind.QUARTER, quarter="2027-Q1"), "everything planned in Q1 2027"),
    ],
    ids=lambda value: value.kind if isinstance(value, About) else "",
)
def test_what_it_is_for_is_told_by_name(about: About, told: str) -> None:
    assert about_words(about, NAMES) == told
    assert re.match("CX-1 and CX-2: two departments", overlap_words(finding()))


def test_the_largest_one_fits_beside_a_plan() -> None:
    changes = tuple(
        change.model_copy(update={"title": LONG, "department": LONG})
        for change in (moved(), contact_moved(segment_name=LONG), request_moved(pool_name=LONG), merged())
        for _ in range(30)
    )
    lacks = (impossible().lacks[0].model_copy(update={"name": LONG, "initiatives": tuple(range(200))}),) * 20
    way = impossible().relaxations[0].model_copy(update={"sentence": LONG})
    loads = tuple(pool_load(week, pool=pool, name=LONG) for pool in range(9) for week in range(60))
    worst = impossible(
        changes=changes, lacks=lacks, relaxations=(way,) * 20, loads=loads, contacts=(contact_days(title=LONG),) * 90
    )
    wishes = Wishes(pinned=tuple(range(300)), avoided=(("a",),) * 99)
    shown = done(worst, wishes=wishes, asked_by=1)

    accepted(proposal_message(shown, LONG, NAMES, {LOADS: "F1", CALENDAR: "F2"}))
    assert len(said(shown)) <= 2 * SENTENCE + 5500


def test_the_form_of_wishes_takes_any_number_of_initiatives() -> None:
    some = [initiative(id, title=LONG) for id in (1, 2)]
    many = [initiative(id, title=LONG) for id in range(1, 400)]
    wishes = Wishes(pinned=(2,), forbidden=(Forbidden(initiative=1, change=ChangeKind.MOVED),))

    form = wish_form(7, some, wishes)
    assert [option["value"] for option in field_of(form, "pinned")["initial_options"]] == ["2"]
    assert [option["value"] for option in field_of(form, "keeps_dates")["initial_options"]] == ["1"]
    assert drawn(wish_form(7, many, Wishes(pinned=tuple(range(1, 400)))))
    assert light(wish_form(7, many, wishes))


def test_asking_without_words_says_how_and_offers_the_own_overlaps() -> None:
    shown = ways_to_ask(Page((finding(), finding(id=2)), 9))

    assert "/cx propose quarter 2027-Q1" in words(shown)
    assert "…and 7 more" in words(shown)
    assert Action.PROPOSAL_ASK in buttons(accepted(shown))
    assert len(choice_rows([finding(id=id) for id in range(9)], 9)) == 6
