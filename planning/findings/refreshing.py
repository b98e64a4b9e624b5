"""Bringing the findings up to date: gather the portfolio, find, compare, write."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from planning.audit.values import Entry
from planning.findings.lifecycle import Difference, difference
from planning.findings.values import Finding, Found, State
from planning.gaps.finding import find_gaps
from planning.initiatives.values import Initiative
from planning.overlaps.finding import find_overlaps
from planning.plans.telling import redraw
from planning.portfolio.scope import Scope
from planning.register import Register


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh did to the record; `gained`: a finding's id → the initiatives that have become members of it."""

    opened: tuple[Finding, ...] = ()
    updated: tuple[Finding, ...] = ()
    reopened: tuple[Finding, ...] = ()
    closed: tuple[Finding, ...] = ()
    gained: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What there should be of a scope, found before it is written."""

    changed: Collection[Initiative] | None
    scope: Scope
    found: tuple[Found, ...]


def refresh(
    register: Register,
    now: datetime,
    changed: Collection[Initiative] | None = None,
    confirmed: Collection[tuple[int, int]] = (),
) -> Changes:
    """Find and write; with `changed`, only what depends on these: give each as it was before and as it is now.

    `confirmed` are pairs that a registrant has just said to be worth coordinating.
    """
    return write(register, look(register, now, changed, confirmed), now)


def look(
    register: Register,
    now: datetime,
    changed: Collection[Initiative] | None = None,
    confirmed: Collection[tuple[int, int]] = (),
) -> Seen:
    """Find; nothing is written."""
    portfolio = register.initiatives.portfolio(now)
    portfolio = replace(portfolio, confirmed=portfolio.confirmed | set(confirmed))
    scope = Scope.everything(portfolio) if changed is None else Scope.around(changed, portfolio)
    return Seen(changed, scope, (*find_overlaps(portfolio, scope), *find_gaps(portfolio, scope)))


def write(register: Register, seen: Seen, now: datetime) -> Changes:
    """Compare what was seen with what is on record, and write the difference."""
    if seen.changed is not None:
        redraw(register, {one.id for one in seen.changed})
    known = _with_threads(register, standing_in(register, seen.scope), seen.found)
    return _apply(register, difference(known, seen.found, now), now)


def foreseen(register: Register, found: Sequence[Found], standing: Collection[Finding], now: datetime) -> Changes:
    """What would become of overlaps that are not on record yet, beside what stands in their scope."""
    changes = difference(_with_threads(register, standing, found), found, now)
    opened = (Finding(0, one, now, now, verdict=changes.covered.get(one.key)) for one in changes.new)
    return Changes(tuple(opened), changes.updated, changes.reopened, gained=changes.gained)


def standing_in(register: Register, scope: Scope) -> list[Finding]:
    """What is on record of that scope and not closed."""
    standing = (
        register.findings.standing() if scope.initiatives is None else register.findings.touching(scope.members())
    )
    return [finding for finding in standing if finding.closed_at is None and scope.covers(finding.found)]


def _with_threads(register: Register, standing: Collection[Finding], found: Collection[Found]) -> list[Finding]:
    """What stands, and closed ones of the threads that were found."""
    threads = register.findings.of_threads({one.thread for one in found})
    return list({finding.id: finding for finding in (*standing, *threads)}.values())


def _apply(register: Register, changes: Difference, now: datetime) -> Changes:
    added = register.findings.add_all(changes.new, now)
    opened = tuple(replace(finding, verdict=changes.covered.get(finding.found.key)) for finding in added)
    inherited = (finding for finding in opened if finding.verdict is not None)
    register.findings.save_all((*inherited, *changes.updated, *changes.reopened, *changes.closed), now)
    _record(register, "finding.opened", _open(opened, now), now)
    _record(register, "finding.reopened", _open(changes.reopened, now), now)
    _record(register, "finding.closed", changes.closed, now)
    return Changes(opened, changes.updated, changes.reopened, changes.closed, changes.gained)


def _open(findings: Iterable[Finding], now: datetime) -> list[Finding]:
    """Without those that a dismissal covers: nobody is told of them."""
    return [finding for finding in findings if finding.state(now) is State.OPEN]


def _record(register: Register, verb: str, findings: Iterable[Finding], now: datetime) -> None:
    entries = [
        Entry(now, verb, f"finding:{f.id}", details={"rule": str(f.found.rule), "kind": str(f.found.rule.kind)})
        for f in findings
    ]
    register.audit.add_all(entries)
