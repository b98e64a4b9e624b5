"""The life of a finding: what should exist is compared with what is on record, and only the difference is applied."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from planning.findings.values import Choice, Finding, Found, Verdict

SAME_SCORE = 0.005
"""A score that moves less than this is not worth a write."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be written so that the record equals what was found."""

    new: tuple[Found, ...] = ()
    updated: tuple[Finding, ...] = ()
    reopened: tuple[Finding, ...] = ()
    closed: tuple[Finding, ...] = ()
    covered: Mapping[str, Verdict] = field(default_factory=dict)
    """Key of a new one → the dismissal of another part of its thread that covers it already."""
    gained: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Id of a finding → the initiatives that have become members of it."""


def difference(known: Collection[Finding], found: Iterable[Found], now: datetime) -> Difference:
    """Compare the findings on record (closed ones of the same threads too) with those that should exist.

    What is found is the finding on record of the same members; else, of those of its thread that stand and are left
    over, the one with which it has most initiatives in common: that one has gained or lost members.
    """
    wanted = sorted({one.key: one for one in found}.values(), key=lambda one: one.key)
    kept = _paired(known, wanted)
    taken = {finding.id for finding in kept.values()}
    pairs = [(kept[one.key], one) for one in wanted if one.key in kept]
    back = [(finding, one) for finding, one in pairs if _returns(finding, one)]
    new = tuple(one for one in wanted if one.key not in kept)
    said = _dismissals(known)
    return Difference(
        new=new,
        updated=tuple(_updated(f, one, now) for f, one in pairs if not _returns(f, one) and _differs(f, one)),
        reopened=tuple(_reopened(f, one, said[one.thread], now) for f, one in back),
        closed=tuple(
            replace(finding, closed_at=now, changed_at=now)
            for finding in known
            if finding.id not in taken and finding.closed_at is None
        ),
        covered={one.key: verdict for one in new if (verdict := _covering(one, said[one.thread])) is not None},
        gained={finding.id: more for finding, one in pairs if (more := _joining(finding, one))},
    )


def _paired(known: Collection[Finding], wanted: Collection[Found]) -> dict[str, Finding]:
    """Key of what is found → the finding on record that it is."""
    exact = {finding.found.key: finding for finding in known}
    kept = {one.key: exact[one.key] for one in wanted if one.key in exact}
    left: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(known, key=lambda finding: finding.id):
        if finding.found.key not in kept and finding.closed_at is None:
            left[finding.found.thread].append(finding)
    for one in wanted:
        if one.key not in kept and (likest := _likest(one, left[one.thread])) is not None:
            left[one.thread].remove(likest)
            kept[one.key] = likest
    return kept


def _likest(found: Found, among: Collection[Finding]) -> Finding | None:
    """The one with most initiatives in common, the oldest of several; None when none has any."""
    ids = set(found.initiatives())
    common = [(len(ids & set(finding.found.initiatives())), finding) for finding in among]
    most, likest = max(common, key=lambda each: each[0], default=(0, None))
    return likest if most else None


def _dismissals(known: Collection[Finding]) -> defaultdict[str, list[Verdict]]:
    """Thread → what was dismissed of it."""
    said: defaultdict[str, list[Verdict]] = defaultdict(list)
    for finding in sorted(known, key=lambda finding: finding.id):
        if finding.verdict is not None and finding.verdict.choice is Choice.DIFFERENT:
            said[finding.found.thread].append(finding.verdict)
    return said


def _covering(found: Found, dismissals: Iterable[Verdict]) -> Verdict | None:
    return next((verdict for verdict in dismissals if verdict.holds(found)), None)


def _joining(finding: Finding, found: Found) -> frozenset[int]:
    return frozenset(found.initiatives()) - frozenset(finding.found.initiatives())


def _returns(finding: Finding, found: Found) -> bool:
    """It was closed and its cause is back, or it outgrows what was said of it."""
    verdict = finding.verdict
    outgrown = verdict is not None and verdict.holds(finding.found) and not verdict.holds(found)
    return finding.closed_at is not None or outgrown


def _differs(finding: Finding, found: Found) -> bool:
    moved = abs(finding.found.score - found.score) > SAME_SCORE
    return moved or (finding.found.key, finding.found.facts) != (found.key, found.facts)


def _updated(finding: Finding, found: Found, now: datetime) -> Finding:
    return replace(finding, found=found, changed_at=now)


def _reopened(finding: Finding, found: Found, dismissals: Iterable[Verdict], now: datetime) -> Finding:
    """On record again: dismissed while a dismissal covers it, else open; nobody looks after what was closed.

    A dismissal stays even where it no longer holds: it does again when what went beyond it goes. What was settled
    otherwise and came back is to be settled again.
    """
    own = finding.verdict if finding.verdict is not None and finding.verdict.choice is Choice.DIFFERENT else None
    covering = _covering(found, (*([own] if own else []), *dismissals))
    owner = finding.owner if finding.closed_at is None else None
    return replace(finding, found=found, changed_at=now, closed_at=None, verdict=covering or own, owner=owner)
