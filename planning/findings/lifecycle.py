"""The life of a finding: what should exist is compared with what is on record, and only the difference is applied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from planning.findings.values import Choice, Finding, Found

SAME_SCORE = 0.005
"""A score that moves less than this is not worth a write."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be written so that the record equals what was found."""

    new: tuple[Found, ...] = ()
    updated: tuple[Finding, ...] = ()
    reopened: tuple[Finding, ...] = ()
    closed: tuple[Finding, ...] = ()


def difference(known: Mapping[str, Finding], found: Iterable[Found], now: datetime) -> Difference:
    """Compare the findings on record (by key, closed ones too) with those that should exist."""
    wanted = {one.key: one for one in found}
    kept = [(known[key], one) for key, one in wanted.items() if key in known]
    gone = [finding for key, finding in known.items() if key not in wanted and finding.closed_at is None]
    return Difference(
        new=tuple(one for key, one in wanted.items() if key not in known),
        updated=tuple(_updated(f, one, now) for f, one in kept if not _returns(f, one) and _differs(f, one)),
        reopened=tuple(_reopened(f, one, now) for f, one in kept if _returns(f, one)),
        closed=tuple(replace(finding, closed_at=now, changed_at=now) for finding in gone),
    )


def _returns(finding: Finding, found: Found) -> bool:
    """It was closed and its cause is back, or it was dismissed and its facts are no longer those dismissed."""
    return finding.closed_at is not None or _outgrown(finding, found)


def _outgrown(finding: Finding, found: Found) -> bool:
    verdict = finding.verdict
    return verdict is not None and verdict.choice is Choice.DIFFERENT and verdict.fingerprint != found.fingerprint


def _differs(finding: Finding, found: Found) -> bool:
    moved = abs(finding.found.score - found.score) > SAME_SCORE
    return moved or finding.found.facts != found.facts


def _updated(finding: Finding, found: Found, now: datetime) -> Finding:
    return replace(finding, found=found, changed_at=now)


def _reopened(finding: Finding, found: Found, now: datetime) -> Finding:
    """Open again; a dismissal survives when it covers exactly these facts."""
    verdict = finding.verdict
    keeps = verdict is not None and verdict.choice is Choice.DIFFERENT and verdict.fingerprint == found.fingerprint
    return replace(finding, found=found, changed_at=now, closed_at=None, verdict=verdict if keeps else None)
