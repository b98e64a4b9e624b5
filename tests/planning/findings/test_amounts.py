import pytest

from planning.findings.facts.base import amount, with_unit


@pytest.mark.parametrize(
    ("value", "told"),
    [(14.0, "14"), (2.5, "2.5"), (0.8349, "0.83"), (-4.5, "−4.5"), (0.0, "0"), (100.0, "100")],
)
def test_an_amount_is_told_in_as_few_digits_as_say_it(value: float, told: str) -> None:
    assert amount(value) == told


@pytest.mark.parametrize(("value", "told"), [(0.0042, "0.0042"), (-0.00126, "−0.0013"), (1e-17, "0"), (-1e-17, "0")])
def test_something_is_never_told_as_nothing_but_what_is_left_of_rounding_is(value: float, told: str) -> None:
    assert amount(value) == told


@pytest.mark.parametrize(
    ("unit", "told"), [("points", "42 points"), ("", "42"), ("% of policies", "42% of policies"), (" % ", "42%")]
)
def test_a_per_cent_sign_follows_its_number_at_once(unit: str, told: str) -> None:
    assert with_unit("42", unit) == told
