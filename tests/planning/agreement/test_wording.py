import pytest

from planning.agreement.wording import folded, words_of_measure, words_of_stage


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Check-in", "check in"),
        ("Find & buy", "find and  BUY"),
        ("CAFÉ", "café"),
        ("Ｕｓｅ", "use"),
        ("use.", "Use"),
    ],
    ids=["hyphen", "ampersand", "accent", "wide letters", "full stop"],
)
def test_spelling_makes_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_a_name_without_letters_is_itself() -> None:
    assert folded(" 🚀 ") == "🚀"
    assert folded("C++") == folded("c")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Checkout", "The purchase"), ("Paying the bill", "invoices"), ("Churned", "cancellation"), ("Claims", "Loss")],
)
def test_words_of_one_family_are_one(one: str, other: str) -> None:
    assert words_of_stage(one) == words_of_stage(other)


def test_words_of_two_families_are_two() -> None:
    assert not words_of_stage("Renew") & words_of_stage("Leave")


def test_small_words_say_nothing() -> None:
    assert words_of_stage("to the") == frozenset()


def test_usual_short_names_of_measures_are_known() -> None:
    assert words_of_measure("Net Promoter Score") == words_of_measure("NPS")
    assert words_of_measure("Average handling time") == words_of_measure("AHT")
