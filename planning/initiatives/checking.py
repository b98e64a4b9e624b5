"""Whether a draft can be registered; each fault is told at its field with what to do."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from planning.errors import FieldError
from planning.initiatives.values import Draft
from planning.journey.values import Journey
from planning.metrics.values import Metric
from planning.problems.values import Problem
from planning.register import Register
from planning.resources.values import Pool
from planning.text import PROBLEM_MAX, TITLE_MAX, clean, one_line
from planning.window import LONGEST, Window
from planning.workspace.values import Department

LINK_MAX = 2000
LINKS_MAX = 20
PERSON_WEEKS_MAX = 10_000
"""The most that one request may ask of a pool."""
TOO_LONG = "Choose days within three years of each other."
_LINK = re.compile(r"https?://[^\s<>|]+")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a draft may name."""

    journey: Journey
    departments: Sequence[Department]
    metrics: Sequence[Metric] = ()
    pools: Sequence[Pool] = ()
    problems: Sequence[Problem] = ()

    @classmethod
    def of(cls, register: Register) -> "Vocabulary":
        """That of a workspace, as it is now."""
        return cls(
            register.journeys.current(),
            register.departments.all(),
            register.metrics.all(),
            register.pools.all(),
            register.problems.all(),
        )


def checked(draft: Draft, known: Vocabulary) -> Draft:
    """The draft with its text cleaned and nothing said twice; raises FieldError with every fault that it has."""
    tidy = replace(
        draft,
        title=one_line(draft.title),
        problem=clean(draft.problem),
        links=_once(filter(None, map(one_line, draft.links))),
        effects=_once(draft.effects),
        supplies=_once(draft.supplies),
    )
    faults = [(field, check(tidy, known)) for field, check in CHECKS]
    errors = {field: fault for field, fault in reversed(faults) if fault is not None}
    if errors:
        raise FieldError(errors)
    return tidy


def may_ask_for(person_weeks: float) -> bool:
    """Whether a request may be for as many person-weeks."""
    return 0 < person_weeks <= PERSON_WEEKS_MAX


def _title(draft: Draft, _known: Vocabulary) -> str | None:
    if not draft.title:
        return "Give it a title, a few words are enough."
    if len(draft.title) > TITLE_MAX:
        return f"Use at most {TITLE_MAX} characters; this has {len(draft.title)}."
    return None


def _problem(draft: Draft, _known: Vocabulary) -> str | None:
    if len(draft.problem) > PROBLEM_MAX:
        return f"Use at most {PROBLEM_MAX} characters; this has {len(draft.problem)}."
    return None


def _department(draft: Draft, known: Vocabulary) -> str | None:
    there = any(department.id == draft.department for department in known.departments)
    return None if there else "Choose your department; the one chosen is no longer there."


def _stages(draft: Draft, known: Vocabulary) -> str | None:
    return _gone(draft.stages, known.journey.stage_names(), "stage")


def _segments(draft: Draft, known: Vocabulary) -> str | None:
    return _gone(draft.segments, known.journey.segment_names(), "segment")


def _touchpoints(draft: Draft, known: Vocabulary) -> str | None:
    return _gone(draft.touchpoints, known.journey.touchpoint_names(), "touchpoint")


def _days(draft: Draft, _known: Vocabulary) -> str | None:
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        return "Choose an end on or after the start."
    return None


def movable_fault(movable: Window | None, starts_on: date | None, ends_on: date | None) -> str | None:
    """What to do about days within which an initiative cannot be moved, because it takes longer."""
    if movable is None:
        return None
    days = (ends_on - starts_on).days + 1 if starts_on and ends_on else 1
    if movable.days < days:
        return f"It takes {days:,} days, so leave room for as many, or leave both days empty."
    return _too_long([movable])


def _movable(draft: Draft, _known: Vocabulary) -> str | None:
    return movable_fault(draft.movable, draft.starts_on, draft.ends_on)


def _links(draft: Draft, _known: Vocabulary) -> str | None:
    if len(draft.links) > LINKS_MAX:
        return f"Keep at most {LINKS_MAX} links."
    for link in draft.links:
        if len(link) > LINK_MAX or not _LINK.fullmatch(link):
            return f"“{link[:60]}” is not a web address; begin with https://, one on each line."
    return None


def _contacts(draft: Draft, known: Vocabulary) -> str | None:
    segments, touchpoints = known.journey.segment_names(), known.journey.touchpoint_names()
    for contact in draft.contacts:
        if contact.segment not in segments or contact.touchpoint not in touchpoints:
            return "Choose the segment and the touchpoint again; one of them is no longer there."
    return _too_long(contact.window for contact in draft.contacts)


def _effects(draft: Draft, known: Vocabulary) -> str | None:
    chosen = [effect.metric for effect in draft.effects]
    if len(set(chosen)) < len(chosen):
        return "Say of each metric one way only, up or down."
    return _gone(chosen, {metric.id for metric in known.metrics}, "metric")


def _requests(draft: Draft, known: Vocabulary) -> str | None:
    if not all(may_ask_for(request.person_weeks) for request in draft.requests):
        return f"Ask for more than 0 and at most {PERSON_WEEKS_MAX:,} person-weeks."
    gone = _gone([request.pool for request in draft.requests], {pool.id for pool in known.pools}, "pool")
    return gone or _too_long(request.window for request in draft.requests)


def _serves(draft: Draft, known: Vocabulary) -> str | None:
    chosen = [] if draft.serves is None else [draft.serves]
    return _gone(chosen, {problem.id for problem in known.problems}, "customer problem")


Check = Callable[[Draft, Vocabulary], str | None]
CHECKS: tuple[tuple[str, Check], ...] = (
    ("title", _title),
    ("problem", _problem),
    ("stages", _stages),
    ("department", _department),
    ("segments", _segments),
    ("touchpoints", _touchpoints),
    ("ends_on", _days),
    ("movable_until", _movable),
    ("links", _links),
    ("contacts", _contacts),
    ("effects", _effects),
    ("requests", _requests),
    ("serves", _serves),
)
"""Parts of a fix without a problem are no fault: they count as soon as the problem is chosen."""


def _once(said: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(said))


def _too_long(windows: Iterable[Window]) -> str | None:
    longest = max((window.days for window in windows), default=0)
    return TOO_LONG if longest > LONGEST else None


def _gone(chosen: Sequence[int], known: Collection[int], what: str) -> str | None:
    missing = [id for id in chosen if id not in known]
    return f"A {what} you chose was removed meanwhile; choose again." if missing else None
