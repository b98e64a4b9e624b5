import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.transfer.cells import bare, harmless, listed, names_in, parts_in, piped, says_nothing

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1)


@given(st.lists(NAMES, unique=True))
def test_a_list_of_names_comes_back_from_its_cell(names: list[str]) -> None:
    assert names_in(listed(names)) == tuple(names)


@given(st.lists(NAMES, min_size=1))
def test_the_parts_of_a_contact_come_back_even_from_within_a_list(parts: list[str]) -> None:
    (cell,) = names_in(listed([piped(parts)]))

    assert parts_in(cell) == tuple(parts)


@given(st.text())
def test_a_cell_made_harmless_comes_back_as_it_was(text: str) -> None:
    assert bare(harmless(text)) == text


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1"])
def test_a_formula_is_never_written_as_one(formula: str) -> None:
    assert harmless(formula) == f"'{formula}"


def test_an_ordinary_apostrophe_stays() -> None:
    assert bare("'twas") == "'twas"


def test_names_are_taken_once_and_blank_ones_not() -> None:
    assert names_in(" Claim ;; Renew\nClaim; ") == ("Claim", "Renew")


@pytest.mark.parametrize("text", ["Ongoing", "nfp", "TBC", "N/A", "Exempt", "n.f.p.", "–", "?", "To be confirmed", ""])
def test_words_that_say_nothing_are_known(text: str) -> None:
    assert says_nothing(text)
