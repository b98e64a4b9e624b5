import pytest

from planning.transfer.readings.numbers import count_in, number_in
from planning.transfer.rowcells import Unreadable


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("42", 42),
        ("-0.5", -0.5),
        (".5", 0.5),
        ("5e-07", 5e-07),
        ("42,5", 42.5),
        ("42.5 %", 42.5),
        ("£1,234.50", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("1 234", 1234),
        ("1'234", 1234),
        ("0,125", 0.125),
        ("1\u202f234\u202f567,5 €", 1234567.5),
        ("−4.5", -4.5),
        ("-$ 5", -5),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,234", "could be 1234 or 1.234; write it without the comma"),
        ("many", "is not a number"),
        ("12-14", "is not a number"),
        ("1,23,456", "is not a number"),
        ("9e999", "too large"),
        ("nan", "is not a number"),
        ("4 5", "is not a number"),
        ("10 20", "is not a number"),
        ("5'10", "is not a number"),
        ("1 2345", "is not a number"),
    ],
)
def test_what_could_be_two_numbers_or_is_none_is_refused(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        number_in(text)


def test_a_count_may_have_a_comma_but_no_fraction() -> None:
    assert count_in("1,234") == 1234
    with pytest.raises(Unreadable, match="is not a whole number"):
        count_in("3.5")
