from typing import Any

import pytest

from handlers.ids import Action
from handlers.views.department_digests import department_digest
from handlers.views.paging import Place
from planning.checkins.values import Standing
from planning.digests.department_values import (
    BusyPool,
    CheckedIn,
    DepartmentDigest,
    MetricOff,
    PlanLine,
    Trouble,
    Turn,
    WaitingOverlap,
)
from planning.digests.values import OpenGap
from tests.builders import NOW, TODAY, changes
from tests.handlers.slack import buttons, spoken
from tests.handlers.views.limits import LONG, NASTY, accepted

OVERLAP = WaitingOverlap(
    finding=4, references=("CX-1", "CX-2"), others=("Claims",), since=TODAY, days=0, sentence="They are alike."
)


def digest(**fields: Any) -> DepartmentDigest:
    quiet = {"live": 3, "changes": changes(), "schedule": "every Monday at 09:00 (Europe/Oslo)"}
    known = {"company": "Harbour", "department": "Marketing", "at": NOW, "since": TODAY, "day": TODAY, **quiet}
    return DepartmentDigest(**{**known, **fields})


def test_an_overlap_opens_from_its_row_and_all_of_them_from_the_foot() -> None:
    shown = buttons(accepted(department_digest(digest(overlaps=(OVERLAP,), overlaps_total=7))))

    assert shown[Action.OVERLAP_SHOW]["value"] == "4"
    assert Place.model_validate_json(shown[Action.LIST_OPEN]["value"]) == Place(list="overlaps", query="Marketing")


def test_the_text_tells_all_of_it() -> None:
    trouble = Trouble(
        initiative=5, title="One login", standing=Standing.STUCK, who="Ada Berg", on=TODAY, note="No people."
    )
    told = department_digest(
        digest(
            overlaps=(OVERLAP,),
            overlaps_total=7,
            plans=(PlanLine(plan=1, what="Plan for CX-1", next="It waits for you."),),
            plans_total=1,
            check_ins=CheckedIn(troubles=(trouble,), troubles_total=1, on_track=2, unanswered=1),
            turns=(Turn(initiative=6, title="App", begins=False, on=TODAY, owner="Bo Lind"),),
            turns_total=1,
        )
    ).text

    assert "CX-1 and CX-2 with Claims: new today." in told
    assert "…and 6 more." in told
    assert "Plan for CX-1\nIt waits for you." in told
    assert "Stuck: CX-5 One login — Ada Berg, 1 March 2027: No people." in told
    assert "2 initiatives are on track. The owner of 1 initiative has not answered yet." in told
    assert "CX-6 App (Bo Lind) ends on 1 March 2027" in told


@pytest.mark.parametrize(("live", "told"), [(3, "A quiet week"), (0, "Nothing of Marketing is registered yet")])
def test_a_quiet_week_is_one_line(live: int, told: str) -> None:
    message = department_digest(digest(live=live))

    assert told in message.text
    assert len(accepted(message)) == 4


def test_a_preview_has_no_buttons() -> None:
    assert buttons(accepted(department_digest(digest(overlaps=(OVERLAP,), overlaps_total=1), press=False))) == {}


@pytest.mark.parametrize("text", [LONG, NASTY])
def test_the_largest_department_digest_fits(text: str) -> None:
    overlap = OVERLAP.model_copy(update={"references": ("CX-100000",) * 40, "others": (text,) * 30, "sentence": text})
    trouble = Trouble(initiative=10**6, title=text, standing=Standing.AT_RISK, who=text, on=TODAY, note=text)
    gap = OpenGap(finding=1, rule="r", sentence=text)
    full = digest(
        company=text,
        department=text[:80],
        changes=changes(registered=10**6, overlaps_found=10**6),
        overlaps=(overlap.model_copy(update={"days": 9999}),) * 6,
        overlaps_total=10**6,
        plans=(PlanLine(plan=1, what=text, next=text[:300]),) * 6,
        plans_total=10**6,
        gaps=(gap,) * 5,
        gaps_total=10**6,
        quality=(gap,) * 4,
        quality_total=10**6,
        metrics=(MetricOff(metric=1, sentence=text),) * 4,
        metrics_total=10**6,
        check_ins=CheckedIn(troubles=(trouble,) * 6, troubles_total=10**6, on_track=10**6, unanswered=10**6),
        pools=(BusyPool(pool=1, name=text, monday=TODAY, asked=1e9, available=1 / 3),) * 4,
        pools_total=10**6,
        turns=(Turn(initiative=10**6, title=text, begins=True, on=TODAY, owner=text),) * 8,
        turns_total=10**6,
    )

    assert "All gaps" in spoken(accepted(department_digest(full)))
