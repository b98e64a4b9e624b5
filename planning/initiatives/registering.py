"""Registering an initiative, after a look at what it would run into."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from planning.alerts.announcing import announce_joined
from planning.audit.values import Entry
from planning.findings.detecting import detect
from planning.findings.facts import SharedDays, SharedThings, Who
from planning.findings.queueing import Change
from planning.findings.values import Choice, Found
from planning.initiatives.checking import Vocabulary, checked
from planning.initiatives.rehearsing import NOT_YET, Rehearsal
from planning.initiatives.values import Draft, Initiative
from planning.overlaps.duplicates import near_duplicates
from planning.overlaps.weights import ALERT, SHOWN
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.workspace.values import Person

MOST_SHOWN = 3
MOST_OWN = 2
SLACK = "slack"
"""The source of what was registered by a form in Slack; its source id is the form's."""


@dataclass(frozen=True, slots=True)
class NearOverlap:
    """A registered initiative that a draft would overlap with, and one sentence why.

    It is of another department, or the same work of the `own` one, which has it already.
    """

    initiative: Initiative
    department: str
    owner: str | None
    sentence: str
    found: Found
    own: bool = False


def runs_into(rehearsal: Rehearsal) -> tuple[NearOverlap, ...]:
    """At most three of other departments, strongest first, then at most two of the own; each initiative once."""
    candidate = rehearsal.candidate
    if not candidate.live:
        return ()
    others = [_near(rehearsal.portfolio, id, one) for id, one in _of_others(rehearsal)]
    # The initiatives of one department that serve one problem are the parts of its fix and not the same work.
    apart = rehearsal.apart()
    return (*others, *(_near(apart, id, one, own=True) for id, one in _of_own(candidate.id, apart)))


def _of_others(rehearsal: Rehearsal) -> list[tuple[int, Found]]:
    """The strongest overlaps, each with the initiative of another department that it is told of."""
    candidate, portfolio = rehearsal.candidate, rehearsal.portfolio
    near = (one for one in near_duplicates(portfolio, {candidate.id}, SHOWN) if _is_grounded(one))
    # Each is with another initiative, so that those after the strongest are never shown.
    found = [*rehearsal.found, *islice(near, MOST_SHOWN)]
    told: dict[int, Found] = {}
    for one in _strongest(one for one in found if candidate.id in one.initiatives()):
        other = next((id for id in _met(one, candidate, portfolio) if id not in told), None)
        if other is not None:
            told[other] = one
    return list(told.items())[:MOST_SHOWN]


def _is_grounded(found: Found) -> bool:
    """Whether a person would see why: one thing in common, such as a stage, is not enough unless it is a problem."""
    lone = found.facts[0] if len(found.facts) == 1 else None
    return not isinstance(lone, SharedDays) and (not isinstance(lone, SharedThings) or lone.what == "problem")


def _of_own(candidate: int, portfolio: Portfolio) -> list[tuple[int, Found]]:
    """What the own department has that leads would be told of, if it were another's."""
    found = islice(near_duplicates(portfolio, {candidate}, ALERT, same_department=True), MOST_OWN)
    return [(id, one) for one in found for id in one.initiatives() if id != candidate]


def _strongest(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda one: (-one.score, one.key))


def _met(found: Found, candidate: Initiative, portfolio: Portfolio) -> list[int]:
    """The members of other departments: first those that the facts name, in their order."""
    named = (fact.initiative for fact in found.facts if isinstance(fact, Who))
    each = {id: portfolio.holdings.by_id(id) for id in (*named, *found.initiatives())}
    return [id for id, one in each.items() if one is not None and one.draft.department != candidate.draft.department]


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
    draft = checked(draft, Vocabulary.of(register))
    origin = {"source": SLACK, "source_id": key} if key else {}
    initiative = register.initiatives.add(_owned(draft, actor), vector, now, by=actor.id, **origin)
    _audit(register, "initiative.registered", initiative, actor, now, {"title": initiative.draft.title})
    joined = next((id for id, choice in answers.items() if choice is Choice.JOIN), None)
    if joined is not None:
        return _join(register, initiative, joined, actor, now)
    coordinated = tuple((id, initiative.id) for id, choice in answers.items() if choice is Choice.COORDINATE)
    detect(register, Change((initiative,), actor.id, coordinated, answers), now)
    return initiative


def _owned(draft: Draft, actor: Person) -> Draft:
    return draft if draft.owner is not None else replace(draft, owner=actor.id)


def _join(register: Register, initiative: Initiative, other: int, actor: Person, now: datetime) -> Initiative:
    """Keep what was written, as part of the other initiative, and tell its people."""
    host = register.initiatives.by_id(other)
    joined = replace(initiative, joined=host.id)
    register.initiatives.save(joined)
    _audit(register, "initiative.joined", joined, actor, now, {"to": host.reference})
    detect(register, Change((initiative, joined), actor.id), now)
    announce_joined(register, joined, host, actor, now)
    return joined


def _audit(
    register: Register, verb: str, initiative: Initiative, actor: Person, now: datetime, details: dict[str, object]
) -> None:
    register.audit.add(Entry(now, verb, f"initiative:{initiative.id}", actor.id, details))


def _near(portfolio: Portfolio, id: int, found: Found, *, own: bool = False) -> NearOverlap:
    initiative = portfolio.initiatives[int(portfolio.holdings.rows([id])[0])]
    names = {person.id: person.name for person in portfolio.people}
    department = portfolio.department_names[initiative.draft.department]
    owner = names.get(initiative.draft.owner) if initiative.draft.owner is not None else None
    sentence = found.why.replace(f"CX-{NOT_YET}", "yours")
    return NearOverlap(initiative, department, owner, sentence, found, own)
