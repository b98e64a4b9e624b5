"""What may move, in whole weeks: so people keep their weekdays, and a request its pace."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from planning.initiatives.values import Contact, Initiative, Request, Status
from planning.proposals.asking import NO_WISHES
from planning.proposals.changes import ChangeKind
from planning.proposals.values import Wishes
from planning.window import Window

WEEK = 7
EARLIER, LATER = 4, 13
"""By how many weeks an initiative may begin earlier or later when nobody said otherwise."""
CONTACT_WEEKS = 4
"""By how many weeks a contact may move by itself, either way."""
_NOT_BEGUN = frozenset({Status.IDEA, Status.PLANNED})


class What(StrEnum):
    """What of an initiative moves."""

    WHOLE = "whole"
    CONTACT = "contact"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Movable:
    """An initiative, or one of its contacts or requests, that may start `earliest` to `latest` weeks from now's start.

    A part counts its weeks from where its initiative would bring it, and there are none for it if it may not move by
    itself. `longer` are the weeks that a request may take more; it ends at most `latest` weeks after its end now.
    """

    initiative: Initiative
    what: What
    place: int
    window: Window
    earliest: int = 0
    latest: int = 0
    longer: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[int, What, int]:
        """By what it is known: its initiative, what it is, and its place among the like."""
        return self.initiative.id, self.what, self.place


@dataclass(frozen=True)
class Bounds:
    """What limits every move: the day, and what a person wants; those `loosened` may begin later than they should."""

    today: date
    wishes: Wishes = NO_WISHES
    loosened: frozenset[int] = frozenset()

    @property
    def monday(self) -> date:
        """The first day on which something that moves may begin."""
        return self.today + timedelta(days=WEEK - self.today.weekday())

    @cached_property
    def pinned(self) -> frozenset[int]:
        """Initiatives that stay as they are."""
        return frozenset(self.wishes.pinned)

    @cached_property
    def forbidden(self) -> frozenset[tuple[int, ChangeKind]]:
        """What must not be done to an initiative."""
        return frozenset((one.initiative, one.change) for one in self.wishes.forbidden)

    def allow(self, initiative: Initiative, change: ChangeKind) -> bool:
        """Whether the person lets this be done to it."""
        return initiative.id not in self.pinned and (initiative.id, change) not in self.forbidden

    def ahead(self, window: Window) -> bool:
        """Whether it has not begun yet."""
        return window.start > self.today


def movables(initiatives: Iterable[Initiative], bounds: Bounds) -> tuple[Movable, ...]:
    """Everything of these initiatives that may move, an initiative before its parts."""
    return tuple(one for initiative in initiatives for one in _of(initiative, bounds))


def parts(initiative: Initiative) -> Iterator[tuple[What, int, Contact | Request]]:
    """Its contacts and requests with their places."""
    for place, contact in enumerate(initiative.draft.contacts):
        yield What.CONTACT, place, contact
    for place, request in enumerate(initiative.draft.requests):
        yield What.REQUEST, place, request


def _of(initiative: Initiative, bounds: Bounds) -> list[Movable]:
    whole = _whole(initiative, bounds)
    alone = [_part(initiative, *part, bounds) for part in parts(initiative)]
    if whole is None:
        return [one for one in alone if one.earliest < one.latest or one.longer]
    return [whole, *alone]


def _whole(initiative: Initiative, bounds: Bounds) -> Movable | None:
    """The initiative, when it has not begun and nothing of it has."""
    window = initiative.window
    windows = [window, *(part.window for _, _, part in parts(initiative))]
    begun = initiative.draft.status not in _NOT_BEGUN or any(one and not bounds.ahead(one) for one in windows)
    if window is None or begun or not bounds.allow(initiative, ChangeKind.MOVED):
        return None
    floor = _weeks(bounds.monday - min(one.start for one in windows if one), up=True)
    said = initiative.draft.movable
    earliest = _weeks(said.start - window.start, up=True) if said else -EARLIER
    latest = _weeks(said.end - window.end) if said else LATER
    more = LATER if initiative.id in bounds.loosened else 0
    earliest, latest = min(max(earliest, floor), 0), max(latest, 0) + more
    return Movable(initiative, What.WHOLE, 0, window, earliest, latest) if earliest < latest else None


def _part(initiative: Initiative, what: What, place: int, part: Contact | Request, bounds: Bounds) -> Movable:
    """One contact or request: within the days of its initiative, as far as it has any."""
    kind = ChangeKind.CONTACT_MOVED if what is What.CONTACT else ChangeKind.REQUEST_MOVED
    stays = Movable(initiative, what, place, part.window)
    if not (bounds.ahead(part.window) and bounds.allow(initiative, kind)):
        return stays
    earliest, latest = _within(initiative.window, part.window)
    earliest = min(max(earliest, _weeks(bounds.monday - part.window.start, up=True)), 0)
    if what is What.CONTACT:
        return Movable(initiative, what, place, part.window, max(earliest, -CONTACT_WEEKS), min(latest, CONTACT_WEEKS))
    return Movable(initiative, what, place, part.window, earliest, latest, _longer(part.window, latest))


def _within(days: Window | None, part: Window) -> tuple[int, int]:
    """By how many weeks a part may move earlier and later without leaving the days of its initiative."""
    if days is None:
        return -EARLIER, LATER
    earlier, later = days.start - part.start, days.end - part.end
    return min(_weeks(earlier, up=True), 0), max(_weeks(later), 0)


def _longer(window: Window, latest: int) -> tuple[int, ...]:
    """Half as many weeks more and twice as many, as far as there is room."""
    weeks = -(-window.days // WEEK)
    return tuple(sorted({more for more in (-(-weeks // 2), weeks) if more <= latest}))


def _weeks(days: timedelta, *, up: bool = False) -> int:
    return -(-days.days // WEEK) if up else days.days // WEEK
