from datetime import timedelta
from math import log
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.findings.learning import HIGHEST, SPREAD, learnt, shift, threshold
from planning.findings.values import Choice, Finding, Rule
from planning.overlaps.telling import DEFAULT_LEAST
from planning.overlaps.weights import ALERT, SHOWN
from tests.builders import NOW, finding, found, verdict

PAIR = Rule.DUPLICATE_EFFORT
scores = st.floats(0.2, 1.0)
verdicts = st.lists(st.tuples(scores, st.booleans()), max_size=12)


def judged(id: int, choice: Choice, rule: Rule = PAIR, **fields: Any) -> Finding:
    """A finding of initiatives 1 and another one, and what was said of it."""
    one = found(1, id + 1, rule=rule)
    return finding(**{"id": id, "found": one, "verdict": verdict(choice, one), **fields})


def least(*findings: Finding, rule: Rule = PAIR) -> float:
    return learnt(findings)[rule].least


def test_without_verdicts_every_threshold_is_the_default_exactly() -> None:
    assert {rule: lesson.least for rule, lesson in learnt([]).items()} == dict(DEFAULT_LEAST)


def test_dismissals_raise_the_threshold_of_their_rule_and_no_other() -> None:
    lessons = learnt([judged(1, Choice.DIFFERENT)])

    assert lessons[PAIR].least > ALERT
    assert lessons[Rule.METRIC_CONFLICT].least == DEFAULT_LEAST[Rule.METRIC_CONFLICT]


@pytest.mark.parametrize("choice", [Choice.PLAN, Choice.COORDINATE, Choice.JOIN])
def test_what_was_worth_telling_lowers_it(choice: Choice) -> None:
    assert least(judged(1, choice)) < ALERT


def test_a_snooze_says_nothing() -> None:
    assert learnt([judged(1, Choice.SNOOZE)]) == learnt([])


def test_a_verdict_that_was_taken_back_or_outgrown_says_nothing() -> None:
    undone = judged(1, Choice.DIFFERENT, verdict=None)
    outgrown = judged(2, Choice.DIFFERENT, verdict=verdict(Choice.DIFFERENT, found(1, 9)))

    assert learnt([undone, outgrown]) == learnt([])


def test_the_parts_of_one_dismissed_group_count_once() -> None:
    said = verdict(Choice.DIFFERENT, found(1, 2, 3))
    parts = [finding(id=id, found=found(1, 2), verdict=said) for id in (1, 2)]

    assert learnt(parts)[PAIR].judged == 1


def test_a_verdict_on_what_is_no_longer_told_goes_on_counting() -> None:
    assert least(judged(1, Choice.DIFFERENT, closed_at=NOW)) == least(judged(1, Choice.DIFFERENT))


def test_what_a_registrant_asked_for_says_nothing_of_scores_below_the_threshold() -> None:
    weak = found(rule=PAIR, score=ALERT - 0.1)
    asked = finding(found=weak, verdict=verdict(Choice.PLAN, weak), answer=verdict(Choice.COORDINATE, weak))

    assert learnt([asked]) == learnt([])


def test_opposed_contacts_are_told_whatever_is_said_of_them() -> None:
    said = [judged(n, Choice.DIFFERENT, Rule.CONTACT_COLLISION) for n in range(1, 30)]

    lesson = learnt(said)[Rule.CONTACT_COLLISION]

    assert (lesson.least, lesson.judged, lesson.precision) == (DEFAULT_LEAST[Rule.CONTACT_COLLISION], 29, 0.0)


def test_precision_is_told_with_its_interval() -> None:
    said = [judged(n, Choice.DIFFERENT if n > 7 else Choice.PLAN) for n in range(1, 11)]

    lesson = learnt(said)[PAIR]

    assert (lesson.judged, lesson.useful, lesson.precision) == (10, 7, 0.7)
    assert (lesson.low, lesson.high) == pytest.approx((0.397, 0.892), abs=0.001)


def test_nothing_judged_is_nothing_known() -> None:
    lesson = learnt([])[PAIR]

    assert (lesson.precision, lesson.low, lesson.high) == (None, 0.0, 1.0)


@given(verdicts, scores)
def test_each_dismissal_raises_the_threshold_and_each_yes_lowers_it(said: list[tuple[float, bool]], one: float) -> None:
    between = threshold(ALERT, said)

    assert threshold(ALERT, [*said, (one, True)]) <= between <= threshold(ALERT, [*said, (one, False)])
    assert shift([*said, (one, True)]) > shift(said) > shift([*said, (one, False)])


@given(verdicts, st.floats(-3, 3))
def test_no_other_shift_is_more_probable(said: list[tuple[float, bool]], other: float) -> None:
    def log_posterior(moved: float) -> float:
        chances = ((min(score, 0.99), worth) for score, worth in said)
        odds = ((moved + log(score / (1 - score)), worth) for score, worth in chances)
        return float(sum(-np.logaddexp(0, -each if worth else each) for each, worth in odds)) - moved**2 / (
            2 * SPREAD**2
        )

    assert log_posterior(shift(said)) >= log_posterior(other) - 1e-9


@given(st.lists(st.tuples(scores, st.booleans()), max_size=200), st.sampled_from(sorted(DEFAULT_LEAST.values())))
def test_no_threshold_leaves_its_bounds(said: list[tuple[float, bool]], default: float) -> None:
    assert min(default, SHOWN) <= threshold(default, said) <= max(default, HIGHEST)


@given(verdicts, st.randoms(use_true_random=False))
def test_the_order_of_verdicts_does_not_matter(said: list[tuple[float, bool]], chance: Any) -> None:
    mixed = chance.sample(said, len(said))

    assert threshold(ALERT, mixed) == pytest.approx(threshold(ALERT, said), abs=1e-9)


def test_later_verdicts_of_one_finding_replace_earlier_ones() -> None:
    first, then = judged(1, Choice.DIFFERENT), judged(1, Choice.PLAN)
    again = judged(1, Choice.PLAN, verdict=verdict(Choice.PLAN, then.found, at=NOW + timedelta(days=1)))

    assert least(first) > ALERT > least(again)
    assert least(then) == least(again)
