from dataclasses import replace
from datetime import date

import pytest

from planning.workspace.values import Department
from tests.builders import initiative, window
from tests.planning.transfer.given import EMPTY, issues, planned

KNOWN = replace(EMPTY, departments=(Department(1, "Claims"),))
HEADER = "id,title,department,start,end,movable_from,movable_until\n"


def test_the_days_within_which_it_may_be_moved_are_read() -> None:
    plan = planned(f"{HEADER}7,Calls,Claims,2027-03-01,2027-03-30,2027-03-01,2027-06-07\n")

    assert (plan.rows[0].draft.movable, issues(plan)) == (window(days=99), [])


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("2027-03-01,", "movable_from “2027-03-01 to …” is not a date"),
        ("2027-03-02,2027-03-01", "ends before it begins; left out"),
        ("2027-03-01,2027-03-29", "days that do not fit its dates (1–29 March 2027); left out"),
    ],
    ids=["one day", "wrong order", "too short"],
)
def test_days_that_make_no_sense_are_left_out_and_reported(days: str, told: str) -> None:
    plan = planned(f"{HEADER}7,Calls,Claims,2027-03-01,2027-03-30,{days}\n")

    assert plan.rows[0].draft.movable is None
    assert told in issues(plan)[0]


def test_empty_cells_leave_the_days_and_a_word_for_none_takes_them_away() -> None:
    present = initiative(title="Calls", problem="", department=1, movable=window())
    known = replace(KNOWN, initiatives={("tracker", "7"): present})

    assert planned("id,title,department,movable_from,movable_until\n7,Calls,Claims,,\n", known).rows[0].changed == ()
    taken = planned("id,title,department,movable_from,movable_until\n7,Calls,Claims,n/a,n/a\n", known)
    assert (taken.rows[0].changed, taken.rows[0].draft.movable) == (("movable",), None)


def test_days_that_new_dates_outgrow_are_taken_away_and_reported() -> None:
    present = initiative(
        title="Calls", problem="", department=1, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5), movable=window()
    )
    known = replace(KNOWN, initiatives={("tracker", "7"): present})

    plan = planned("id,title,department,end\n7,Calls,Claims,2027-05-01\n", known)

    assert plan.rows[0].draft.movable is None
    assert "may be moved between days that do not fit" in issues(plan)[0]
