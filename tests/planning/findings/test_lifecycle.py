from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planning.findings.facts import AlikeTexts, OverloadedPool, PoolWeek, SharedThings, StageWithoutWork
from planning.findings.lifecycle import Difference, difference
from planning.findings.values import Choice, Finding, Found, Member, Rule, State, Subject, Verdict, members
from tests.planning.portfolios import NOON


def found(cosine: float = 0.8, stage: str = "Quote", pair: tuple[int, int] = (1, 2), score: float = 0.7) -> Found:
    facts = (AlikeTexts(cosine=cosine), SharedThings(what="stage", names=(stage,)))
    return Found(Rule.DUPLICATE_EFFORT, members(pair), score, facts)


def overload(*initiatives: int, weeks: tuple[int, ...] = (1,)) -> Found:
    """Too much is asked of pool 1 in weeks of February 2027."""
    overloaded = tuple(PoolWeek(monday=date(2027, 2, 7 * week - 6), asked=5, available=4) for week in weeks)
    fact = OverloadedPool(pool="Data", weeks=overloaded, initiatives=initiatives)
    return Found(Rule.RESOURCE_CONTENTION, members(initiatives, Member(Subject.POOL, 1)), 0.6, (fact,))


def finding(one: Found | None = None, **changes: Any) -> Finding:
    return replace(Finding(1, one or found(), NOON, NOON), **changes)


def verdict(choice: Choice, one: Found | None = None, **changes: Any) -> Verdict:
    return replace(Verdict(choice, 1, NOON, (one or found()).covers), **changes)


def compare(known: list[Finding], *wanted: Found) -> Difference:
    return difference(known, wanted, NOON + timedelta(days=1))


def test_the_same_rule_and_members_are_the_same_finding() -> None:
    assert found().key == found(cosine=0.9, score=0.9).key


def test_what_is_found_first_is_new() -> None:
    assert compare([], found()).new == (found(),)


def test_what_is_found_again_unchanged_is_not_written() -> None:
    assert compare([finding()], found()) == Difference()


def test_facts_that_move_update_the_finding_in_place() -> None:
    (updated,) = compare([finding()], found(stage="Claim")).updated

    assert (updated.id, updated.found) == (1, found(stage="Claim"))


def test_a_finding_closes_when_its_cause_goes_and_returns_with_it() -> None:
    (closed,) = compare([finding()]).closed

    assert closed.state(NOON) is State.CLOSED
    (back,) = compare([closed], found()).reopened
    assert back.state(NOON) is State.OPEN


def test_a_dismissal_holds_while_its_facts_hold() -> None:
    dismissed = finding(verdict=verdict(Choice.DIFFERENT))

    unchanged = compare([dismissed], found(cosine=0.75, score=0.71))

    assert unchanged.reopened == ()
    assert all(one.state(NOON) is State.DISMISSED for one in unchanged.updated)


def test_a_dismissal_ends_when_the_facts_outgrow_it() -> None:
    dismissed = finding(verdict=verdict(Choice.DIFFERENT))

    (back,) = compare([dismissed], found(stage="Claim")).reopened

    assert back.state(NOON) is State.OPEN


def test_a_dismissal_survives_a_cause_that_goes_and_comes_back() -> None:
    dismissed = finding(verdict=verdict(Choice.DIFFERENT), closed_at=NOON)

    (back,) = compare([dismissed], found()).reopened

    assert back.state(NOON) is State.DISMISSED


def test_a_dismissal_that_was_outgrown_holds_again_when_what_went_beyond_it_goes() -> None:
    dismissed = finding(verdict=verdict(Choice.DIFFERENT))
    (grown,) = compare([dismissed], found(stage="Claim")).reopened

    (back,) = compare([grown], found()).updated

    assert back.state(NOON) is State.DISMISSED


def test_what_stays_outgrown_is_reopened_once() -> None:
    (grown,) = compare([finding(verdict=verdict(Choice.DIFFERENT))], found(stage="Claim")).reopened

    assert compare([grown], found(stage="Claim")) == Difference()


def test_what_was_settled_and_came_back_is_to_be_settled_again() -> None:
    settled = finding(verdict=verdict(Choice.PLAN), closed_at=NOON)

    (back,) = compare([settled], found()).reopened

    assert (back.verdict, back.state(NOON)) == (None, State.OPEN)


def test_a_group_that_gains_a_member_is_the_same_finding_and_says_who_joined() -> None:
    changes = compare([finding(overload(1, 2))], overload(1, 2, 3))

    assert [(one.id, one.found) for one in changes.updated] == [(1, overload(1, 2, 3))]
    assert changes.gained == {1: {3}}
    assert (changes.new, changes.closed) == ((), ())


def test_a_settled_group_is_reopened_by_a_member_that_had_no_part_in_it() -> None:
    settled = finding(overload(1, 2), verdict=verdict(Choice.PLAN, overload(1, 2)))

    (back,) = compare([settled], overload(1, 2, 3)).reopened

    assert back.state(NOON) is State.OPEN


def test_a_group_that_loses_a_member_or_a_week_stays_dismissed() -> None:
    whole = overload(1, 2, 3, weeks=(1, 2))
    dismissed = finding(whole, verdict=verdict(Choice.DIFFERENT, whole))

    (less,) = compare([dismissed], overload(1, 2, weeks=(2,))).updated

    assert less.state(NOON) is State.DISMISSED


def test_the_parts_of_a_dismissed_group_that_splits_stay_dismissed() -> None:
    whole = overload(1, 2, 3, 4, weeks=(1, 2))
    dismissed = finding(whole, verdict=verdict(Choice.DIFFERENT, whole))

    changes = compare([dismissed], overload(1, 2, weeks=(1,)), overload(3, 4, weeks=(2,)))

    assert [one.state(NOON) for one in changes.updated] == [State.DISMISSED]
    (part,) = changes.new
    assert changes.covered == {part.key: dismissed.verdict}


def test_a_group_of_others_on_the_same_pool_is_a_finding_of_its_own() -> None:
    changes = compare([finding(overload(1, 2))], overload(1, 2), overload(3, 4, weeks=(4,)))

    assert changes == Difference(new=(overload(3, 4, weeks=(4,)),))


def test_a_group_that_closed_does_not_come_back_as_another_one() -> None:
    changes = compare([finding(overload(1, 2), closed_at=NOON)], overload(2, 3, weeks=(4,)))

    assert (changes.new, changes.reopened) == ((overload(2, 3, weeks=(4,)),), ())


def test_a_snooze_ends_at_its_time() -> None:
    snoozed = finding(verdict=verdict(Choice.SNOOZE, until=NOON + timedelta(days=7)))

    assert snoozed.state(NOON) is State.SNOOZED
    assert snoozed.state(NOON + timedelta(days=7)) is State.OPEN


def test_members_of_different_kinds_never_share_a_key() -> None:
    gap = Found(Rule.STAGE_WITHOUT_WORK, (Member(Subject.STAGE, 1),), 1.0, (StageWithoutWork(stage="Pay", weight=3),))

    assert gap.key == "stage_without_work|stage:1"


groups = st.sets(st.integers(1, 5), min_size=2, max_size=4).map(sorted)
steps = st.lists(st.lists(groups, max_size=3, unique_by=tuple), max_size=6)


@given(steps)
def test_after_any_history_the_standing_findings_are_the_last_ones_found(history: list[list[list[int]]]) -> None:
    record: dict[int, Finding] = {}
    for moment, step in enumerate(history):
        found_now = [*(overload(*group) for group in step), *(found(pair=(group[0], group[1])) for group in step)]
        changes = difference(list(record.values()), found_now, NOON + timedelta(days=moment))
        written = [Finding(len(record) + n, one, NOON, NOON) for n, one in enumerate(changes.new, start=1)]
        record |= {one.id: one for one in (*written, *changes.updated, *changes.reopened, *changes.closed)}

        standing = [one.found for one in record.values() if one.closed_at is None]
        assert sorted(one.key for one in standing) == sorted({one.key for one in found_now})
        assert len({one.found.key for one in record.values()}) == len(record), "a key is on record once"
