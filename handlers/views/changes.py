"""What a proposal would change and what that brings, in sentences."""

from collections.abc import Mapping

from handlers.views.coverage import listed
from planning.findings.facts.base import Who, amount, person_weeks
from planning.findings.facts.contacts import in_weeks
from planning.proposals.changes import Change, ChangeKind, ContactMoved, Days, Merged, Moved, RequestMoved
from planning.proposals.values import Lack, LackKind, Proposed, Wishes
from planning.text import clip, counted
from planning.window import said_between

TITLE, NAME = 60, 40
WEEK = 7
REFERENCES_SHOWN = 8

KEPT: Mapping[ChangeKind, str] = {
    ChangeKind.MOVED: "keeps its dates",
    ChangeKind.CONTACT_MOVED: "keeps the days of its contacts",
    ChangeKind.REQUEST_MOVED: "keeps the weeks of its people",
    ChangeKind.MERGED: "is not given up",
}
"""What is wanted of an initiative when a change is forbidden."""
_FEW_TIMES: Mapping[float, str] = {1: "once", 2: "twice"}


def change_sentence(change: Change) -> str:
    """One change in one plain sentence."""
    match change:
        case Moved():
            later = _weeks_later(change.weeks * WEEK)
            return f"{who_words(change)} begins {later}: {_days(change.after)}."
        case ContactMoved():
            by, whom = clip(change.touchpoint_name, NAME), clip(change.segment_name, NAME)
            instead = f"{_days(change.after)} instead of {_days(change.before)}"
            return f"{who_words(change)} contacts {whom} by {by} {instead}."
        case RequestMoved():
            return _request(change)
        case Merged():
            into = f"CX-{change.into} “{clip(change.into_title, TITLE)}” ({clip(change.into_department, NAME)})"
            return f"{who_words(change)} is given up for {into}."


def who_words(who: Who) -> str:
    """An initiative with its title and its department."""
    return f"{who.reference} “{clip(who.title, TITLE)}” ({clip(who.department, NAME)})"


def before_after(proposed: Proposed) -> str:
    """What is wrong before and after, in numbers, and how much is moved for it."""
    before, after = proposed.before, proposed.after
    told = [
        f"{counted(was, noun, plural)} → {now}"
        for was, now, noun, plural in (
            (before.collisions, after.collisions, "collision", ""),
            (before.crowded_weeks, after.crowded_weeks, "crowded week", ""),
            (before.overloaded_weeks, after.overloaded_weeks, "overloaded week", ""),
            (before.duplicates, after.duplicates, "duplicate", ""),
        )
        if was or now
    ]
    if before.short or after.short:
        told.append(f"{person_weeks(before.short)} short → {amount(after.short)}")
    return ", ".join([*told, *_effort(proposed)])


def lack_sentence(lack: Lack) -> str:
    """What is short although everything that may move is moved."""
    when = f" in {in_weeks(lack.weeks)}" if lack.weeks else ""
    name = clip(lack.name, NAME)
    references = listed([f"CX-{id}" for id in lack.initiatives], REFERENCES_SHOWN) if lack.initiatives else ""
    of = f" ({references})" if references else ""
    whose = f" of {references}" if references else ""
    match lack.kind:
        case LackKind.PEOPLE:
            return f"{name}: {person_weeks(lack.amount)} too few{when}{of}."
        case LackKind.ROOM:
            return f"{name} would hear from us {_times(lack)} too often{when}{of}."
        case LackKind.DAYS:
            days = _amount_of(lack.amount, "day")
            return f"{name}: opposed contacts{whose} would still share {days}{when}."


def wishes_words(wishes: Wishes) -> str:
    """What somebody wanted of it; nothing without wishes."""
    pinned = listed([f"CX-{id}" for id in wishes.pinned], REFERENCES_SHOWN) if wishes.pinned else ""
    told = [f"{pinned} {'stays' if len(wishes.pinned) == 1 else 'stay'} as planned"] if pinned else []
    forbidden = [f"CX-{one.initiative} {KEPT[one.change]}" for one in wishes.forbidden]
    told += forbidden[:REFERENCES_SHOWN]
    if len(forbidden) > REFERENCES_SHOWN:
        told.append(f"…and {len(forbidden) - REFERENCES_SHOWN} more")
    if wishes.avoided:
        told.append(f"it differs from {counted(len(wishes.avoided), 'earlier proposal')}")
    return ", ".join(told)


def _request(change: RequestMoved) -> str:
    people, pool = person_weeks(change.person_weeks), clip(change.pool_name, NAME)
    if change.shared:
        weeks = f"{_amount_of(_weeks(change.after), 'week')} instead of {amount(_weeks(change.before))}"
        return f"{who_words(change)} shares {pool}: its {people} are spread over {weeks}, {_days(change.after)}."
    later = _weeks_later((change.after.start - change.before.start).days)
    return f"{who_words(change)} has its {people} of {pool} {later}: {_days(change.after)}."


def _effort(proposed: Proposed) -> list[str]:
    """How many initiatives are touched, and by how much they move."""
    moved = [change for change in proposed.changes if isinstance(change, Moved)]
    weeks = sum(abs(change.weeks) for change in moved)
    contacts, people, given_up = (
        sum(isinstance(change, kind) for change in proposed.changes) for kind in (ContactMoved, RequestMoved, Merged)
    )
    return [
        *([f"{counted(len(moved), 'initiative')} moved by {counted(weeks, 'week')} in all"] if moved else []),
        *([f"{counted(contacts, 'contact')} moved"] if contacts else []),
        *([f"{counted(people, 'request for people', 'requests for people')} moved"] if people else []),
        *([f"{counted(given_up, 'initiative')} given up"] if given_up else []),
    ]


def _weeks_later(days: int) -> str:
    weeks, rest = divmod(abs(days), WEEK)
    length = counted(abs(days), "day") if rest else counted(weeks, "week")
    return f"{length} {'later' if days >= 0 else 'earlier'}"


def _weeks(days: Days) -> float:
    return round(((days.end - days.start).days + 1) / WEEK, 1)


def _amount_of(value: float, noun: str) -> str:
    return f"{amount(value)} {noun}{'' if value == 1 else 's'}"


def _times(lack: Lack) -> str:
    times = _FEW_TIMES.get(lack.amount, f"{amount(lack.amount)} times")
    return f"up to {times} a week" if len(lack.weeks) > 1 else times


def _days(days: Days) -> str:
    return said_between(days.start, days.end)
