"""What a change means for the findings: found at once in a small portfolio, behind the acknowledgement in a large one.

Behind it, what takes long is looked up while others write, and written only when nothing has changed meanwhile.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from planning.alerts.announcing import announce
from planning.errors import PlanningError
from planning.findings.queueing import Change, Detection
from planning.findings.refreshing import Changes, Seen, look, write
from planning.findings.values import Member, Subject, Verdict
from planning.portfolio.recording import measure
from planning.register import Register

AT_ONCE = 1_500
"""Among so many live initiatives everything is found within a fraction of the time that Slack waits."""


class Overtaken(PlanningError):
    """Somebody else has taken these changes on meanwhile."""


def detect(register: Register, change: Change, now: datetime) -> bool:
    """Bring what depends on the change up to date and tell of it; False when that waits in the queue."""
    if register.initiatives.count_live(AT_ONCE + 1) > AT_ONCE:
        register.detections.add(change, now)
        return False
    carry_out(register, change, look(register, now, change.changed, change.confirmed), now)
    return True


def carry_out(register: Register, change: Change, seen: Seen, now: datetime) -> Changes:
    """Write what was seen, with what the registrant said of it, and tell whom it concerns."""
    changes = write(register, seen, now)
    _answer(register, change, now)
    announce(register, changes, None if change.actor is None else register.people.by_id(change.actor), now)
    if change.nightly:
        measure(register, now)
    return changes


def settle(register: Register, detections: Sequence[Detection], change: Change, seen: Seen, now: datetime) -> Changes:
    """Carry out what these asked for, and have them gone with it. Raises Overtaken."""
    for one in detections:
        if not register.detections.settle(one):
            raise Overtaken("Somebody else has taken these changes on meanwhile.")
    return carry_out(register, change, seen, now)


def joined(detections: Iterable[Detection]) -> list[tuple[tuple[Detection, ...], Change]]:
    """Those that can be looked up at once, each with the change that they are together; in their order."""
    parts: dict[object, list[Detection]] = {}
    for one in detections:
        change = one.change
        alone = one.id if change.answers or change.confirmed else None
        parts.setdefault((change.actor, change.nightly, change.changed is None, alone), []).append(one)
    return [(tuple(part), _together([one.change for one in part])) for part in parts.values()]


def _together(changes: Sequence[Change]) -> Change:
    """Of one actor and of one kind."""
    if len(changes) == 1 or changes[0].changed is None:
        return changes[0]
    return replace(changes[0], changed=tuple(one for change in changes for one in change.changed or ()))


def _answer(register: Register, change: Change, now: datetime) -> None:
    """Write to the findings that it is part of what the registrant said on saving; the leads still decide.

    One that was found for somebody else's change meanwhile is there already.
    """
    if change.actor is None or not change.answers or not change.changed:
        return
    for finding in register.findings.touching([Member(Subject.INITIATIVE, change.changed[0].id)]):
        choice = next((change.answers[id] for id in finding.found.initiatives() if id in change.answers), None)
        if choice is not None and finding.closed_at is None and finding.answer is None:
            said = Verdict(choice, change.actor, now, finding.found.covers)
            register.findings.save(replace(finding, answer=said), now)
