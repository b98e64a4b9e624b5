"""What a person does not want again, and what the real rules have refused: so that the next answer differs."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from planning.findings.values import Found
from planning.proposals.changes import Change, ChangeKind
from planning.proposals.movables import WEEK, Movable, What
from planning.proposals.scene import Key, Scene, Unlike
from planning.proposals.values import Wishes

_Told = Mapping[str, Any]
"""A change as a signature tells it."""
_WHATS = {
    ChangeKind.MOVED: What.WHOLE,
    ChangeKind.CONTACT_MOVED: What.CONTACT,
    ChangeKind.REQUEST_MOVED: What.REQUEST,
}


def avoided(scene: Scene, wishes: Wishes) -> tuple[Unlike, ...]:
    """Of each proposal that is not wanted again at least one move must not come about.

    One that moves something that cannot be moved any more cannot come again.
    """
    signatures = ([json.loads(change) for change in signature] for signature in wishes.avoided)
    return tuple(filter(None, (_unlike(scene, told) for told in signatures)))


def merges(wishes: Wishes) -> frozenset[tuple[int, int]]:
    """Who was to be given up for whom in proposals that are not wanted again."""
    changes = (json.loads(change) for signature in wishes.avoided for change in signature)
    return frozenset((told["initiative"], told["into"]) for told in changes if told["kind"] == ChangeKind.MERGED)


def refused(scene: Scene, new: Iterable[Found], changes: Iterable[Change]) -> tuple[Unlike, ...]:
    """Whoever has run into something new must not be there at once again."""
    moved = [_told(change) for change in changes]
    found = (_unlike(scene, [told for told in moved if told["initiative"] in one.initiatives()]) for one in new)
    return tuple(dict.fromkeys(filter(None, found)))


def _told(change: Change) -> _Told:
    told: _Told = change.model_dump(mode="json")
    return told


def _unlike(scene: Scene, changes: Iterable[_Told]) -> Unlike | None:
    starts: dict[Key, int] = {}
    for told in changes:
        if told["kind"] != ChangeKind.MERGED:
            key = next((one.key for one in scene.moving if one.key not in starts and _means(told, one)), None)
            if key is None:
                return None
            starts[key] = _weeks(told)
    return frozenset(starts.items()) or None


def _weeks(told: _Told) -> int:
    before, after = (date.fromisoformat(told[when]["start"]) for when in ("before", "after"))
    return (after - before).days // WEEK


def _means(told: _Told, one: Movable) -> bool:
    """Whether this is what the change moves."""
    same_days = (told["before"]["start"], told["before"]["end"]) == (str(one.window.start), str(one.window.end))
    same = told["initiative"] == one.initiative.id and _WHATS[ChangeKind(told["kind"])] is one.what
    return same and same_days and _same_part(told, one)


def _same_part(told: _Told, one: Movable) -> bool:
    if one.what is What.WHOLE:
        return True
    if one.what is What.REQUEST:
        request = one.initiative.draft.requests[one.place]
        return bool((request.pool, request.person_weeks) == (told["pool"], told["person_weeks"]))
    contact = one.initiative.draft.contacts[one.place]
    meant = told["segment"], told["touchpoint"], told["intent"]
    return bool((contact.segment, contact.touchpoint, contact.intent) == meant)
