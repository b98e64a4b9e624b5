from dataclasses import replace
from datetime import timedelta

import pytest

from planning.initiatives.values import Initiative, Request
from planning.proposals.applying import Stale, applied
from planning.proposals.changes import Change, ContactMoved, Days, Merged, Moved, RequestMoved
from tests.planning.proposals.given import WRITERS, asking, telling, weeks

WHO = {"initiative": 1, "title": "A letter to members", "department": "Marketing"}
WEEK = timedelta(days=7)


def days(start: int, count: int = 1) -> Days:
    window = weeks(start, count)
    return Days(start=window.start, end=window.end)


def moved(by: int) -> Moved:
    return Moved(**WHO, weeks=by, before=days(0, 8), after=days(by, 8))


def asked(before: Days, after: Days) -> RequestMoved:
    return RequestMoved(**WHO, pool=1, pool_name="Writers", person_weeks=2.0, before=before, after=after)


def done(initiative: Initiative, *changes: Change) -> Initiative:
    (after,) = applied({initiative.id: initiative}, changes)
    return after


def test_an_initiative_moves_with_all_that_it_plans() -> None:
    after = done(asking(1, 1, 2.0, weeks(2)), moved(3)).draft

    assert (after.starts_on, after.ends_on) == (weeks(3, 8).start, weeks(3, 8).end)
    assert [one.window for one in after.requests] == [weeks(5)]


def test_a_part_that_moves_by_itself_goes_where_the_change_says() -> None:
    after = done(asking(1, 1, 2.0, weeks(2)), moved(3), asked(days(2), days(4, 2))).draft

    assert [one.window for one in after.requests] == [weeks(4, 2)]


def test_of_two_equal_requests_each_change_moves_one() -> None:
    twice = asking(1, 1, 2.0, weeks(2))
    twice = replace(twice, draft=replace(twice.draft, requests=twice.draft.requests * 2))

    after = done(twice, asked(days(2), days(4)), asked(days(2), days(5))).draft

    assert [one.window for one in after.requests] == [weeks(4), weeks(5)]


def test_a_contact_goes_out_in_other_days() -> None:
    change = ContactMoved(
        **WHO,
        segment=2,
        touchpoint=1,
        intent="inform",
        segment_name="Homes",
        touchpoint_name="Letter",
        before=days(2),
        after=days(3),
    )

    assert done(telling(1, 1, "inform", weeks(2)), change).draft.contacts[0].window == weeks(3)


def test_who_is_given_up_leaves_the_larger_request_behind() -> None:
    large, small = asking(1, 1, 5.0, weeks(2)), asking(2, 2, 2.0, weeks(1))
    change = Merged(**WHO, into=2, into_title="Ours", into_department="Claims")

    given_up, kept = applied({1: large, 2: small}, [change])

    assert given_up.joined == 2
    assert kept.draft.requests == (Request(WRITERS.id, 5.0, weeks(2)),)


@pytest.mark.parametrize(
    "change",
    [
        Moved(**WHO, weeks=1, before=days(1, 8), after=days(2, 8)),
        asked(days(1), days(2)),
        Merged(**WHO, into=7, into_title="Gone", into_department="Claims"),
    ],
    ids=["moved", "request", "merged"],
)
def test_what_has_changed_since_is_refused_by_name(change: Change) -> None:
    with pytest.raises(Stale, match="CX-1 “A letter to members” has changed since"):
        done(asking(1, 1, 2.0, weeks(2)), change)


def test_an_initiative_that_is_gone_is_refused() -> None:
    with pytest.raises(Stale):
        applied({}, [moved(1)])
