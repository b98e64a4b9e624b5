import pytest

from planning.errors import NotFound
from planning.initiatives.requesting import stages_named
from tests.builders import journey


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("", ()),
        ("join", (1,)),
        (" Renew ,JOIN; Renew", (3, 1)),
        ("Buy, use\nJoin", (2, 1)),
        ("2", (2,)),
    ],
    ids=["none", "by name", "several, one twice", "with a comma in the name", "by number"],
)
def test_stages_are_found_by_name_or_number(text: str, stages: tuple[int, ...]) -> None:
    assert stages_named(text, journey("Join", "Buy, use", "Renew")) == stages


def test_a_stage_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(NotFound, match=r"There is no stage “Moon”\. The stages are: Join, Renew\."):
        stages_named("Join, Moon", journey("Join", "Renew"))


def test_what_is_told_of_a_text_without_end_is_short() -> None:
    with pytest.raises(NotFound) as refused:
        stages_named("," * 100_000 + "x" * 100_000, journey("Join"))

    assert len(str(refused.value)) < 200
