"""For how long what is over is kept: so many days for each sort of thing, which stewards may change within bounds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from planning.audit.values import Entry
from planning.data.values import TERMS, Kept, Term
from planning.errors import FieldError
from planning.register import Register
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person, Workspace


def days_kept(workspace: Workspace) -> dict[Kept, int]:
    """For how many days each sort of thing is kept in a workspace."""
    return {kept: workspace.keeps.get(kept, term.usual) for kept, term in TERMS.items()}


def kept_since(workspace: Workspace, kept: Kept, now: datetime) -> datetime:
    """What is older than this is forgotten when it is over."""
    return now - timedelta(days=days_kept(workspace)[kept])


def save_terms(register: Register, days: Mapping[Kept, int], actor: Person, now: datetime) -> list[Kept]:
    """Keep things for so many days from now on; those that are kept for less than before."""
    check_steward(register, actor)
    faults = {str(kept): _bounds(TERMS[kept]) for kept, count in days.items() if not _fits(count, TERMS[kept])}
    if faults:
        raise FieldError(faults)
    workspace = register.workspaces.current()
    before = days_kept(workspace)
    changed = {kept: count for kept, count in days.items() if count != before[kept]}
    if changed:
        usual = {str(kept): term.usual for kept, term in TERMS.items()}
        every = {**workspace.keeps, **{str(kept): count for kept, count in changed.items()}}
        keeps = {name: count for name, count in every.items() if count != usual.get(name)}
        register.workspaces.save(replace(workspace, keeps=keeps))
        details: dict[str, object] = {str(kept): {"from": before[kept], "to": count} for kept, count in changed.items()}
        register.audit.add(Entry(now, "data.terms", "workspace", actor.id, details))
    return [kept for kept, count in changed.items() if count < before[kept]]


def _fits(days: int, term: Term) -> bool:
    return term.least <= days <= term.most


def _bounds(term: Term) -> str:
    return f"Give at least {term.least} and at most {term.most} days."
