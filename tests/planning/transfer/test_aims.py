from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planning.metrics.values import Direction, Metric
from planning.problems.values import Part, Problem
from planning.resources.values import Pool
from planning.transfer.drafts import NamedEffect, NamedRequest
from planning.transfer.naming import Known
from planning.transfer.values import Standing
from planning.window import Window
from planning.workspace.values import Department
from tests.builders import effect, initiative, request
from tests.planning.transfer.given import EMPTY, issues, only, planned

KNOWN = replace(
    EMPTY,
    departments=(Department(1, "Claims"),),
    metrics=(Metric(1, "Handling time"), Metric(2, "Ratio: paid to asked")),
    pools=(Pool(1, "Writers", 3.0),),
    problems=(Problem(1, "Told it three times"),),
)
HEADER = "id,title,department,metric_effects,requests,serves_problem,supplies\n"


def row(effects: str = "", requests: str = "", serves: str = "", supplies: str = "") -> str:
    return f'{HEADER}7,Calls,Claims,"{effects}","{requests}","{serves}","{supplies}"\n'


def known(**draft: Any) -> Known:
    """The register with the row as it was imported before."""
    present = initiative(title="Calls", problem="", department=1, **draft)
    return replace(KNOWN, initiatives={("tracker", "7"): present})


def test_a_row_says_what_it_moves_asks_for_and_fixes() -> None:
    text = row(
        "handling time:down; Ratio: paid to asked:UP",
        "Writers|2.5|2027-03-01|2027-03-12",
        "told it three times",
        "people; Hand-off",
    )

    draft = only(text, KNOWN)

    effects = NamedEffect("Handling time", Direction.DOWN), NamedEffect("Ratio: paid to asked", Direction.UP)
    assert draft.effects == effects
    assert draft.requests == (NamedRequest("Writers", 2.5, Window(date(2027, 3, 1), date(2027, 3, 12))),)
    assert (draft.serves, draft.supplies) == ("Told it three times", (Part.PEOPLE, Part.HAND_OFF))
    assert issues(planned(text, KNOWN)) == []


def test_metrics_and_problems_are_made_as_they_appear_but_no_pool_without_a_capacity() -> None:
    plan = planned(row("NPS:up", "Artists|1|2027-03-01|2027-03-12", "Lost letters"), KNOWN)

    assert (plan.making.metrics, plan.making.problems) == (("NPS",), ("Lost letters",))
    assert plan.rows[0].draft.requests == ()
    assert "“Artists” is not a pool; add it with its capacity and import again" in issues(plan)[0]


def test_a_word_for_nothing_is_no_problem_to_serve() -> None:
    assert planned(row(serves="n/a"), KNOWN).making.problems == ()


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ({"effects": "Handling time"}, "metric_effects", "names no metric and way"),
        ({"effects": ":up"}, "metric_effects", "names no metric and way"),
        ({"effects": "Handling time:faster"}, "metric_effects", "write metric:up or metric:down"),
        ({"requests": "Writers|2|2027-03-01"}, "requests", "has 3 parts"),
        ({"requests": "Writers|0|2027-03-01|2027-03-02"}, "requests", "“0” is not a number of person-weeks"),
        ({"requests": "Writers|nan|2027-03-01|2027-03-02"}, "requests", "“nan” is not a number of person-weeks"),
        ({"requests": "Writers|inf|2027-03-01|2027-03-02"}, "requests", "at most 10,000"),
        ({"requests": "Writers|10001|2027-03-01|2027-03-02"}, "requests", "at most 10,000"),
        ({"requests": "Writers|some|2027-03-01|2027-03-02"}, "requests", "“some” is not a number"),
        ({"requests": "Writers|2|2027-03-02|2027-03-01"}, "requests", "ends before it begins"),
        ({"requests": "Writers|2|2027-03-02|2047-03-01"}, "requests", "lasts 7,305 days; say at most 1,096"),
        ({"requests": "Writers|2|soon|2027-03-01"}, "requests", "is not a date"),
        ({"supplies": "wishes", "serves": "Told it three times"}, "supplies", "is not a part of a fix"),
    ],
)
def test_what_cannot_be_read_is_told_with_line_and_column_and_kept(
    cells: dict[str, str], column: str, why: str
) -> None:
    plan = planned(row(**cells), KNOWN)

    draft, text = plan.rows[0].draft, cells[column.removeprefix("metric_")]
    assert (draft.effects, draft.requests, draft.supplies) == ((), (), ())
    (issue,) = issues(plan)
    assert issue.startswith(f"2: {column} “{text}”")
    assert why in issue
    assert draft.extras == {column: text}


def test_the_rest_of_a_cell_goes_in_when_a_part_of_it_cannot_be_read() -> None:
    assert [effect.metric for effect in only(row("NPS; Handling time:up"), KNOWN).effects] == ["Handling time"]


def test_of_a_metric_said_to_go_both_ways_the_first_is_taken() -> None:
    plan = planned(row("Handling time:up; handling TIME:down"), KNOWN)

    assert plan.rows[0].draft.effects == (NamedEffect("Handling time", Direction.UP),)
    assert issues(plan) == ["2: metric_effects “Handling time” is said to go both ways; the first is taken"]


def test_parts_of_no_problem_are_kept_and_said_to_count_later() -> None:
    plan = planned(row(supplies="policy, process"), KNOWN)

    assert plan.rows[0].draft.supplies == (Part.POLICY, Part.PROCESS)
    assert issues(plan) == ["2: brings parts of a fix; they count once it names the problem"]


def test_what_was_only_kept_before_is_read_when_the_row_comes_again() -> None:
    before = known(extras={"metric_effects": "Handling time:down", "requests": "?", "cost": "12"})

    plan = planned(row("Handling time:down", "Writers|1|2027-03-01|2027-03-12"), before)

    assert (plan.rows[0].standing, plan.rows[0].changed) == (Standing.CHANGED, ("effects", "requests", "extras"))
    assert plan.rows[0].draft.extras == {"cost": "12"}


def test_an_empty_cell_takes_nothing_away() -> None:
    aims: dict[str, Any] = {"effects": (effect(),), "requests": (request(),), "serves": 1, "supplies": (Part.PEOPLE,)}

    assert planned(row(), known(**aims)).rows[0].standing is Standing.UNCHANGED
