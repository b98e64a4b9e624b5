"""Whether a draft can be registered; each fault is told at its field with what to do."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from planning.errors import FieldError
from planning.initiatives.values import Draft
from planning.journey.values import Journey
from planning.text import PROBLEM_MAX, TITLE_MAX, clean, one_line
from planning.workspace.values import Department

LINK_MAX = 2000
LINKS_MAX = 20
_LINK = re.compile(r"https?://[^\s<>|]+")


def checked(draft: Draft, journey: Journey, departments: Sequence[Department]) -> Draft:
    """The draft with its text cleaned; raises FieldError with every fault that it has."""
    tidy = replace(draft, title=one_line(draft.title), problem=clean(draft.problem), links=_tidy(draft.links))
    faults = [(field, check(tidy, journey, departments)) for field, check in CHECKS]
    errors = {field: fault for field, fault in reversed(faults) if fault is not None}
    if errors:
        raise FieldError(errors)
    return tidy


def _title(draft: Draft, _journey: Journey, _departments: Sequence[Department]) -> str | None:
    if not draft.title:
        return "Give it a title, a few words are enough."
    if len(draft.title) > TITLE_MAX:
        return f"Use at most {TITLE_MAX} characters; this has {len(draft.title)}."
    return None


def _problem(draft: Draft, _journey: Journey, _departments: Sequence[Department]) -> str | None:
    if len(draft.problem) > PROBLEM_MAX:
        return f"Use at most {PROBLEM_MAX} characters; this has {len(draft.problem)}."
    return None


def _department(draft: Draft, _journey: Journey, departments: Sequence[Department]) -> str | None:
    known = any(department.id == draft.department for department in departments)
    return None if known else "Choose your department; the one chosen is no longer there."


def _stages(draft: Draft, journey: Journey, _departments: Sequence[Department]) -> str | None:
    return _gone(draft.stages, journey.stage_names(), "stage")


def _segments(draft: Draft, journey: Journey, _departments: Sequence[Department]) -> str | None:
    return _gone(draft.segments, journey.segment_names(), "segment")


def _touchpoints(draft: Draft, journey: Journey, _departments: Sequence[Department]) -> str | None:
    return _gone(draft.touchpoints, journey.touchpoint_names(), "touchpoint")


def _days(draft: Draft, _journey: Journey, _departments: Sequence[Department]) -> str | None:
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        return "Choose an end on or after the start."
    return None


def _links(draft: Draft, _journey: Journey, _departments: Sequence[Department]) -> str | None:
    if len(draft.links) > LINKS_MAX:
        return f"Keep at most {LINKS_MAX} links."
    for link in draft.links:
        if len(link) > LINK_MAX or not _LINK.fullmatch(link):
            return f"“{link[:60]}” is not a web address; begin with https://, one on each line."
    return None


def _contacts(draft: Draft, journey: Journey, _departments: Sequence[Department]) -> str | None:
    segments, touchpoints = journey.segment_names(), journey.touchpoint_names()
    for contact in draft.contacts:
        if contact.segment not in segments or contact.touchpoint not in touchpoints:
            return "Choose the segment and the touchpoint again; one of them is no longer there."
    return None


Check = Callable[[Draft, Journey, Sequence[Department]], str | None]
CHECKS: tuple[tuple[str, Check], ...] = (
    ("title", _title),
    ("problem", _problem),
    ("stages", _stages),
    ("department", _department),
    ("segments", _segments),
    ("touchpoints", _touchpoints),
    ("ends_on", _days),
    ("links", _links),
    ("contacts", _contacts),
)


def _tidy(links: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tidy for link in links if (tidy := one_line(link))))


def _gone(chosen: Sequence[int], known: dict[int, str], what: str) -> str | None:
    missing = [id for id in chosen if id not in known]
    return f"A {what} you chose was removed meanwhile; choose again." if missing else None
