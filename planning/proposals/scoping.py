"""What a proposal is for, as people type it: the name of a stage or a pool, a quarter, an overlap."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from planning.errors import NotFound
from planning.findings.values import Finding, Kind, Member, Rule, State, Subject
from planning.initiatives.values import Initiative
from planning.proposals.changes import Change, Merged
from planning.proposals.values import About, AboutKind, Proposed
from planning.register import Page, Register, Search
from planning.text import clip, one_line
from planning.workspace.hours import zone_of
from planning.workspace.values import Person

MOVABLE = frozenset(
    {Rule.CONTACT_COLLISION, Rule.CONTACT_CROWDING, Rule.RESOURCE_CONTENTION, Rule.DUPLICATE_EFFORT},
)
"""The overlaps that moving, sharing or merging can end."""
NAMES_SHOWN, OWNED_MAX = 20, 100
_QUARTER = re.compile(r"(20\d\d)[-\s/]?q([1-4])|q([1-4])[-\s/]?(20\d\d)", re.IGNORECASE)


def stage_about(register: Register, typed: str) -> About:
    """The stage that is called so or begins so."""
    return About(kind=AboutKind.STAGE, id=_called(register.journeys.current().stage_names(), typed, "stage"))


def pool_about(register: Register, typed: str) -> About:
    """The pool that is called so or begins so."""
    return About(kind=AboutKind.POOL, id=_called({pool.id: pool.name for pool in register.pools.all()}, typed, "pool"))


def quarter_about(register: Register, typed: str, now: datetime) -> About:
    """A quarter such as 2027-Q1 or Q1 2027; the present one when none is named."""
    today = now.astimezone(zone_of(register.workspaces.current().zone)).date()
    if not one_line(typed):
        return About(kind=AboutKind.QUARTER, quarter=quarter_of_day(today))
    said = _QUARTER.fullmatch(one_line(typed))
    if said is None:
        raise NotFound(f"Which quarter? Name it such as {quarter_of_day(today)}, or leave it out for the present one.")
    return About(kind=AboutKind.QUARTER, quarter=f"{said[1] or said[4]}-Q{said[2] or said[3]}")


def quarter_of_day(day: date) -> str:
    """The quarter in which a day lies, such as 2027-Q1."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def finding_about(register: Register, id: int, now: datetime) -> About:
    """An overlap by its number; raises NotFound unless it stands and there is something that could move."""
    finding = register.findings.by_id(id)
    if finding.found.rule.kind is not Kind.OVERLAP or finding.state(now) is State.CLOSED:
        raise NotFound("This overlap is no longer there, and there is nothing to propose for it.")
    return About(kind=AboutKind.FINDING, id=id)


def own_overlaps(register: Register, actor: Person, now: datetime, limit: int) -> Page[Finding]:
    """The open overlaps of a lead's department, or of what a person owns, that moving can end."""
    if actor.department is not None and actor.leads(actor.department):
        of = (actor.department,)
        return register.findings.page(Kind.OVERLAP, now, limit, departments=of, rules=tuple(sorted(MOVABLE)))
    owned = register.initiatives.matching(Search(owner=actor.id, live_only=True), OWNED_MAX).items
    found = movable_of(register, owned, now)
    return Page(tuple(found[:limit]), len(found))


def movable_of(register: Register, initiatives: Sequence[Initiative], now: datetime) -> list[Finding]:
    """The open overlaps of these that moving, sharing or merging can end, strongest first."""
    touching = register.findings.touching([Member(Subject.INITIATIVE, one.id) for one in initiatives])
    found = [one for one in touching if one.found.rule in MOVABLE and one.state(now) is State.OPEN]
    return sorted(found, key=lambda finding: (-finding.found.score, finding.id))


def touched(proposed: Proposed) -> tuple[int, ...]:
    """The initiatives that it changes, or where it changes none, those that it is about."""
    changed = [id for change in proposed.changes for id in _ids(change)]
    return tuple(dict.fromkeys(changed)) or proposed.initiatives


def initiatives_of(register: Register, proposed: Proposed) -> list[Initiative]:
    """Those that it touches, as they are now."""
    return [register.initiatives.by_id(id) for id in touched(proposed)]


def _ids(change: Change) -> tuple[int, ...]:
    return (change.initiative, change.into) if isinstance(change, Merged) else (change.initiative,)


def _called(names: Mapping[int, str], typed: str, what: str) -> int:
    wanted = one_line(typed).casefold()
    exact = [id for id, name in names.items() if name.casefold() == wanted]
    found = exact or [id for id, name in names.items() if wanted and name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(clip(name, 40) for name in list(names.values())[:NAMES_SHOWN]) or "none yet"
    if not wanted:
        raise NotFound(f"Which {what}? There is: {listed}.")
    which = "Several" if found else "No"
    is_called = f"{what}s are called" if found else f"{what} is called"
    raise NotFound(f"{which} {is_called} “{clip(one_line(typed), 60)}”. There is: {listed}.")
