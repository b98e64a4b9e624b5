"""The ledger notices what it is there for."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from planning.audit.values import Entry
from planning.outbox.values import Address, Delivery, Message, MessageKind
from planning.schedules.claiming import OVERTAKEN, TOO_LATE
from planning.schedules.cron import Cron
from planning.schedules.values import Occurrence, OccurrenceState, Schedule, ScheduleKind
from tests import builders
from tests.bot.sandbox.world import Control, Json
from tests.chaos.books import Books, Ledger
from tests.chaos.clocks import Clocks
from tests.chaos.company import EXECUTIVES, STARTS_AT
from tests.chaos.ledger import count_messages, count_order, count_pace, count_verdicts
from tests.chaos.occurrences import count_occurrences, due_times

DAILY = Schedule(1, ScheduleKind.EXECUTIVE, Cron.of("0 9 * * *"), "Europe/Oslo", STARTS_AT, channel=EXECUTIVES)
UNTIL = STARTS_AT + timedelta(days=1)


def message(id: int = 1, **fields: Any) -> Message:
    posting = builders.posting(delivery_key=f"key:{id}", address=Address.channel(EXECUTIVES), kind=MessageKind.IMPORTED)
    sent = {"state": Delivery.SENT, "channel": EXECUTIVES, "ts": f"{id}.0", "shown": 1}
    return builders.message(**{"id": id, "posting": posting, **sent, **fields})


def standing(id: int = 1, ts: str = "") -> Json:
    return {"ts": ts or f"{id}.0", "metadata": {"event_payload": {"delivery_key": f"key:{id}"}}}


def digest(id: int = 1) -> Message:
    posting = builders.posting(delivery_key=f"key:{id}", kind=MessageKind.DIGEST, subject=1)
    return message(id, posting=posting)


def done(**fields: Any) -> Occurrence:
    (due_at,) = due_times(DAILY, UNTIL)
    return replace(Occurrence(1, DAILY.id, due_at, OccurrenceState.DONE, due_at), **fields)


def books(*outbox: Message, stands: list[Json] | None = None, occurrences: tuple[Occurrence, ...] = ()) -> Books:
    return Books(outbox, {DAILY: occurrences}, Counter(), {EXECUTIVES: stands or []})


@pytest.mark.parametrize(
    ("outbox", "stands", "wrong"),
    [
        ([message()], [standing()], 0),
        ([message()], [], 1),
        ([message()], [standing(), standing(ts="2.0")], 2),
        ([], [standing()], 1),
        ([message(state=Delivery.PENDING)], [], 1),
        ([message(state=Delivery.FAILED, error="No.")], [], 1),
        ([message(shown=1, wanted=2)], [standing()], 1),
        ([message(state=Delivery.UNCERTAIN, error="The connection broke.")], [standing()], 0),
        ([message(state=Delivery.UNCERTAIN)], [], 1),
    ],
    ids=["sent", "lost", "doubled", "made up", "left", "failed", "stale", "uncertain", "uncertain without a reason"],
)
def test_a_message_stands_in_slack_as_the_outbox_says(outbox: list[Message], stands: list[Json], wrong: int) -> None:
    ledger = Ledger()

    count_messages(ledger, books(*outbox, stands=stands), UNTIL)

    assert len(ledger.broken) == wrong


def test_messages_stand_in_the_order_in_which_they_were_queued() -> None:
    ledger, late = Ledger(), [standing(2), standing(1)]

    count_order(ledger, books(message(1), message(2), stands=late))

    assert len(ledger.broken) == 1


@pytest.mark.parametrize(
    ("occurrences", "outbox", "wrong"),
    [
        ((done(),), [digest()], 0),
        ((), [], 1),
        ((done(),), [], 1),
        ((done(),), [digest(1), digest(2)], 1),
        ((done(state=OccurrenceState.SKIPPED, reason=TOO_LATE, claimed_at=UNTIL + timedelta(days=9)),), [], 0),
        ((done(state=OccurrenceState.SKIPPED, reason=TOO_LATE),), [], 1),
        ((done(state=OccurrenceState.SKIPPED, reason=OVERTAKEN),), [], 1),
        ((done(state=OccurrenceState.SKIPPED),), [], 1),
        ((done(state=OccurrenceState.FAILED, reason="It failed."),), [], 1),
    ],
    ids=[
        "done",
        "unnoticed",
        "without a message",
        "twice",
        "too late",
        "in time",
        "overtaken by none",
        "no reason",
        "given up",
    ],
)
def test_a_due_time_is_done_once_or_skipped_with_its_reason(
    occurrences: tuple[Occurrence, ...], outbox: list[Message], wrong: int
) -> None:
    ledger = Ledger()

    count_occurrences(ledger, books(*outbox, occurrences=occurrences), UNTIL)

    assert len(ledger.broken) == wrong


def post(at: float) -> Json:
    return {"method": "chat.postMessage", "ok": True, "args": {"channel": EXECUTIVES}, "at": at, "ticked": 100 + at}


@pytest.mark.parametrize(
    ("apart", "clocks", "wrong"),
    [
        (1.0, {}, 0),
        (0.5, {}, 1),
        (0.5, {"leaps": [99.5]}, 0),
        (0.5, {"leaps": [90.0]}, 1),
        (0.5, {"wrong": [(90.0, True)]}, 0),
        (0.5, {"wrong": [(90.0, True), (95.0, False)]}, 1),
    ],
    ids=["at rest", "hurried", "after a leap", "long after", "with a wrong clock", "with one that is right again"],
)
def test_who_hurries_is_excused_only_where_a_replica_could_not_know_the_time(
    apart: float, clocks: dict[str, Any], wrong: int
) -> None:
    ledger = Ledger()

    count_pace(ledger, [post(0.0), post(apart)], Clocks(Control(""), **clocks))

    assert len(ledger.broken) == wrong


@pytest.mark.parametrize(
    ("verbs", "wrong"),
    [
        (["opened", "settled", "undone", "settled"], 0),
        (["settled", "settled"], 1),
        (["settled", "undone", "undone"], 1),
        (["settled", "closed", "reopened", "settled"], 0),
    ],
)
def test_a_verdict_is_given_once(verbs: list[str], wrong: int) -> None:
    ledger = Ledger()
    audit = tuple(Entry(UNTIL, f"finding.{verb}", "finding:1") for verb in verbs)

    count_verdicts(ledger, replace(books(), audit=audit))

    assert len(ledger.broken) == wrong
