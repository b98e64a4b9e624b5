from dataclasses import replace
from datetime import date

import pytest

from planning.initiatives.values import Intent, Status
from planning.text import PROBLEM_MAX, TITLE_MAX
from planning.transfer.drafts import NamedContact
from planning.transfer.values import Standing
from planning.window import Window
from planning.workspace.values import Department
from tests.builders import initiative
from tests.planning.transfer.given import EMPTY, JOURNEY, issues, only, planned

KNOWN = replace(EMPTY, journey=JOURNEY, departments=(Department(1, "Claims"),))


def test_a_row_is_read_whole() -> None:
    text = (
        "id,department,owner,title,problem,status,start,end,stages,segments,touchpoints,contacts,link,cost\n"
        "7,claims,Ada,Letters,Too long,planned,2027-01-04,2027-02-05,claim; Join,Members,Letter,"
        "Members|Letter|apologise|2027-01-11|2027-01-22,https://a.example/1,12\n"
    )

    draft = only(text, KNOWN)

    assert (draft.title, draft.problem, draft.department, draft.owner) == ("Letters", "Too long", "Claims", "Ada")
    assert (draft.status, draft.starts_on, draft.ends_on) == (Status.PLANNED, date(2027, 1, 4), date(2027, 2, 5))
    assert (draft.stages, draft.segments, draft.touchpoints) == (("Claim", "Join"), ("Members",), ("Letter",))
    window = Window(date(2027, 1, 11), date(2027, 1, 22))
    assert draft.contacts == (NamedContact("Members", "Letter", Intent.APOLOGISE, window),)
    assert (draft.links, draft.extras) == (("https://a.example/1",), {"cost": "12"})


def test_bad_rows_are_reported_by_line_and_the_good_ones_go_in() -> None:
    plan = planned("id,title,department\n1,,Claims\n2,Letters,\n3,Calls,Claims\n4,a,b,c\n")

    assert [row.source_id for row in plan.rows] == ["3"]
    assert [text.split(";")[0] for text in issues(plan)] == [
        "2: has no title",
        "3: names no department",
        "5: has 4 cells, but the header names 3 columns",
    ]
    assert plan.counts() == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 3}


def test_a_department_may_be_said_for_rows_that_name_none() -> None:
    assert only("title\nCalls\n", department="Claims").department == "Claims"


@pytest.mark.parametrize("word", ["Ongoing", "nfp", "TBC", "n/a", "Exempt"])
def test_a_word_for_no_date_is_understood_and_said(word: str) -> None:
    plan = planned(f"title,department,end\nCalls,Claims,{word}\n")

    assert plan.rows[0].draft.ends_on is None
    assert issues(plan) == [f"2: end “{word}” means no date"]


def test_a_date_that_cannot_be_read_is_left_empty_and_the_row_goes_in() -> None:
    plan = planned("title,department,end\nCalls,Claims,when ready\n")

    assert (plan.rows[0].draft.ends_on, plan.counts()["new"]) == (None, 1)
    assert issues(plan) == ["2: end “when ready” is not a date; write it as 2026-12-31; left empty"]


def test_an_end_before_the_start_leaves_both_dates_out() -> None:
    plan = planned("title,department,start,end\nCalls,Claims,2027-02-01,2027-01-01\n")

    assert (plan.rows[0].draft.starts_on, plan.rows[0].draft.ends_on) == (None, None)
    assert issues(plan) == ["2: ends on 2027-01-01, before it starts on 2027-02-01; both dates left out"]


def test_an_unknown_status_is_taken_for_active_and_reported() -> None:
    plan = planned("title,department,status\nCalls,Claims,Phase 2b\n")

    assert plan.rows[0].draft.status is Status.ACTIVE
    assert issues(plan) == ["2: status “Phase 2b” is not a status we know; taken for active where none is known"]


def test_an_unknown_status_changes_nothing_that_is_known() -> None:
    present = initiative(title="Calls", problem="", department=1, status=Status.DONE)
    known = replace(KNOWN, initiatives={("tracker", "7"): present})

    plan = planned("id,title,department,status\n7,Calls,Claims,Phase 2b\n", known)

    assert plan.rows[0].standing is Standing.UNCHANGED


@pytest.mark.parametrize(
    ("start", "status"),
    [("2027-02-28", Status.ACTIVE), ("2027-03-02", Status.PLANNED), ("", Status.PLANNED)],
    ids=["begun", "not begun", "no date"],
)
def test_without_a_status_the_start_decides(start: str, status: Status) -> None:
    assert only(f"title,department,start,status\nCalls,Claims,{start},\n").status is status


def test_long_text_is_shortened_and_reported() -> None:
    plan = planned(f"title,department,problem\n{'t' * (TITLE_MAX + 1)},Claims,{'p' * (PROBLEM_MAX + 1)}\n")

    draft = plan.rows[0].draft
    assert (len(draft.title), len(draft.problem)) == (TITLE_MAX, PROBLEM_MAX)
    assert [issue.column for issue in plan.issues] == ["title", "problem"]


def test_a_row_without_an_id_gets_the_same_one_each_time_wherever_it_stands() -> None:
    first = planned("title,department\nCalls,Claims\nLetters,Claims\n")
    second = planned("title,department\nLetters,Claims\nCalls,Claims\n")

    assert {row.source_id for row in first.rows} == {row.source_id for row in second.rows}
    assert len({row.source_id for row in first.rows}) == 2


def test_rows_without_ids_that_share_a_title_are_told_apart_by_their_problem() -> None:
    plan = planned("title,department,problem\nCalls,Claims,too long\nCalls,Claims,too short\n")

    assert len({row.source_id for row in plan.rows}) == 2


def test_identical_rows_are_taken_once_and_reported() -> None:
    plan = planned("id,title,department\n1,Calls,Claims\n1,Calls,Claims\n2,Calls,Claims\n1,Letters,Claims\n")

    assert [row.line for row in plan.rows] == [2, 4]
    assert [text.split("(")[0].strip() for text in issues(plan)] == [
        "3: is the same as line 2; taken once",
        "4: says the same as line 2 under another id; both go in",
        "5: has the id of line 2",
    ]


def test_an_unknown_stage_is_made_only_while_there_is_no_journey_or_when_told_to() -> None:
    text = "title,department,stages\nCalls,Claims,Renew; Claim\n"

    known = planned(text, KNOWN)

    assert planned(text).making.stages == ("Renew", "Claim")
    assert (known.rows[0].draft.stages, known.making.stages) == (("Claim",), ())
    assert issues(known) == ["2: stages “Renew” is not a stage of the journey; left out (--create-stages adds it)"]
    assert planned(text, KNOWN, create_stages=True).making.stages == ("Renew",)


def test_names_between_commas_are_understood_where_all_are_known() -> None:
    assert only('title,department,stages\nCalls,Claims,"Join, Claim"\n', KNOWN).stages == ("Join", "Claim")
    assert only('title,department,segments\nCalls,Claims,"Vans, small"\n', KNOWN).segments == ("Vans, small",)


def test_departments_and_segments_are_made_as_they_appear_but_not_for_rejected_rows() -> None:
    plan = planned("title,department,segments\nCalls,Sales,Vans\nLetters,SALES,vans\n,Legal,Bikes\n")

    assert (plan.making.departments, plan.making.segments) == (("Sales",), ("Vans",))


@pytest.mark.parametrize(
    ("contact", "why"),
    [
        ("Members|Letter|apologise|2027-01-11", "has 4 parts"),
        ("Members|Letter|shout|2027-01-11|2027-01-12", "“shout” is not one of"),
        ("Members|Letter|win|2027-01-12|2027-01-11", "ends before it begins"),
        ("Members|Letter|win|2027-01-12|2107-01-11", "lasts 29,219 days; say at most 1,096"),
        ("Members|Letter|win|soon|2027-01-11", "is not a date"),
    ],
)
def test_a_contact_that_cannot_be_read_is_left_out_and_reported(contact: str, why: str) -> None:
    plan = planned(f"title,department,contacts\nCalls,Claims,{contact}\n")

    assert plan.rows[0].draft.contacts == ()
    assert why in issues(plan)[0]


def test_what_is_no_web_address_is_kept_beside_the_initiative() -> None:
    draft = only("title,department,link\nCalls,Claims,MKT-318; https://a.example https://b.example\n")

    assert draft.links == ("https://a.example", "https://b.example")
    assert draft.extras == {"link": "MKT-318"}


def test_only_what_differs_from_the_register_is_changed_and_empty_cells_take_nothing_away() -> None:
    present = initiative(title="Calls", problem="Too long", department=1, stages=(1, 2), status=Status.PAUSED)
    known = replace(KNOWN, initiatives={("tracker", "7"): present})

    same = planned("id,title,department,stages,problem\n7,Calls,Claims,Claim; Join,\n", known)
    other = planned("id,title,department,status,owner\n7,Calls,Claims,done,n/a\n", known)

    assert same.rows[0].standing is Standing.UNCHANGED
    assert (other.rows[0].standing, other.rows[0].changed) == (Standing.CHANGED, ("status",))
    assert other.rows[0].draft.problem == "Too long"


def test_a_word_for_no_date_takes_a_known_date_away() -> None:
    present = initiative(title="Calls", problem="", department=1, ends_on=date(2027, 1, 1))
    known = replace(KNOWN, initiatives={("tracker", "7"): present})

    assert planned("id,title,department,end\n7,Calls,Claims,Ongoing\n", known).rows[0].changed == ("ends_on",)


def test_other_dates_of_the_file_settle_an_unclear_one() -> None:
    plan = planned("title,department,start\nCalls,Claims,3/4/2027\nLetters,Claims,25/12/2027\n")

    assert plan.rows[0].draft.starts_on == date(2027, 4, 3)


def test_control_characters_and_markup_come_through_as_plain_text() -> None:
    draft = only('title,department\n"\x00<!channel> \u202e`x`\n& y",Claims\n')

    assert draft.title == "<!channel> `x` & y"
