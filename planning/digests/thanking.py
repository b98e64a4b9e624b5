"""Whom to thank: who raised a hand in a week, and has not handed back since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planning.audit.values import Entry
from planning.claims.claiming import HANDED_BACK, RAISED
from planning.claims.values import Claim, Claimable, Held
from planning.findings.facts.base import listed
from planning.findings.values import Finding
from planning.portfolio.values import Portfolio
from planning.text import clip

SHOWN = 8
NAMES, NAME = 2, 60
"""So many things of one person are named; the others are counted, and so are several gaps."""


@dataclass(slots=True)
class _Taken:
    """What one person took on."""

    named: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)


def thanks(entries: Iterable[Entry], portfolio: Portfolio, findings: Iterable[Finding]) -> tuple[str, ...]:
    """One line for each person: what they took on in the time of the entries and still look after.

    Whom it belongs to now is asked of what is there; what has gone since, such as a gap that was closed, was theirs.
    """
    people = {person.id: person.name for person in portfolio.people}
    owners, taken = _owners(portfolio, findings), defaultdict[int, _Taken](_Taken)
    for claim, raised in _raised(entries):
        if raised.actor in people and owners.get(claim, raised.actor) == raised.actor:
            _add(taken[raised.actor], claim, str(raised.details.get("name", "")))
    lines = [f"{clip(people[id], NAME)} looks after {_words(some)}" for id, some in taken.items()]
    hidden = len(lines) - SHOWN
    return (*lines[:SHOWN], *([f"…and {hidden} more"] if hidden > 0 else []))


def _raised(entries: Iterable[Entry]) -> Iterator[tuple[Claim, Entry]]:
    """Those that were not handed back, in the order in which hands were raised first."""
    last = {entry.subject: entry for entry in entries if entry.verb in (RAISED, HANDED_BACK)}
    return ((Claim.read(subject), entry) for subject, entry in last.items() if entry.verb == RAISED)


def _owners(portfolio: Portfolio, findings: Iterable[Finding]) -> Mapping[Claim, int | None]:
    """Who looks after what now, of all that is there."""
    kinds = (
        (Claimable.STAGE, portfolio.journey.stages),
        (Claimable.HAND_OFF, portfolio.journey.hand_offs),
        (Claimable.PROBLEM, portfolio.problems),
        (Claimable.GAP, findings),
    )
    return {Claim(kind, one.id): one.owner for kind, things in kinds for one in things}


def _add(taken: _Taken, claim: Claim, name: str) -> None:
    words = Held(claim, clip(name, NAME), None).words
    (taken.gaps if claim.kind is Claimable.GAP else taken.named).append(words)


def _words(taken: _Taken) -> str:
    hidden = len(taken.named) - NAMES
    more = [f"{hidden} more"] if hidden > 0 else []
    gaps = [f"{len(taken.gaps)} gaps"] if len(taken.gaps) > 1 else taken.gaps
    return listed([*taken.named[:NAMES], *more, *gaps])
