from handlers.ids import Action
from handlers.initiatives.listing import LISTS, find, list_mine
from handlers.views.paging import Place
from tests.handlers.initiatives.registered import registered
from tests.handlers.slack import Desk, buttons, spoken
from tests.handlers.views.limits import LONG, accepted


def test_mine_lists_what_a_person_owns_and_no_more(desk: Desk, other: Desk) -> None:
    registered(desk, title="Clearer letters")
    registered(other, title="Faster claims")
    said = spoken(accepted(list_mine(desk.call())))

    assert "CX-1 Clearer letters" in said
    assert "Faster claims" not in said


def test_an_empty_list_says_what_to_do(desk: Desk) -> None:
    assert "/cx new" in spoken(accepted(list_mine(desk.call())))
    assert "/cx new" in spoken(accepted(find(desk.call("nothing like it"))))


def test_find_looks_at_all_departments(desk: Desk, other: Desk) -> None:
    registered(other, title="Faster claims")

    assert "CX-1 Faster claims" in spoken(accepted(find(desk.call("FASTER claims"))))


def test_quotes_around_words_are_no_part_of_them(desk: Desk) -> None:
    registered(desk, title="Café letters")
    said = spoken(accepted(find(desk.call("“cafe\N{COMBINING ACUTE ACCENT} letters”"))))

    assert "CX-1 Café letters" in said
    assert "“Café letters” (1)".casefold() in said.casefold()


def test_a_long_list_says_how_much_is_hidden_and_turns_its_pages(desk: Desk) -> None:
    for number in range(12):
        registered(desk, title=f"Clearer letters {number}")
    first = accepted(find(desk.call("letters")))
    place = Place.model_validate_json(buttons(first)[Action.LIST_MORE]["value"])
    second = accepted(LISTS[place.list](desk.call(), place.query, place.offset))

    assert "…and 2 more" in spoken(first)
    assert place == Place(list="find", offset=10, query="letters")
    assert Action.LIST_BACK in buttons(second)
    assert Action.LIST_MORE not in buttons(second)


def test_every_query_survives(desk: Desk) -> None:
    registered(desk)

    assert "Nothing has the words" in find(desk.call(LONG)).text
    assert accepted(find(desk.call("   \x00")))


def test_the_largest_page_fits(desk: Desk) -> None:
    for _ in range(11):
        registered(desk, title="w" * 400, stages=(1, 2, 3))

    assert accepted(list_mine(desk.call()))
