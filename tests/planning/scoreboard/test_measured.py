from datetime import date

import pytest

from planning.portfolio import completeness as fixing
from planning.portfolio.measurements import Measurement
from planning.scoreboard.measured import completeness, dabbling, mirror
from tests.builders import initiative, measurement, portfolio

WORK = portfolio(initiative(2, title="One letter for all"))


def fixes(**fields: int) -> fixing.Completeness:
    counts = {"complete": 1, "described": 3, "lacking": 2, "serving": 5, "unsaid": 4}
    return fixing.Completeness(**{**counts, **fields}, known=True)


def quarters(*values: float) -> list[Measurement]:
    return [measurement(quarter=date(2026, 3 * n + 1, 1), value=value) for n, value in enumerate(values)]


def test_incomplete_fixes_are_counted() -> None:
    told = completeness(fixes())

    assert told is not None
    assert told.sentence.startswith("2 problems lack a part of the fix")


def test_complete_fixes_are_to_be_seen_through() -> None:
    told = completeness(fixes(complete=3))

    assert told is not None
    assert "Every fix has all its parts" in told.sentence


def test_what_is_unknown_is_not_told() -> None:
    assert completeness(fixes(described=0, complete=0)) is None
    assert dabbling(fixes(serving=0, lacking=0)) is None
    assert mirror([], WORK) is None


def test_dabbling_is_told_apart_from_silence() -> None:
    told = dabbling(fixes(lacking=0))

    assert told is not None
    assert told.sentence == "Ask the owners of those that name no problem which one they serve."


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((0.1,), "Departments work on the stages together: keep"),
        ((0.5,), "Plans split noticeably along departments: start"),
        ((0.7, 0.8), "Plans split strongly along departments, more than before: start"),
        ((0.9, 0.5), "Plans split noticeably along departments, less than before: start"),
        ((0.5, 0.1), "Departments work on the stages together, more than before: keep"),
        ((0.5, 0.51), "Plans split noticeably along departments: start"),
    ],
)
def test_the_mirror_says_how_strongly_plans_split_and_how_that_changed(values: tuple[float, ...], told: str) -> None:
    shown = mirror(quarters(*values), WORK)

    assert shown is not None
    assert shown.sentence.startswith(told)


def test_initiatives_that_bridge_are_named_while_they_are_live() -> None:
    details: dict[str, object] = {"bridges": [2, 7]}
    shown = mirror([measurement(details=details)], WORK)

    assert shown is not None
    assert shown.bridges == ("CX-2",)
