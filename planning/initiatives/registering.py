"""Registering an initiative, after a look at what it would run into."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from planning.alerts.announcing import announce, announce_joined
from planning.audit.values import Entry
from planning.findings.refreshing import Changes, refresh
from planning.findings.values import Choice, Finding, Found, Verdict
from planning.initiatives.checking import checked
from planning.initiatives.values import Draft, Initiative
from planning.overlaps.contacts import contact_collision
from planning.overlaps.duplicates import near_duplicates
from planning.overlaps.weights import SHOWN
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.similarity import settled
from planning.workspace.values import Person

MOST_SHOWN = 3
SLACK = "slack"
"""The source of what was registered by a form in Slack; its source id is the form's."""
_NOT_YET = 0
"""The id of an initiative that is not registered; real ones count from 1."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NearOverlap:
    """A registered initiative of another department that a draft would overlap with, and one sentence why."""

    initiative: Initiative
    department: str
    owner: str | None
    sentence: str
    found: Found


def runs_into(
    register: Register, draft: Draft, vector: NDArray[np.float32], ignoring: int | None = None
) -> tuple[NearOverlap, ...]:
    """At most three, strongest first, one for each other initiative; `ignoring` is the draft's own, when it has one."""
    portfolio = _with_draft(register.initiatives.portfolio(), draft, vector, ignoring)
    found = [*contact_collision(portfolio, {_NOT_YET}), *near_duplicates(portfolio, {_NOT_YET}, SHOWN)]
    strongest = sorted(found, key=lambda one: (-one.score, one.key))
    near: dict[int, Found] = {}
    for one in strongest:
        near.setdefault(max(one.initiatives()), one)
    return tuple(_near(portfolio, id, one) for id, one in list(near.items())[:MOST_SHOWN])


def register_initiative(
    register: Register,
    draft: Draft,
    vector: NDArray[np.float32],
    answers: Mapping[int, Choice],
    actor: Person,
    now: datetime,
    key: str = "",
) -> Initiative:
    """Write the initiative, what it runs into and the alerts; `answers` are by the other initiative's id.

    `key` names the form that was sent: when it arrives twice, what it made is returned, and nothing is written.
    """
    if key and (made := register.initiatives.by_source(SLACK, key)) is not None:
        return made
    draft = checked(draft, register.journeys.current(), register.departments.all())
    origin = {"source": SLACK, "source_id": key} if key else {}
    initiative = register.initiatives.add(_owned(draft, actor), vector, now, by=actor.id, **origin)
    _audit(register, "initiative.registered", initiative, actor, now, {"title": initiative.draft.title})
    joined = next((id for id, choice in answers.items() if choice is Choice.JOIN), None)
    if joined is not None:
        return _join(register, initiative, joined, actor, now)
    coordinated = {(id, initiative.id) for id, choice in answers.items() if choice is Choice.COORDINATE}
    changes = refresh(register, now, {initiative.id}, coordinated)
    announce(register, _answered(register, changes, answers, actor, now), actor, now)
    return initiative


def _owned(draft: Draft, actor: Person) -> Draft:
    return draft if draft.owner is not None else replace(draft, owner=actor.id)


def _join(register: Register, initiative: Initiative, other: int, actor: Person, now: datetime) -> Initiative:
    """Keep what was written, as part of the other initiative, and tell its people."""
    host = register.initiatives.by_id(other)
    joined = replace(initiative, joined=host.id)
    register.initiatives.save(joined)
    _audit(register, "initiative.joined", joined, actor, now, {"to": host.reference})
    announce(register, refresh(register, now, {initiative.id}), actor, now)
    announce_joined(register, joined, host, actor, now)
    return joined


def _answered(
    register: Register, changes: Changes, answers: Mapping[int, Choice], actor: Person, now: datetime
) -> Changes:
    """The new findings with what the registrant said of them on saving; the leads still decide."""
    return replace(changes, opened=tuple(_answer(register, f, answers, actor, now) for f in changes.opened))


def _answer(
    register: Register, finding: Finding, answers: Mapping[int, Choice], actor: Person, now: datetime
) -> Finding:
    choice = next((answers[id] for id in finding.found.initiatives() if id in answers), None)
    if choice is None:
        return finding
    answered = replace(finding, answer=Verdict(choice, actor.id, now, finding.found.fingerprint))
    register.findings.save(answered, now)
    return answered


def _audit(
    register: Register, verb: str, initiative: Initiative, actor: Person, now: datetime, details: dict[str, object]
) -> None:
    register.audit.add(Entry(now, verb, f"initiative:{initiative.id}", actor.id, details))


def _with_draft(portfolio: Portfolio, draft: Draft, vector: NDArray[np.float32], ignoring: int | None) -> Portfolio:
    kept = [row for row, initiative in enumerate(portfolio.initiatives) if initiative.id != ignoring]
    candidate = Initiative(_NOT_YET, draft, _NEVER, _NEVER)
    return replace(
        portfolio,
        initiatives=(candidate, *(portfolio.initiatives[row] for row in kept)),
        vectors=np.vstack([settled(vector).reshape(1, -1), portfolio.vectors[kept].reshape(len(kept), vector.size)]),
    )


def _near(portfolio: Portfolio, id: int, found: Found) -> NearOverlap:
    initiative = portfolio.by_id[id]
    names = {person.id: person.name for person in portfolio.people}
    department = portfolio.department_names[initiative.draft.department]
    owner = names.get(initiative.draft.owner) if initiative.draft.owner is not None else None
    return NearOverlap(initiative, department, owner, found.why, found)
