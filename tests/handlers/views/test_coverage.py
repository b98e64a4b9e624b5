from handlers.views.coverage import coverage_map, coverage_words, listed
from planning.digests.values import Cell, Coverage
from tests.handlers.views.limits import LONG, accepted, words

SMALL = Coverage(
    stages=((1, "Quote"), (2, "Claim")),
    departments=((1, "Marketing"), (2, "Claims"), (3, "Legal")),
    cells=(Cell(stage=1, department=1, count=3), Cell(stage=1, department=2, count=5)),
    silent=(3,),
    unplaced=2,
)


def large(stages: int = 40, departments: int = 30) -> Coverage:
    """As many long names as a company may have."""
    return Coverage(
        stages=tuple((id, LONG) for id in range(stages)),
        departments=tuple((id, LONG) for id in range(departments)),
        cells=tuple(Cell(stage=s, department=d, count=s + d) for s in range(stages) for d in range(1, departments)),
        silent=(0,),
    )


def test_each_stage_names_its_departments_the_busiest_first() -> None:
    assert "Quote\n — Claims 5 and Marketing 3" in words(coverage_map(SMALL))


def test_a_stage_without_work_is_told_as_such() -> None:
    assert "Claim\n — nobody yet" in words(coverage_map(SMALL))


def test_silence_is_told_as_unknown() -> None:
    assert "Unknown: Legal has registered nothing" in words(coverage_map(SMALL))
    assert "Unknown: Legal" in coverage_map(SMALL).text


def test_initiatives_without_a_stage_are_not_forgotten() -> None:
    assert "2 live initiatives have no stage yet" in words(coverage_map(SMALL))


def test_the_words_for_a_picture_begin_with_what_is_unknown_and_empty() -> None:
    said = coverage_words(SMALL)

    assert said.index("Unknown") < said.index("Nobody works on “Claim”.") < said.index("Quote: Claims 5")


def test_without_a_journey_the_map_says_how_to_get_one() -> None:
    assert "/cx setup" in coverage_map(Coverage(stages=(), departments=(), cells=(), silent=())).text


def test_a_long_row_of_names_says_how_many_more_there_are() -> None:
    assert listed(["a", "b", "c", "d"], shown=2) == "a, b and 2 more"


def test_the_largest_map_fits() -> None:
    accepted(coverage_map(large()))
    accepted(coverage_map(large(200, 200)))
