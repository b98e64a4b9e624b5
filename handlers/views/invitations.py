"""Invitations as .ics files, which every calendar opens: the session of a plan, and the day of its review."""

from datetime import timedelta

from icalendar import Calendar, Event

from handlers.views.plans import PlanShown, subject_words
from planning.plans.telling import SESSION
from planning.text import clip

LASTS = timedelta(hours=1)
SUMMARY, FACT, MEMBER = 200, 400, 150
SHOWN = 10
MIMETYPE = "text/calendar"


def invitation_ics(shown: PlanShown, what: str, workspace: str) -> bytes:
    """The file; a later revision of the same plan takes the place of the event that a calendar has of it."""
    event = _event(shown, what, workspace)
    event.add("sequence", 2 * shown.plan.revision)
    return _file("PUBLISH", event)


def cancellation_ics(shown: PlanShown, what: str, workspace: str) -> bytes:
    """The file that takes the event out again; of the same revision, it counts for more than the invitation."""
    event = _event(shown, what, workspace)
    event.add("sequence", 2 * shown.plan.revision + 1)
    event.add("status", "CANCELLED")
    return _file("CANCEL", event)


def invitation_name(shown: PlanShown, what: str, *, off: bool = False) -> str:
    """What the file is called on disk."""
    return f"plan-{shown.plan.id}-{what}{'-off' if off else ''}.ics"


def invitation_title(shown: PlanShown, what: str) -> str:
    """What it is called on screen, and in the calendar."""
    told = "Plan together" if what == SESSION else "Review of the plan"
    return clip(f"{told}: {subject_words(shown)}", SUMMARY)


def _file(method: str, event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Concord//Plans//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(shown: PlanShown, what: str, workspace: str) -> Event:
    plan, event = shown.plan, Event()
    event.add("uid", f"plan-{plan.id}-{what}@{workspace}.concord")
    event.add("dtstamp", plan.changed_at or plan.opened_at)
    event.add("summary", invitation_title(shown, what))
    event.add("description", _description(shown))
    if what == SESSION and plan.terms.session_at is not None:
        event.add("dtstart", plan.terms.session_at)
        event.add("dtend", plan.terms.session_at + LASTS)
    elif plan.terms.review_on is not None:
        event.add("dtstart", plan.terms.review_on)
        event.add("dtend", plan.terms.review_on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event


def _description(shown: PlanShown) -> str:
    """The goal, what Concord found, and what it is about, a line each."""
    facts = shown.finding.found.facts[:2] if shown.finding else ()
    members = [f"{one.reference} {clip(one.draft.title, MEMBER)}" for one in shown.initiatives[:SHOWN]]
    hidden = len(shown.initiatives) - SHOWN
    lines = [
        *([f"Goal: {shown.plan.terms.goal}"] if shown.plan.terms.goal else []),
        *(clip(fact.sentence, FACT) for fact in facts),
        *members,
        *([f"…and {hidden} more"] if hidden > 0 else []),
    ]
    return "\n".join(lines)
