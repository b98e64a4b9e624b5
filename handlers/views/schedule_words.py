"""Schedules in plain words: what each is, what became of it, and what its buttons say."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.views.agreement.words import moment
from planning.outbox.values import Delivery
from planning.schedules.values import Occurrence, OccurrenceState, Schedule, ScheduleKind
from planning.text import clip

NAME_SHOWN, REASON_SHOWN = 50, 240
NOBODY = "a department that is gone"
AGAIN = "It did not work, and is tried again then."


@dataclass(frozen=True, slots=True)
class Words:
    """How one kind is spoken of. `asks` is what the person confirms before it is done out of turn."""

    title: str
    button: str
    asks: str
    done: str = "done"


WORDS: Mapping[ScheduleKind, Words] = {
    ScheduleKind.PERSONAL: Words("Your list of what needs you", "Send now", "You get the list now.", "sent"),
    ScheduleKind.EXECUTIVE: Words(
        "The executives’ digest", "Send now", "Everybody in the executives’ channel will see it.", "sent"
    ),
    ScheduleKind.DEPARTMENT: Words(
        "Digest of {department}", "Send now", "Everybody in the department’s channel will see it.", "sent"
    ),
    ScheduleKind.CHECK_IN: Words(
        "Check-ins: owners say how their initiatives stand", "Ask now", "Owners whose turn it is are asked now."
    ),
    ScheduleKind.PULSE: Words(
        "The pulse: a few people say what works on which stage",
        "Ask now",
        "If a pulse is due in this quarter, people are asked now.",
    ),
    ScheduleKind.SEASON: Words(
        "The planning season of the coming quarter",
        "Open now",
        "If it is not open yet, the leads of each shared stage are told now.",
    ),
    ScheduleKind.NIGHTLY: Words(
        "The nightly pass: overlaps and gaps are found anew", "Run now", "What is new is told to its leads as usual."
    ),
    ScheduleKind.ESCALATION: Words(
        "Decisions: what leads left open is put before the executives",
        "Run now",
        "What is due for a decision is asked of the executives now.",
    ),
}


ARRIVALS: Mapping[Delivery, str] = {
    Delivery.PENDING: "on its way",
    Delivery.SENDING: "on its way",
    Delivery.FAILED: "did not arrive. Stewards see why on their Home tab.",
    Delivery.UNCERTAIN: "may not have arrived. Stewards see more on their Home tab.",
    Delivery.DROPPED: "settled by a steward",
}
"""What is said of a digest that Slack has not shown."""


def title_of(schedule: Schedule, departments: Mapping[int, str]) -> str:
    """What it is."""
    return WORDS[schedule.kind].title.format(department=clip(departments.get(schedule.subject, NOBODY), NAME_SHOWN))


def became(occurrence: Occurrence, kind: ScheduleKind, zone: str, arrival: Delivery | None = None) -> str:
    """What became of one due time, and when; `arrival` says how far its message has come."""
    at = moment(occurrence.due_at, zone)
    reason = clip(occurrence.reason, REASON_SHOWN)
    match occurrence.state:
        case OccurrenceState.DONE:
            return f"{at}: {ARRIVALS.get(arrival, WORDS[kind].done) if arrival else WORDS[kind].done}"
        case OccurrenceState.SKIPPED:
            return f"{at}: left out. {reason}"
        case OccurrenceState.FAILED:
            return f"{at}: failed. {reason}"
        case OccurrenceState.RUNNING:
            return f"{at}: under way"
    if occurrence.not_before is None or not (reason or occurrence.failures):
        return f"{at}: on its way"
    return f"{at}: waits until {moment(occurrence.not_before, zone)}. {reason or AGAIN}"
