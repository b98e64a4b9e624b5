"""Metrics that nobody reads."""

from dataclasses import replace
from datetime import date, timedelta

from planning.findings.values import Rule
from planning.metrics.readings import Reading
from planning.metrics.values import Cadence, Metric
from planning.portfolio.values import Portfolio
from tests.planning.gaps.companies import gaps_of, subjects
from tests.planning.portfolios import CLAIM, TODAY, portfolio

CALLS = Metric(3, "Repeat calls", "%", stage=CLAIM.id, cadence=Cadence.MONTHLY)


def company(metric: Metric, read_on: date | None = None) -> Portfolio:
    latest = {metric.id: Reading(metric.id, read_on, 1.0)} if read_on else {}
    return replace(portfolio(metrics=(metric,)), latest=latest)


def test_a_promised_reading_that_does_not_come_is_a_gap() -> None:
    (gap,) = gaps_of(company(CALLS, date(2026, 11, 3)), Rule.METRIC_STALE)

    assert gap.why == (
        "“Repeat calls” was last read on 3 November 2026, though it is to be read every month: "
        "a reading was due on 4 December 2026 (importance 5 of 5)."
    )


def test_it_stays_the_same_gap_while_nobody_reads_it() -> None:
    late = company(CALLS, date(2026, 11, 3))

    assert gaps_of(late, Rule.METRIC_STALE) == gaps_of(
        replace(late, today=TODAY + timedelta(days=30)), Rule.METRIC_STALE
    )


def test_a_metric_that_was_never_read_counts_from_its_baseline() -> None:
    (gap,) = gaps_of(company(replace(CALLS, baseline_on=date(2026, 11, 3))), Rule.METRIC_STALE)

    assert gap.why.startswith("“Repeat calls” has never been read, though it is to be read every month:")


def test_silence_without_a_promise_is_no_gap() -> None:
    assert subjects(company(replace(CALLS, cadence=None), date(2000, 1, 1)), Rule.METRIC_STALE) == []
    assert subjects(company(CALLS, TODAY), Rule.METRIC_STALE) == []
