from typing import Any

from planning.audit.values import Entry
from planning.digests.counting import changes
from tests.planning.portfolios import NOON


def entry(verb: str, subject: str = "initiative:1", **details: Any) -> Entry:
    return Entry(NOON, verb, subject, details=details)


def test_registered_counts_initiatives_from_forms_and_from_imports() -> None:
    counted = changes([entry("initiative.registered"), entry("initiative.imported", "initiative:2")])

    assert counted.registered == 2


def test_a_status_counts_where_it_ended_and_not_how_often_it_moved() -> None:
    counted = changes(
        [
            entry("initiative.status", **{"from": "planned", "to": "active"}),
            entry("initiative.status", **{"from": "active", "to": "paused"}),
            entry("initiative.status", **{"from": "paused", "to": "active"}),
            entry("initiative.status", "initiative:2", **{"from": "active", "to": "done"}),
        ]
    )

    assert (counted.started, counted.finished) == (1, 1)


def test_a_withdrawal_that_was_undone_is_not_counted() -> None:
    undone = [
        entry("initiative.withdrawn", **{"from": "active", "to": "cancelled"}),
        entry("initiative.status", **{"from": "cancelled", "to": "active"}),
    ]

    assert changes(undone).withdrawn == 0
    assert changes(undone[:1]).withdrawn == 1
    assert changes(undone).started == 0


def test_overlaps_and_gaps_are_told_apart() -> None:
    counted = changes(
        [
            entry("finding.opened", "finding:1", kind="overlap"),
            entry("finding.opened", "finding:2", kind="gap"),
            entry("finding.closed", "finding:2", kind="gap"),
            entry("finding.closed", "finding:3", kind="overlap"),
        ]
    )

    assert (counted.overlaps_found, counted.gaps_closed) == (1, 1)


def test_a_gap_that_came_back_is_not_closed() -> None:
    assert (
        changes([entry(f"finding.{verb}", "finding:2", kind="gap") for verb in ("closed", "reopened")]).gaps_closed == 0
    )


def test_decided_leaves_out_what_was_undone_or_put_off() -> None:
    counted = changes(
        [
            entry("finding.settled", "finding:1", choice="plan"),
            entry("finding.settled", "finding:2", choice="coordinate"),
            entry("finding.undone", "finding:2", choice="coordinate"),
            entry("finding.settled", "finding:3", choice="snooze"),
        ]
    )

    assert counted.overlaps_settled == 1
