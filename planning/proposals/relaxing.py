"""The cheapest ways out when it cannot be done: each is tried by solving once more without one of the limits."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from planning.findings.facts.base import listed
from planning.overlaps.duplicates import duplicate_effort
from planning.proposals.applying import applied
from planning.proposals.changes import ChangeKind, Moved
from planning.proposals.merging import merged
from planning.proposals.movables import What
from planning.proposals.prices import MERGING
from planning.proposals.scene import Scene, around, with_initiatives
from planning.proposals.searching import Answer
from planning.proposals.values import Forbidden

_TRIED = 4
"""So many of each kind are tried."""
_TOLD = 3
Ids = frozenset[int]
Fits = Callable[[Scene], Sequence[Answer] | None]
_MAY = {
    ChangeKind.MOVED: "be moved",
    ChangeKind.CONTACT_MOVED: "move its contacts to other days",
    ChangeKind.REQUEST_MOVED: "have its people in other weeks",
    ChangeKind.MERGED: "be given up for another one",
}


@dataclass(frozen=True)
class Way:
    """A limit less for one initiative, and how it is told of any (as `{}`) once the answers are known."""

    scene: Scene
    initiative: int
    told: Callable[[Sequence[Answer]], str]
    price: int = 0


def relaxations_of(scene: Scene, ids: Iterable[int], fits: Fits) -> list[str]:
    """The cheapest first, of those that have to do with some initiatives; the same for several in one sentence."""
    found: list[tuple[int, str, int]] = []
    for way in _ways(scene, frozenset(ids)):
        answers = fits(way.scene)
        if answers is not None and (told := way.told(answers)):
            found.append((way.price + sum(answer.cost for answer in answers), told, way.initiative))
    alike: defaultdict[str, set[int]] = defaultdict(set)
    for _, told, id in sorted(found):
        alike[told].add(id)
    return [told.format(listed([f"CX-{id}" for id in sorted(alike[told])], "or")) for told in [*alike][:_TOLD]]


def _ways(scene: Scene, ids: Ids) -> Iterator[Way]:
    for kind in (_unpinned, _allowed, _loosened, _given_up):
        yield from kind(scene, ids)


def _unpinned(scene: Scene, ids: Ids) -> Iterator[Way]:
    wishes = scene.bounds.wishes
    for id in [id for id in wishes.pinned if id in ids][:_TRIED]:
        pinned = tuple(one for one in wishes.pinned if one != id)
        yield _wishing(scene, {"pinned": pinned}, id, "Without the pin on {} it fits.")


def _allowed(scene: Scene, ids: Ids) -> Iterator[Way]:
    wishes = scene.bounds.wishes
    for one in [one for one in wishes.forbidden if one.initiative in ids][:_TRIED]:
        others = tuple(other for other in wishes.forbidden if other != one)
        yield _wishing(scene, {"forbidden": others}, one.initiative, f"If {{}} may {_MAY[one.change]}, it fits.")


def _wishing(scene: Scene, change: dict[str, tuple[int, ...] | tuple[Forbidden, ...]], id: int, told: str) -> Way:
    bounds = replace(scene.bounds, wishes=scene.bounds.wishes.model_copy(update=change))
    return Way(replace(scene, bounds=bounds), id, partial(_always, told))


def _always(told: str, _: Sequence[Answer]) -> str:
    return told


def _loosened(scene: Scene, ids: Ids) -> Iterator[Way]:
    """Those that could begin later than they may."""
    later = (id for id in sorted(ids) if _latest(id, _loose(scene, id)) > _latest(id, scene))
    for id in islice(later, _TRIED):
        yield Way(_loose(scene, id), id, partial(_later, id, _latest(id, scene)))


def _loose(scene: Scene, id: int) -> Scene:
    return replace(scene, bounds=replace(scene.bounds, loosened=frozenset({id})))


def _latest(id: int, scene: Scene) -> int:
    """By how many weeks it may begin later."""
    whole = scene.by_key.get((id, What.WHOLE, 0))
    return whole.latest if whole else 0


def _later(id: int, latest: int, answers: Sequence[Answer]) -> str:
    """How many weeks beyond its latest it begins; nothing if it does not need to."""
    moved = (change for answer in answers for change in answer.changes if isinstance(change, Moved))
    weeks = next((change.weeks - latest for change in moved if change.initiative == id), 0)
    more = f"{weeks} week{'' if weeks == 1 else 's'}"
    return f"If {{}} may be moved {more} later than is allowed now, it fits." if weeks > 0 else ""


def _given_up(scene: Scene, ids: Ids) -> Iterator[Way]:
    """Those that do the same as another one."""
    portfolio = scene.portfolio
    pairs = [found.pair for found in duplicate_effort(portfolio, around(ids, portfolio)) if found.pair]
    near = [pair for pair in pairs if not ids.isdisjoint(pair)]
    for change in islice(merged(near, portfolio, scene.bounds), _TRIED):
        changed = applied({one.id: one for one in portfolio.initiatives}, [change])
        without = replace(scene, portfolio=with_initiatives(portfolio, changed))
        told = f"If {{}} is given up for CX-{change.into}, which does the same, it fits."
        yield Way(without, change.initiative, partial(_always, told), MERGING)
