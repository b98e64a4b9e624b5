"""Bringing the findings up to date: gather the portfolio, find, compare, write."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from planning.audit.values import Entry
from planning.findings.lifecycle import Difference, difference
from planning.findings.values import Finding, Found, Kind
from planning.gaps.finding import find_gaps
from planning.overlaps.finding import find_overlaps
from planning.register import Register


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh did to the record."""

    opened: tuple[Finding, ...] = ()
    updated: tuple[Finding, ...] = ()
    reopened: tuple[Finding, ...] = ()
    closed: tuple[Finding, ...] = ()


def refresh(
    register: Register,
    now: datetime,
    touching: Collection[int] | None = None,
    confirmed: Collection[tuple[int, int]] = (),
) -> Changes:
    """Find and write; with `touching`, only the overlaps of these initiatives are looked at (gaps always all).

    `confirmed` are pairs that a registrant has just said to be worth coordinating.
    """
    portfolio = register.initiatives.portfolio()
    portfolio = replace(portfolio, confirmed=portfolio.confirmed | set(confirmed))
    found = [*find_overlaps(portfolio, touching), *find_gaps(portfolio)]
    return _apply(register, difference(_known(register, found, touching), found, now), now)


def _known(register: Register, found: list[Found], touching: Collection[int] | None) -> dict[str, Finding]:
    """What is on record of that scope: everything standing in it, and closed ones that were found again."""
    overlaps = register.findings.standing(Kind.OVERLAP) if touching is None else register.findings.touching(touching)
    standing = [finding for finding in overlaps if finding.closed_at is None]
    gaps = register.findings.standing(Kind.GAP)
    known = {finding.found.key: finding for finding in [*standing, *gaps]}
    return known | register.findings.by_keys([one.key for one in found if one.key not in known])


def _apply(register: Register, changes: Difference, now: datetime) -> Changes:
    opened = register.findings.add_all(changes.new, now)
    for finding in (*changes.updated, *changes.reopened, *changes.closed):
        register.findings.save(finding, now)
    _record(register, "finding.opened", opened, now)
    _record(register, "finding.reopened", changes.reopened, now)
    _record(register, "finding.closed", changes.closed, now)
    return Changes(tuple(opened), changes.updated, changes.reopened, changes.closed)


def _record(register: Register, verb: str, findings: Collection[Finding], now: datetime) -> None:
    for finding in findings:
        details: dict[str, object] = {"rule": str(finding.found.rule), "kind": str(finding.found.rule.kind)}
        register.audit.add(Entry(now, verb, f"finding:{finding.id}", details=details))
