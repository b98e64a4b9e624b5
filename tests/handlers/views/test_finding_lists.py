from dataclasses import replace

from handlers.ids import Action
from handlers.views.finding_lists import gap_list, listed_initiatives, overlap_list
from handlers.views.names import Names
from planning.portfolio.silence import Registered
from planning.register import Page
from tests.builders import person, steward
from tests.handlers.views.limits import LONG, accepted, elements, words
from tests.planning.digests.findings import empty_stage, incomplete, opposed, overlap
from tests.planning.portfolios import NOON, initiative

NAMES = Names({1: "Marketing", 2: "Claims"}, {3: "Ben Owner"}, {}, {}, {})
VIEWER = person(id=3)
LETTER, SURVEY = initiative(1), initiative(2, title="A survey", department=2)


def test_the_list_says_how_many_more_there_are_and_offers_them() -> None:
    page = Page((overlap(1), overlap(2, days=3)), total=25)
    shown = overlap_list(page, {1: LETTER, 2: SURVEY}, NAMES, NOON)

    assert "25 open overlaps" in words(shown)
    assert "waits 3 days" in words(shown)
    assert "…and 23 more" in words(shown)
    assert [button["action_id"] for button in elements(shown, "button")] == [
        Action.OVERLAP_SHOW,
        Action.OVERLAP_SHOW,
        Action.LIST_MORE,
    ]


def test_an_empty_list_is_good_news() -> None:
    assert "No open overlaps of Claims." in overlap_list(Page((), 0), {}, NAMES, NOON, "cl", "of Claims").text
    assert "No open gaps. Nothing is missing" in gap_list(Page((), 0), NAMES, VIEWER).text


def test_an_empty_list_that_was_narrowed_says_nothing_of_the_rest() -> None:
    assert "Nothing is missing" not in gap_list(Page((), 0), NAMES, VIEWER, "stages", "(stages)").text


def test_the_largest_lists_fit() -> None:
    names = Names({1: LONG}, {3: LONG}, {}, {}, {})
    members = {id: initiative(id, title=LONG) for id in range(1, 41)}
    long_ones = tuple(overlap(id, tuple(members), facts=(opposed(LONG),)) for id in range(10))
    departments = [Registered(id, LONG[:80], 3) for id in range(300)]

    accepted(overlap_list(Page(long_ones, 500, 20), members, names, NOON, LONG, LONG))
    claimed = tuple(replace(one, owner=3) for one in long_ones)
    accepted(gap_list(Page(claimed, 500), names, VIEWER, LONG, LONG, departments))
    accepted(gap_list(Page((), 0), names, VIEWER, LONG, LONG, departments))


def test_a_group_in_a_list_is_cut() -> None:
    members = {id: initiative(id) for id in range(1, 6)}
    shown = overlap_list(Page((overlap(1, tuple(members)),), 1), members, NAMES, NOON)

    assert listed_initiatives([overlap(1, tuple(members))]) == [1, 2, 3]
    assert "CX-3 " in words(shown)
    assert "…and 2 more" in words(shown)


def test_silence_is_told_as_unknown_with_its_ground() -> None:
    legal = Registered(1, "Legal", people=4)
    sales = Registered(2, "Sales", people=6, initiatives=12, owned=12, owners=4, own=4, once=1, twice=0)
    shown = gap_list(Page((), 0), NAMES, VIEWER, registered=[legal, sales])

    assert "Legal has registered nothing. What it does is unknown, not missing." in words(shown)
    assert sales.sentence in words(shown)
    assert sales.ground in words(shown)


def test_gaps_are_told_in_their_sentences() -> None:
    shown = gap_list(Page((empty_stage(), incomplete()), 2), NAMES, VIEWER)

    assert "No live initiative works on “Claim” (importance 5 of 5)." in words(shown)
    assert "has no owner yet." in words(shown)
    accepted(shown)


def test_a_gap_is_taken_on_where_it_is_listed_and_says_who_looks_after_it() -> None:
    page = Page((replace(empty_stage(), owner=3), incomplete()), 2)
    own, others = (gap_list(page, NAMES, viewer) for viewer in (VIEWER, person(id=4)))

    assert "Ben Owner looks after it." in words(own)
    assert [button["action_id"] for button in elements(own, "button")] == [Action.CLAIM_HAND_BACK, Action.CLAIM_RAISE]
    assert [button["action_id"] for button in elements(others, "button")] == [Action.CLAIM_RAISE]
    theirs = elements(gap_list(page, NAMES, steward(id=4)), "button")
    assert [button["action_id"] for button in theirs] == [Action.CLAIM_RELEASE, Action.CLAIM_RAISE]
