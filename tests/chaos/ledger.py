"""The ledger: every due time and message accounted for, from the database and from what really stands in Slack."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from handlers.ids import Action
from planning.outbox.values import Delivery, Message, MessageKind
from tests.bot.sandbox.world import Json
from tests.chaos.books import Books, Ledger, key_of
from tests.chaos.clocks import Clocks
from tests.chaos.occurrences import count_occurrences
from tests.chaos.traffic import Traffic
from tests.chaos.world import World

APART_S = 0.95
"""Slack takes one message a second and channel; so much of it is left where its own clock counts."""
HEARD_S = 1.0
"""So long after a clock was moved, somebody may still send what they took on before they heard of it."""
DECIDED = {Action.OVERLAP_COORDINATE: "finding.settled", Action.OVERLAP_UNDO: "finding.undone"}
"""What the record says of an overlap after these were pressed."""
GONE = "finding.closed"
AT_THEIR_HOUR = frozenset(
    {
        MessageKind.ALERT,
        MessageKind.ALERTS,
        MessageKind.NEWS,
        MessageKind.JOINED,
        MessageKind.DECISION,
        MessageKind.SEASON,
        MessageKind.PACK,
        MessageKind.CHECK_IN,
        MessageKind.STUCK,
    }
)
"""What waits for somebody's hours of work, while others go ahead."""


def counted(world: World, traffic: Traffic, until: datetime) -> Ledger:
    """Go through everything; `until` is the moment up to which all that was due must be accounted for."""
    ledger, books = Ledger(), Books.of(world)
    count_messages(ledger, books, until)
    count_order(ledger, books)
    count_occurrences(ledger, books, until)
    count_promises(ledger, books, traffic)
    count_pace(ledger, world.calls, world.clocks)
    return ledger


def count_messages(ledger: Ledger, books: Books, until: datetime) -> None:
    """Each queued message stands in Slack as often as the outbox says, and nothing else of ours does."""
    places = books.places()
    for message in books.outbox:
        if meant_for_later(message, until):
            ledger.counts["message meant for later"] += 1
            continue
        ledger.counts[f"message {message.state}"] += 1
        _check_message(ledger, message, places.pop(message.posting.delivery_key, []))
    for key, stands in places.items():
        ledger.wrong(f"{key} stands in Slack {len(stands)} times, and nobody queued it")


def _check_message(ledger: Ledger, message: Message, stands: list[tuple[str, str]]) -> None:
    key, state = message.posting.delivery_key, message.state
    if len(stands) > 1:
        ledger.wrong(f"{key} stands in Slack {len(stands)} times: {stands}")
    if state is Delivery.SENT and stands != [(message.channel, message.ts)] and not _is_file(message):
        ledger.wrong(f"{key} is said to be in {message.channel} at {message.ts}, but stands in {stands}")
    if state is Delivery.SENT and message.shown != message.wanted:
        ledger.wrong(f"{key} is shown as it was at {message.shown}, not as at {message.wanted}: {message.error}")
    if state in (Delivery.PENDING, Delivery.SENDING, Delivery.FAILED):
        ledger.wrong(f"{key} is {state}: {message.error} (tried {message.attempts} times, due {message.not_before})")
    if state is Delivery.DROPPED and stands:
        ledger.wrong(f"{key} was dropped, but stands in {stands}")
    if state is Delivery.UNCERTAIN:
        ledger.uncertain.append(f"{key}: {message.error} ({'is' if stands else 'is not'} there)")
        if not message.error:
            ledger.wrong(f"{key} is uncertain and does not say why")


def count_order(ledger: Ledger, books: Books) -> None:
    """In each conversation the messages stand in the order in which they were queued."""
    queued = {message.posting.delivery_key: message for message in books.outbox}
    for channel, messages in books.conversations.items():
        ours = [queued[key] for one in messages if (key := key_of(one)) in queued]
        plain = [one for one in ours if not one.posting.follows and one.posting.kind not in AT_THEIR_HOUR]
        ledger.counts["order looked at"] += len(plain)
        for before, after in pairwise(plain):
            if before.id > after.id:
                ledger.wrong(f"in {channel}, {_named(before)} stands before {_named(after)}")


def count_promises(ledger: Ledger, books: Books, traffic: Traffic) -> None:
    """What somebody was told is kept is there, and nothing that they tried is there twice."""
    keys = {message.posting.delivery_key for message in books.outbox}
    for key in traffic.queued:
        if key not in keys:
            ledger.wrong(f"{key} was queued, and is gone")
    for title in traffic.registered:
        if books.titles[title] != 1:
            ledger.wrong(f"“{title}” was taken, and is registered {books.titles[title]} times")
    for action, id in traffic.pressed:
        _check_pressed(ledger, books, Action(action), id)
    count_verdicts(ledger, books)
    for title, times in books.titles.items():
        if times > 1 and " by plan " in title:
            ledger.wrong(f"“{title}” is registered {times} times")
    ledger.counts["forms acknowledged"] = len(traffic.registered)
    ledger.counts["buttons acknowledged"] = len(traffic.pressed)
    ledger.counts.update(traffic.tried)


def _check_pressed(ledger: Ledger, books: Books, action: Action, id: int) -> None:
    """What was pressed has been done, by this press or by an earlier one; what has gone or is asked anew is not."""
    if action in DECIDED:
        verbs = {entry.verb for entry in books.audit if entry.subject == f"finding:{id}"}
        if DECIDED[action] not in verbs and GONE not in verbs:
            ledger.wrong(f"{action} of overlap {id} was acknowledged, and nothing came of it but {sorted(verbs)}")
        return
    pressed = next(one for one in books.check_ins if one.id == id)
    newest = max(one.asked_at for one in books.check_ins if one.initiative == pressed.initiative)
    if pressed.answer is None and pressed.asked_at == newest:
        ledger.wrong(f"check-in {id} was answered and acknowledged, and has no answer")


def count_verdicts(ledger: Ledger, books: Books) -> None:
    """No verdict is given twice, nor taken back twice, without the other in between."""
    last: dict[str, str] = {}
    for entry in books.audit:
        if entry.verb.startswith("finding."):
            twice = last.get(entry.subject) == entry.verb
            if twice and entry.verb in DECIDED.values():
                ledger.wrong(f"{entry.subject} has {entry.verb} twice, again at {entry.at} by {entry.actor}")
            last[entry.subject] = entry.verb
            ledger.counts[f"record of {entry.verb}"] += 1


def count_pace(ledger: Ledger, calls: Iterable[Json], clocks: Clocks) -> None:
    """No conversation is hurried, by Slack's clock, but where a replica could not know what time it was."""
    last: dict[str, Json] = {}
    for call in calls:
        if call["method"] == "chat.postMessage" and call["ok"]:
            ledger.counts["posts taken by Slack"] += 1
            channel = call["args"]["channel"]
            before, last[channel] = last.get(channel), call
            if before is not None:
                _check_pace(ledger, clocks, before, call)


def _check_pace(ledger: Ledger, clocks: Clocks, before: Json, call: Json) -> None:
    since, until = before["ticked"] - HEARD_S, call["ticked"]
    wrong, hurried = clocks.disagreed(since, until), call["at"] - before["at"] < APART_S
    ledger.counts["pace looked at"] += not wrong
    ledger.counts["pace looked at while a clock was wrong"] += wrong
    if hurried and wrong:
        ledger.counts["hurried, excused: a clock was wrong"] += 1
    elif hurried and clocks.leapt(since, until):
        ledger.counts["hurried, excused: time had just leapt"] += 1
    elif hurried:
        ledger.wrong(f"two messages within {call['at'] - before['at']:.2f} s in {call['args']['channel']}")


def meant_for_later(message: Message, now: datetime) -> bool:
    """Whether it is not to be sent before an hour that has not come."""
    later = message.not_before is not None and message.not_before > now
    return message.state is Delivery.PENDING and message.attempts == 0 and later


def _is_file(message: Message) -> bool:
    return message.posting.kind in (MessageKind.CALENDAR, MessageKind.PACK)


def _named(message: Message) -> str:
    return f"{message.posting.delivery_key} (no. {message.id}, {message.attempts} tries)"
