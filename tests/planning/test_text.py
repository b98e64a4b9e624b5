import pytest

from planning.text import clean, clip, counted, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c\x7f", "abc"),
        ("a\ud800b\udfffc", "abc"),
        ("\u202eturned\u202c \u2067round\u2069", "turned round"),
        ("שלום, world", "שלום, world"),
        ("👩‍👩‍👧‍👦 ok", "👩‍👩‍👧‍👦 ok"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "café"),
        (" two\nlines ", "two\nlines"),
        ("& < > <!channel> `x` *b* {} %s", "& < > <!channel> `x` *b* {} %s"),
    ],
    ids=["controls", "halves", "turns", "right to left", "joined emoji", "composed", "ends", "markup"],
)
def test_what_is_kept_of_a_text(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_one_line_has_single_spaces() -> None:
    assert one_line(" a\n\n b\t\u2003c ") == "a b c"


def test_a_clipped_text_ends_in_an_ellipsis_within_the_limit() -> None:
    assert clip("four", 4) == "four"
    assert clip("one two", 5) == "one…"


def test_things_are_counted_in_words_that_fit_the_number() -> None:
    assert [counted(number, "stage") for number in (0, 1, 2)] == ["0 stages", "1 stage", "2 stages"]
    assert counted(3, "person", "people") == "3 people"
