"""What changed in a week, from the audit log: where each thing began and ended, not how often it was touched."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from planning.audit.values import Entry
from planning.digests.values import Changes
from planning.findings.values import Kind
from planning.initiatives.values import Status

Histories = dict[str, list[Entry]]
"""Subject → what happened to it, oldest first."""

_REGISTERED = frozenset({"initiative.registered", "initiative.imported"})
_FOUND = frozenset({"finding.opened", "finding.reopened"})


def changes(entries: Iterable[Entry]) -> Changes:
    """Counts of a week; what was done and undone within it is not counted."""
    histories: Histories = defaultdict(list)
    for entry in entries:
        histories[entry.subject].append(entry)
    initiatives = [history for subject, history in histories.items() if subject.startswith("initiative:")]
    findings = [history for subject, history in histories.items() if subject.startswith("finding:")]
    return Changes(
        registered=_having(initiatives, _REGISTERED),
        started=_arrived_at(initiatives, Status.ACTIVE),
        finished=_arrived_at(initiatives, Status.DONE),
        withdrawn=_arrived_at(initiatives, Status.CANCELLED),
        overlaps_found=_having(_of(findings, Kind.OVERLAP), _FOUND),
        overlaps_settled=sum(1 for history in findings if _settled(history)),
        gaps_closed=sum(1 for history in _of(findings, Kind.GAP) if _stands(history, "finding.closed", _FOUND)),
    )


def _having(histories: Iterable[Sequence[Entry]], verbs: frozenset[str]) -> int:
    return sum(1 for history in histories if any(entry.verb in verbs for entry in history))


def _of(histories: Iterable[Sequence[Entry]], kind: Kind) -> list[Sequence[Entry]]:
    return [history for history in histories if any(entry.details.get("kind") == kind for entry in history)]


def _arrived_at(histories: Iterable[Sequence[Entry]], status: Status) -> int:
    return sum(1 for history in histories if _ended_at(history, status))


def _ended_at(history: Sequence[Entry], status: Status) -> bool:
    """Whether it is in that status now and was not when the week began."""
    moves = [move for entry in history if (move := _move(entry)) is not None]
    return bool(moves) and moves[-1][1] == status and moves[0][0] != status


def _move(entry: Entry) -> tuple[object, object] | None:
    if entry.verb not in ("initiative.status", "initiative.withdrawn"):
        return None
    fallback = Status.CANCELLED if entry.verb == "initiative.withdrawn" else None
    return entry.details.get("from"), entry.details.get("to", fallback)


def _settled(history: Sequence[Entry]) -> bool:
    """Decided for good and not undone; a snooze only puts it off."""
    last = next((entry for entry in reversed(history) if entry.verb in _DECISIONS), None)
    return last is not None and last.verb == "finding.settled" and last.details.get("choice") != "snooze"


def _stands(history: Sequence[Entry], verb: str, undone_by: frozenset[str]) -> bool:
    last = next((entry.verb for entry in reversed(history) if entry.verb == verb or entry.verb in undone_by), None)
    return last == verb


_DECISIONS = frozenset({"finding.settled", "finding.undone"})
