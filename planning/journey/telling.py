"""What was changed between two versions of the journey, in short sentences."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from planning.journey.values import HandOff, Journey, Segment, Stage

NAMES_TOLD = 8


class _Kept(Protocol):
    @property
    def id(self) -> int: ...


class _Named(_Kept, Protocol):
    @property
    def name(self) -> str: ...


K = TypeVar("K", bound=_Kept)

STAGE_WORDS: Mapping[str, str] = {
    "definition": "definition",
    "customer_goal": "customer's goal",
    "intent": "intent",
    "brand_value": "brand value",
    "weight": "weight",
    "owner": "owner",
}
HAND_OFF_WORDS = {"giver": "giver", "receiver": "receiver", "metric": "metric", "owner": "owner"}
SEGMENT_WORDS = {"weight": "weight", "weekly_contacts": "limit of contacts"}


def told_of(before: Journey, after: Journey) -> tuple[str, ...]:
    """What was changed, the stages first; nothing when nothing was."""
    return (
        *_stages(before, after),
        *_hand_offs(before, after),
        *_segments(before, after),
        *_touchpoints(before, after),
    )


def quoted(names: Sequence[str]) -> str:
    """Names in quotation marks; of many the first few."""
    hidden = len(names) - NAMES_TOLD
    return ", ".join(f"“{name}”" for name in names[:NAMES_TOLD]) + (f" and {hidden} more" if hidden > 0 else "")


def _stages(before: Journey, after: Journey) -> list[str]:
    told = _members("stages", before.stages, after.stages)
    for was, now in _both(before.stages, after.stages):
        told += _changed(f"“{now.name}”", was, now, STAGE_WORDS)
    return told + _order(before, after)


def _order(before: Journey, after: Journey) -> list[str]:
    """Whether those that stayed follow each other otherwise."""
    staying = before.stage_names().keys() & after.stage_names().keys()
    was, now = ([one for one in _in_order(each.stages) if one.id in staying] for each in (before, after))
    same = [one.id for one in was] == [one.id for one in now]
    return [] if same else [f"The order is {quoted([one.name for one in _in_order(after.stages)])} now."]


def _in_order(stages: Sequence[Stage]) -> list[Stage]:
    return sorted(stages, key=lambda stage: stage.position)


def _hand_offs(before: Journey, after: Journey) -> list[str]:
    """Those of a stage that was taken out went with it, and need no words of their own."""
    staying = after.stage_names()
    gone = [one for one in _gone(before.hand_offs, after.hand_offs) if {one.before, one.after} <= staying.keys()]
    come = _gone(after.hand_offs, before.hand_offs)
    names = {**before.stage_names(), **staying}
    told = [f"Hand-offs that are new: {_between(come, names)}."] if come else []
    told += [f"Hand-offs that were taken out: {_between(gone, names)}."] if gone else []
    for was, now in _both(before.hand_offs, after.hand_offs):
        if (was.before, was.after) != (now.before, now.after):
            told.append(f"The hand-off {_between([was], names)} is {_between([now], names)} now.")
        told += _changed(f"Hand-off {_between([now], names)}", was, now, HAND_OFF_WORDS)
    return told


def _between(hand_offs: Sequence[HandOff], names: Mapping[int, str]) -> str:
    return quoted([f"{names.get(one.before, '?')} → {names.get(one.after, '?')}" for one in hand_offs])


def _segments(before: Journey, after: Journey) -> list[str]:
    told, names = _members("segments", before.segments, after.segments), after.segment_names()
    for was, now in _both(before.segments, after.segments):
        if was.parent != now.parent:
            told.append(f"“{now.name}” is {_place(now, names)} now.")
        told += _changed(f"“{now.name}”", was, now, SEGMENT_WORDS)
    return told


def _place(segment: Segment, names: Mapping[int, str]) -> str:
    return "part of no other segment" if segment.parent is None else f"part of “{names[segment.parent]}”"


def _touchpoints(before: Journey, after: Journey) -> list[str]:
    return _members("touchpoints", before.touchpoints, after.touchpoints)


def _members(kind: str, before: Sequence[_Named], after: Sequence[_Named]) -> list[str]:
    """Which came, which went, and which have another name."""
    come, gone = _gone(after, before), _gone(before, after)
    told = [f"New {kind}: {quoted([one.name for one in come])}."] if come else []
    told += [f"Taken out of the {kind}: {quoted([one.name for one in gone])}."] if gone else []
    both = _both(before, after)
    return told + [f"“{was.name}” is called “{now.name}” now." for was, now in both if was.name != now.name]


def _changed(what: str, was: object, now: object, words: Mapping[str, str]) -> list[str]:
    changed = [word for name, word in words.items() if getattr(was, name) != getattr(now, name)]
    return [f"{what} has another {' and another '.join(changed)}."] if changed else []


def _gone(before: Sequence[K], after: Sequence[K]) -> list[K]:
    staying = {one.id for one in after}
    return [one for one in before if one.id not in staying]


def _both(before: Sequence[K], after: Sequence[K]) -> list[tuple[K, K]]:
    was: Callable[[int], K | None] = {one.id: one for one in before}.get
    return [(known, one) for one in after if (known := was(one.id)) is not None]
