from handlers.ids import Action
from handlers.views.finding_lists import gap_list, overlap_list
from handlers.views.names import Names
from planning.register import Page
from tests.handlers.views.limits import LONG, accepted, elements, words
from tests.planning.digests.findings import empty_stage, incomplete, opposed, overlap
from tests.planning.portfolios import NOON, initiative

NAMES = Names({1: "Marketing", 2: "Claims"}, {3: "Ben Owner"}, {}, {}, {})
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
    assert "No open overlaps of Claims." in overlap_list(Page((), 0), {}, NAMES, NOON, "cl", "Claims").text
    assert "No open gaps." in gap_list(Page((), 0)).text


def test_the_largest_lists_fit() -> None:
    names = Names({1: LONG}, {3: LONG}, {}, {}, {})
    members = {1: initiative(1, title=LONG), 2: initiative(2, title=LONG)}
    long_ones = tuple(overlap(id, facts=(opposed(LONG),)) for id in range(10))

    accepted(overlap_list(Page(long_ones, 500, 20), members, names, NOON, LONG, LONG))
    accepted(gap_list(Page(long_ones, 500), LONG, LONG))


def test_gaps_are_told_in_their_sentences() -> None:
    shown = gap_list(Page((empty_stage(), incomplete()), 2))

    assert "No live initiative works on “Claim” (importance 5 of 5)." in words(shown)
    assert "has no owner yet." in words(shown)
    accepted(shown)
