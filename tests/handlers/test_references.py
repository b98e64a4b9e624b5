import pytest

from handlers.references import split_reference
from planning.errors import NotFound


@pytest.mark.parametrize("typed", ["CX-12", "cx-12", "cx12", "CX 12", "12", "#12", "CX-12,"])
def test_a_reference_is_understood_however_it_is_written(typed: str) -> None:
    assert split_reference(typed, "show") == (12, "")


def test_what_follows_is_given_back() -> None:
    assert split_reference("cx-12 active", "status") == (12, "active")


@pytest.mark.parametrize("typed", ["", "twelve", "12x", "CX-1234567890", "-", "🎉"])
def test_anything_else_is_refused_with_the_way_to_name_one(typed: str) -> None:
    with pytest.raises(NotFound, match="/cx show CX-12"):
        split_reference(typed, "show")
