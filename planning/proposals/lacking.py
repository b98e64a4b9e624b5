"""What is short when it cannot be done, by how much, and in which weeks: by the rules' own count."""

from collections.abc import Iterable, Iterator
from datetime import date

from planning.findings.facts import CrowdedWeeks, Fact, OpposedContacts, OverloadedPool
from planning.findings.facts.base import amount, listed
from planning.findings.facts.contacts import in_weeks
from planning.findings.values import Found, Subject
from planning.overlaps.spans import monday, runs, week
from planning.proposals.loads import Kind
from planning.proposals.troubles import Troubles
from planning.proposals.values import Lack, LackKind

_DIGITS = 4


def lacks_of(left: Iterable[Found], troubles: Troubles) -> tuple[Lack, ...]:
    """What is short of what was to be solved, one for each run of weeks."""
    return tuple(lack for found in left for fact in found.facts for lack in _lacks(found, fact, troubles))


def sentence_of(lacks: Iterable[Lack]) -> str:
    """What would have to be added so that it fits; nothing if adding does not help."""
    told = list(lacks)
    if not told or any(lack.kind is LackKind.DAYS for lack in told):
        return ""
    return f"With {listed([_added(lack) for lack in told])} it fits."


def _added(lack: Lack) -> str:
    many, when = "" if lack.amount == 1 else "s", in_weeks(lack.weeks)
    if lack.kind is LackKind.PEOPLE:
        return f"{amount(lack.amount)} more person-week{many} of {lack.name} in {when}"
    each = " a week" if len(lack.weeks) > 1 else ""
    return f"room for {amount(lack.amount)} more contact{many}{each} with {lack.name} in {when}"


def _lacks(found: Found, fact: Fact, troubles: Troubles) -> Iterator[Lack]:
    if isinstance(fact, OpposedContacts) and found.pair in troubles.collisions:
        days = (fact.end - fact.start).days + 1
        weeks = range(week(fact.start.toordinal()), week(fact.end.toordinal()) + 1)
        name = fact.first.segment
        yield _lack(LackKind.DAYS, name, tuple(map(monday, weeks)), days, found)
    if isinstance(fact, OverloadedPool):
        short = {one.monday: one.asked - one.available for one in fact.weeks}
        for weeks_short in _scoped(Kind.POOL, Subject.POOL, found, short, troubles):
            total = sum(short[one] for one in weeks_short)
            yield _lack(LackKind.PEOPLE, fact.pool, weeks_short, total, found)
    if isinstance(fact, CrowdedWeeks):
        for crowded in _scoped(Kind.SEGMENT, Subject.SEGMENT, found, fact.weeks, troubles):
            yield _lack(LackKind.ROOM, fact.segment, crowded, fact.most - fact.budget, found)


def _scoped(
    kind: Kind, subject: Subject, found: Found, mondays: Iterable[date], troubles: Troubles
) -> Iterator[tuple[date, ...]]:
    """Those of the weeks that were to be solved, as runs."""
    id = next(member.id for member in found.members if member.kind is subject)
    weeks = (week(one.toordinal()) for one in mondays)
    for run in runs(sorted(at for at in weeks if (kind, id, at) in troubles.cells)):
        yield tuple(map(monday, run))


def _lack(kind: LackKind, name: str, weeks: tuple[date, ...], short: float, found: Found) -> Lack:
    return Lack(kind=kind, name=name, weeks=weeks, amount=round(short, _DIGITS), initiatives=found.initiatives())
