from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planning.findings.facts import AlikeTexts, SharedThings, StageWithoutWork
from planning.findings.lifecycle import Difference, difference
from planning.findings.values import Choice, Finding, Found, Rule, State, Verdict, initiative_member, stage_member
from tests.planning.portfolios import NOON


def found(cosine: float = 0.8, stage: str = "Quote", pair: tuple[int, int] = (1, 2), score: float = 0.7) -> Found:
    members = tuple(initiative_member(id) for id in pair)
    return Found(
        Rule.DUPLICATE_EFFORT,
        members,
        score,
        (AlikeTexts(cosine=cosine), SharedThings(what="stage", names=(stage,))),
    )


def finding(one: Found | None = None, **changes: Any) -> Finding:
    return replace(Finding(1, one or found(), NOON, NOON), **changes)


def verdict(choice: Choice, one: Found | None = None, **changes: Any) -> Verdict:
    return replace(Verdict(choice, 1, NOON, (one or found()).fingerprint), **changes)


def compare(known: list[Finding], *wanted: Found) -> Difference:
    return difference({one.found.key: one for one in known}, wanted, NOON + timedelta(days=1))


def test_the_same_rule_and_members_are_the_same_finding() -> None:
    assert found().key == found(cosine=0.9, score=0.9).key


def test_what_is_found_first_is_new() -> None:
    assert compare([], found()).new == (found(),)


def test_what_is_found_again_unchanged_is_not_written() -> None:
    assert compare([finding()], found()) == difference({}, [], NOON)


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


def test_a_snooze_ends_at_its_time() -> None:
    snoozed = finding(verdict=verdict(Choice.SNOOZE, until=NOON + timedelta(days=7)))

    assert snoozed.state(NOON) is State.SNOOZED
    assert snoozed.state(NOON + timedelta(days=7)) is State.OPEN


def test_members_of_different_kinds_never_share_a_key() -> None:
    gap = Found(Rule.STAGE_WITHOUT_WORK, (stage_member(1),), 1.0, (StageWithoutWork(stage="Pay", weight=3),))

    assert gap.key == "stage_without_work|stage:1"


pairs = st.tuples(st.integers(1, 3), st.integers(4, 6))
steps = st.lists(st.sets(pairs, max_size=4), max_size=6)


@given(steps)
def test_after_any_history_the_standing_findings_are_the_last_ones_found(history: list[set[tuple[int, int]]]) -> None:
    record: dict[str, Finding] = {}
    for moment, step in enumerate(history):
        changes = difference(record, [found(pair=pair) for pair in step], NOON + timedelta(days=moment))
        written = [Finding(len(record) + n, one, NOON, NOON) for n, one in enumerate(changes.new, start=1)]
        for one in (*written, *changes.updated, *changes.reopened, *changes.closed):
            record[one.found.key] = one

    standing = {key for key, one in record.items() if one.closed_at is None}
    assert standing == {found(pair=pair).key for pair in (history[-1] if history else ())}
