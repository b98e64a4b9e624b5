"""What must not start in the same weeks: opposed contacts, and initiatives that would pull against each other."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from planning.initiatives.values import Contact, Initiative
from planning.overlaps.contacts import COURTING, HARD
from planning.proposals.movables import WEEK, What
from planning.proposals.scene import Key, Scene
from planning.window import Window

EVER = 10_000
"""More weeks than anything moves by."""


@dataclass(frozen=True, slots=True)
class Fence:
    """How much later `one` moves than `other` is not from `low` to `high` weeks; None stands for what does not move."""

    one: Key | None
    other: Key | None
    low: int
    high: int
    scoped: bool = False
    """Whether the two are in conflict now, and it is to be solved."""

    @property
    def initiatives(self) -> set[int]:
        """Those that it ties together."""
        return {key[0] for key in (self.one, self.other) if key}


def fences(scene: Scene) -> tuple[Fence, ...]:
    """All that keeps what may move from running into something."""
    return (*_opposed(scene), *_pulling(scene), *_floors(scene), *_guards(scene))


def _fence(one: tuple[Key, Window], other: tuple[Key, Window], scene: Scene, *, scoped: bool) -> Fence | None:
    """If two meet now and that is to be solved, they are parted; else they must not meet on more days than they do."""
    (first, days), (second, their) = one, other
    low = -((days.end - their.start).days // WEEK)
    high = (their.end - days.start).days // WEEK
    meet = low <= 0 <= high
    most = _shared(days, their, 0) if meet and not scoped else 0
    worse = [weeks for weeks in range(low, high + 1) if _shared(days, their, weeks) > most]
    one_key, other_key = (key if key in scene.by_key else None for key in (first, second))
    return Fence(one_key, other_key, worse[0], worse[-1], meet and scoped) if worse else None


def _shared(one: Window, other: Window, weeks: int) -> int:
    """On how many days two meet if the first moves so many weeks."""
    later = timedelta(weeks=weeks)
    return (min(one.end + later, other.end) - max(one.start + later, other.start)).days + 1


def _opposed(scene: Scene) -> Iterator[Fence]:
    """Contacts of different departments that want opposed things of customers that they share."""
    moving = {one.initiative.id for one in scene.moving} | scene.troubles.initiatives
    by_segment = _by_segment(scene)
    for initiative in scene.portfolio.initiatives:
        if initiative.id in moving:
            for place, contact in enumerate(initiative.draft.contacts):
                key = (initiative.id, What.CONTACT, place)
                for other, at, their in by_segment.get(contact.segment, ()):
                    mirrored = other.id in moving and other.id < initiative.id
                    if not mirrored and _opposing(initiative, contact, other, their):
                        pair = min(initiative.id, other.id), max(initiative.id, other.id)
                        sides = (key, contact.window), ((other.id, What.CONTACT, at), their.window)
                        fence = _fence(*sides, scene, scoped=pair in scene.troubles.collisions)
                        if fence and (fence.scoped or fence.initiatives):
                            yield fence


def _opposing(one: Initiative, contact: Contact, other: Initiative, their: Contact) -> bool:
    intents = contact.intent, their.intent
    opposed = any(a in HARD and b in COURTING for a, b in (intents, intents[::-1]))
    return opposed and one.draft.department != other.draft.department


def _by_segment(scene: Scene) -> dict[int, list[tuple[Initiative, int, Contact]]]:
    """Segment → the contacts that are not over and go to it, to a part of it, or to what it is part of."""
    reached: defaultdict[int, list[tuple[Initiative, int, Contact]]] = defaultdict(list)
    lineages = {segment.id: scene.rooms.wider(segment.id) for segment in scene.portfolio.journey.segments}
    related = {id: {one for one, line in lineages.items() if id in line or one in lineages[id]} for id in lineages}
    for initiative in scene.portfolio.initiatives:
        for place, contact in enumerate(initiative.draft.contacts):
            if contact.window.end >= scene.portfolio.today:
                for segment in related.get(contact.segment, ()):
                    reached[segment].append((initiative, place, contact))
    return reached


def _pulling(scene: Scene) -> Iterator[Fence]:
    """Initiatives that would pull against each other if their days met."""
    for pair in sorted(scene.metric_pairs):
        one, other = (scene.portfolio.holdings.by_id(id) for id in pair)
        if one and other and one.window and other.window:
            sides = [((each.id, What.WHOLE, 0), each.window) for each in (one, other) if each.window]
            fence = _fence(sides[0], sides[1], scene, scoped=False)
            if fence and fence.initiatives:
                yield fence


def _floors(scene: Scene) -> Iterator[Fence]:
    """A part that moves with its initiative and by itself does not begin before something may."""
    for one in scene.moving:
        if one.what is not What.WHOLE and one.earliest < 0 and (one.initiative.id, What.WHOLE, 0) in scene.by_key:
            weeks = -((one.window.start - scene.bounds.monday).days // WEEK)
            yield Fence(one.key, None, -EVER, weeks - 1)


def _guards(scene: Scene) -> Iterator[Fence]:
    """Nobody new asks in a week in which too much is asked already and that is not to be solved."""
    for one in scene.moving:
        now = scene.taken_by(one)
        weeks = {at for *_, at in now}
        for cell in [cell for store in sorted({cell[:2] for cell in now}) for cell in scene.overfull.get(store, ())]:
            if cell not in now:
                yield Fence(one.key, None, cell[2] - max(weeks), cell[2] - min(weeks))
