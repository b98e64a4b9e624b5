from collections.abc import Sequence
from random import Random

import pytest

from bot.encoder import open_encoder
from planning.agreement.matching import Matching, matched
from tests.planning.agreement.given import Unreading

WORDS = Unreading()


def names(matching: Matching) -> list[list[str]]:
    """The concepts of each answer by their names."""
    return [[matching.concepts[place].name for place in answer] for answer in matching.answers]


def together(answers: Sequence[Sequence[str]], *said: str) -> bool:
    """Whether these names are one concept, to the packaged encoder."""
    found = matched(answers, open_encoder())
    return any(set(said) <= {name for name, _ in concept.names} for concept in found.concepts)


def test_equal_names_are_one_however_they_are_spelt() -> None:
    found = matched([["Check-in", "Pay"], ["check in"], ["CHECK IN"]], WORDS)

    assert found.answers == ((0, 1), (0,), (0,))


def test_equal_names_are_one_at_both_ends_of_the_journey() -> None:
    found = matched([["Help", "a1", "b2", "c3"], ["d4", "e5", "f6", "Help"]], WORDS)

    assert found.answers[0][0] == found.answers[1][3]


def test_two_names_of_one_person_are_never_one() -> None:
    found = matched([["Buy", "Purchase"], ["Buy"], ["Purchase"]], WORDS)

    assert found.answers == ((0, 1), (0,), (1,))


def test_among_many_people_one_who_tells_names_apart_does_not_keep_them_apart_for_all() -> None:
    answers = [["Buy", "Use"]] * 15 + [["Checkout", "Use"]] * 15
    one, few = [["Buy", "Checkout", "Use"]], [["Buy", "Checkout", "Use"]] * 3

    assert matched([*answers, *one], WORDS).answers[-1] == (0, 1)
    assert len(matched([*answers, *few], WORDS).concepts) == 3


def test_words_for_the_same_step_are_one() -> None:
    assert len(matched([["Checkout"], ["Purchase"], ["Order"]], WORDS).concepts) == 1


def test_alike_words_at_the_two_ends_are_two() -> None:
    first = ["Choose a plan", "Pay", "Wait", "Use", "Ask", "Leave"]
    second = ["Hear", "Pay", "Wait", "Use", "Ask", "Choose what is next"]

    found = matched([first, second], WORDS)

    assert found.answers[0][0] != found.answers[1][5]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Parcel on its way", "Shipment"), ("Getting it fixed", "Repair"), ("Say goodbye", "Farewell")],
)
def test_names_that_mean_the_same_are_one(one: str, other: str) -> None:
    assert together([["Find", one], ["Find", other]], one, other)


def test_names_that_mean_something_else_are_two() -> None:
    assert not together(
        [["Find", "Deliver"], ["Find", "Recommend us to friends"]], "Deliver", "Recommend us to friends"
    )


def test_a_concept_goes_by_the_name_that_most_used() -> None:
    (concept,) = matched([["Checkout"], ["Purchase"], ["purchase"], ["Purchase"]], WORDS).concepts

    assert concept.name == "Purchase"
    assert concept.names == (("Purchase", 3), ("Checkout", 1))


def test_of_names_used_as_often_the_most_central_gives_the_name_and_the_alphabet_the_order() -> None:
    (concept,) = matched([["Buy coins"], ["Sign papers"], ["Buy papers, coins"]], WORDS).concepts

    assert concept.name == "Buy papers, coins"
    assert [name for name, _ in concept.names] == ["Buy coins", "Buy papers, coins", "Sign papers"]


def test_a_name_given_twice_counts_once_and_an_empty_one_never() -> None:
    assert matched([["Buy", " ", "buy", "Use"]], WORDS).answers == ((0, 1),)


def test_nobody_answering_is_nothing_named() -> None:
    assert matched([], WORDS) == Matching((), ())
    assert matched([[]], WORDS) == Matching((), ((),))


def test_the_order_of_the_people_makes_no_difference() -> None:
    answers = [["Find", "Buy", "Use"], ["Discover", "Order", "Enjoy"], ["Search", "Checkout"], ["Using", "Help"]]
    found = matched(answers, open_encoder())
    order = Random(7).sample(range(4), 4)

    shuffled = matched([answers[place] for place in order], open_encoder())

    assert shuffled.concepts == found.concepts
    assert shuffled.answers == tuple(found.answers[place] for place in order)


def test_names_that_the_encoder_cannot_read_are_not_alike() -> None:
    assert not together([["東京"], ["大阪"]], "東京", "大阪")
