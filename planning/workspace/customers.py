"""The stewards' lists of customers: segments, which may be parts of larger ones, and touchpoints."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planning.audit.values import Entry
from planning.errors import FieldError
from planning.journey.values import Journey, Segment, Touchpoint
from planning.journey.versioning import put_on_record
from planning.register import Register
from planning.text import NAME_MAX, clip, one_line
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person

USED_TOLD, USERS_TOLD, TITLE_TOLD = 3, 3, 40


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Names as they are written and, of parts, what they are part of; both by the name in small letters."""

    names: Mapping[str, str]
    parents: Mapping[str, str]


def save_customers(
    register: Register,
    segments: Sequence[tuple[str, str]],
    touchpoints: Sequence[str],
    actor: Person,
    now: datetime,
) -> Journey:
    """The segments, as (name, what it is part of or nothing), and the touchpoints. The same name is the same one.

    What a segment is part of needs no line of its own. A missing one is removed when no initiative uses it.
    """
    check_steward(register, actor)
    journey = register.journeys.current()
    groups, ways = _groups(segments, journey), _ways(touchpoints)
    gone = [one for one in journey.segments if one.name.casefold() not in groups.names]
    unmet = [one for one in journey.touchpoints if one.name.casefold() not in ways]
    _check_unused(register, gone, unmet)
    _save_segments(register, journey, groups, gone)
    _save_touchpoints(register, journey, ways, unmet)
    details: dict[str, object] = {"segments": [*groups.names.values()], "touchpoints": [*ways.values()]}
    return put_on_record(register, journey, Entry(now, "customers.saved", "journey", actor.id, details), actor, now)


def _groups(lines: Sequence[tuple[str, str]], journey: Journey) -> _Wanted:
    said = [(one_line(name), one_line(parent)) for name, parent in lines if one_line(name)]
    spelled = {segment.name.casefold(): segment.name for segment in journey.segments}
    names = {name.casefold(): name for name, _ in said}
    for _, parent in said:
        if parent:
            names.setdefault(parent.casefold(), spelled.get(parent.casefold(), parent))
    _check_lengths("segments", names.values())
    parents: dict[str, str] = {}
    for name, parent in said:
        if parent and parents.setdefault(name.casefold(), parent.casefold()) != parent.casefold():
            both = f"“{names[parents[name.casefold()]]}” and “{parent}”"
            raise FieldError({"segments": f"“{name}” is part of both {both}; keep one of them."})
    _check_no_circle(names, parents)
    return _Wanted(names, parents)


def _ways(lines: Sequence[str]) -> dict[str, str]:
    names = {name.casefold(): name for line in lines if (name := one_line(line))}
    _check_lengths("touchpoints", names.values())
    return names


def _check_lengths(field: str, names: Iterable[str]) -> None:
    long = next((name for name in names if len(name) > NAME_MAX), None)
    if long is not None:
        raise FieldError({field: f"“{long[:30]}…” is too long; use at most {NAME_MAX} characters for a name."})


def _check_no_circle(names: Mapping[str, str], parents: Mapping[str, str]) -> None:
    for start in parents:
        passed, current = {start}, parents.get(start)
        while current is not None and current not in passed:
            passed.add(current)
            current = parents.get(current)
        if current is not None:
            raise FieldError({"segments": f"“{names[current]}” would be part of itself; take one “>” away."})


def _check_unused(register: Register, segments: Sequence[Segment], touchpoints: Sequence[Touchpoint]) -> None:
    told = {
        "segments": _in_use(register, segments, register.journeys.segment_users()),
        "touchpoints": _in_use(register, touchpoints, register.journeys.touchpoint_users()),
    }
    errors = {field: text for field, text in told.items() if text}
    if errors:
        raise FieldError(errors)


def _in_use(
    register: Register, missing: Sequence[Segment] | Sequence[Touchpoint], users: Mapping[int, Sequence[int]]
) -> str:
    used = [(one.name, users[one.id]) for one in missing if one.id in users]
    if not used:
        return ""
    told = [f"“{name}” is used by {_told_users(register, ids)}" for name, ids in used[:USED_TOLD]]
    more = f" and {len(used) - USED_TOLD} more are in use" if len(used) > USED_TOLD else ""
    return f"{', '.join(told)}{more}, finished ones included. Put the line back, or take it off them first."


def _told_users(register: Register, ids: Sequence[int]) -> str:
    named = [f"CX-{id} {clip(register.initiatives.by_id(id).draft.title, TITLE_TOLD)}" for id in ids[:USERS_TOLD]]
    more = f" and {len(ids) - USERS_TOLD} more" if len(ids) > USERS_TOLD else ""
    return f"{len(ids)} {'initiative' if len(ids) == 1 else 'initiatives'} ({', '.join(named)}{more})"


def _save_segments(register: Register, journey: Journey, groups: _Wanted, gone: Sequence[Segment]) -> None:
    known = {segment.name.casefold(): segment for segment in journey.segments}
    for key in [key for key in groups.names if key not in known]:
        known[key] = register.journeys.add_segment(groups.names[key])
    for key, name in groups.names.items():
        parent = known[groups.parents[key]].id if key in groups.parents else None
        saved = replace(known[key], name=name, parent=parent)
        if saved != known[key]:
            register.journeys.save_segment(saved)
    lineages = journey.lineages()
    for segment in sorted(gone, key=lambda one: len(lineages[one.id]), reverse=True):
        register.journeys.remove_segment(segment.id)


def _save_touchpoints(
    register: Register, journey: Journey, ways: Mapping[str, str], unmet: Sequence[Touchpoint]
) -> None:
    known = {touchpoint.name.casefold(): touchpoint for touchpoint in journey.touchpoints}
    for key, name in ways.items():
        if key not in known:
            register.journeys.add_touchpoint(name)
        elif known[key].name != name:
            register.journeys.save_touchpoint(replace(known[key], name=name))
    for touchpoint in unmet:
        register.journeys.remove_touchpoint(touchpoint.id)
