"""Names and what they stand for: a draft told by names, and back by ids."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from planning.findings.values import Subject
from planning.initiatives.values import Contact, Draft, Initiative
from planning.journey.values import Journey
from planning.metrics.values import Metric, Tension
from planning.problems.values import Problem
from planning.register import Register
from planning.resources.values import Pool
from planning.text import NAME_MAX, clip, one_line
from planning.transfer.drafts import NamedContact, NamedDraft, NamedEffect, NamedRequest
from planning.workspace.values import Department, Person, Workspace

NATIVE = "concord:"
"""With a workspace's id: the source of what was registered in it and not imported."""


@dataclass(frozen=True)
class Known:
    """What of the register an import compares with and an export tells."""

    workspace: Workspace
    people: tuple[Person, ...]
    departments: tuple[Department, ...]
    journey: Journey
    metrics: tuple[Metric, ...] = ()
    tensions: tuple[Tension, ...] = ()
    pools: tuple[Pool, ...] = ()
    problems: tuple[Problem, ...] = ()
    initiatives: Mapping[tuple[str, str], Initiative] = field(default_factory=dict)
    """(source, source id) → initiative."""

    @property
    def native(self) -> str:
        """The source of what was registered here."""
        return f"{NATIVE}{self.workspace.id}"

    @cached_property
    def by_number(self) -> dict[int, Initiative]:
        """Number → initiative, in order."""
        return {initiative.id: initiative for initiative in self.initiatives.values()}

    @cached_property
    def people_names(self) -> dict[int, str]:
        """Person id → name."""
        return {person.id: person.name for person in self.people}

    @cached_property
    def department_names(self) -> dict[int, str]:
        """Department id → name."""
        return {department.id: department.name for department in self.departments}

    @cached_property
    def metric_names(self) -> dict[int, str]:
        """Metric id → name."""
        return {metric.id: metric.name for metric in self.metrics}

    @cached_property
    def pool_names(self) -> dict[int, str]:
        """Pool id → name."""
        return {pool.id: pool.name for pool in self.pools}

    @cached_property
    def problem_names(self) -> dict[int, str]:
        """Problem id → name."""
        return {problem.id: problem.name for problem in self.problems}

    @cached_property
    def subject_names(self) -> dict[Subject, Mapping[int, str]]:
        """Kind → id → name; that of an initiative is its reference, that of a hand-off its two stages."""
        stages = self.journey.stage_names()
        return {
            Subject.INITIATIVE: {id: initiative.reference for id, initiative in self.by_number.items()},
            Subject.STAGE: stages,
            Subject.HAND_OFF: {h.id: f"{stages[h.before]} → {stages[h.after]}" for h in self.journey.hand_offs},
            Subject.SEGMENT: self.journey.segment_names(),
            Subject.METRIC: self.metric_names,
            Subject.PROBLEM: self.problem_names,
            Subject.POOL: self.pool_names,
        }

    def origin(self, initiative: Initiative) -> tuple[str, str]:
        """Where an initiative comes from: its file and its id there, or this workspace and its own number."""
        if initiative.source:
            return initiative.source, initiative.source_id
        return self.native, initiative.reference


def company_in(register: Register) -> Known:
    """The workspace as it is now, without its initiatives."""
    return Known(
        register.workspaces.current(),
        tuple(register.people.all()),
        tuple(register.departments.all()),
        register.journeys.current(),
        tuple(register.metrics.all()),
        tuple(register.metrics.tensions()),
        tuple(register.pools.all()),
        tuple(register.problems.all()),
    )


def known_in(register: Register) -> Known:
    """The workspace with all of its initiatives, as it is now."""
    bare = company_in(register)
    found = {bare.origin(initiative): initiative for initiative in register.initiatives.all()}
    return replace(bare, initiatives=found)


def named(draft: Draft, known: Known) -> NamedDraft:
    """The draft told by names; what is no longer in the journey is left out."""
    return NamedDraft(
        title=draft.title,
        problem=draft.problem,
        department=known.department_names.get(draft.department, ""),
        owner=known.people_names.get(draft.owner, "") if draft.owner is not None else "",
        status=draft.status,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        stages=_those(draft.stages, known.journey.stage_names()),
        segments=_those(draft.segments, known.journey.segment_names()),
        touchpoints=_those(draft.touchpoints, known.journey.touchpoint_names()),
        contacts=_contacts(draft.contacts, known),
        effects=tuple(NamedEffect(known.metric_names[each.metric], each.direction) for each in draft.effects),
        requests=tuple(NamedRequest(known.pool_names[r.pool], r.person_weeks, r.window) for r in draft.requests),
        links=draft.links,
        serves=known.problem_names[draft.serves] if draft.serves is not None else "",
        supplies=draft.supplies,
        movable=draft.movable,
        extras=draft.extras,
    )


def _contacts(contacts: Iterable[Contact], known: Known) -> tuple[NamedContact, ...]:
    segments, touchpoints = known.journey.segment_names(), known.journey.touchpoint_names()
    return tuple(
        NamedContact(segments[each.segment], touchpoints[each.touchpoint], each.intent, each.window)
        for each in contacts
        if each.segment in segments and each.touchpoint in touchpoints
    )


def _those(ids: Iterable[int], names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[id] for id in ids if id in names)


def differing(first: NamedDraft, second: NamedDraft) -> tuple[str, ...]:
    """The names of the fields in which two drafts are not the same; the order of a list says nothing."""
    names = (each.name for each in fields(NamedDraft))
    return tuple(name for name in names if _plain(getattr(first, name)) != _plain(getattr(second, name)))


def _plain(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def short_name(name: str) -> str:
    """The name as it is stored."""
    return clip(one_line(name), NAME_MAX)


class Roll:
    """Names in use, found whatever their case, and those that are added to them."""

    def __init__(self, names: Iterable[str], *, closed: bool = False) -> None:
        self._names = {name.casefold(): name for name in names}
        self._closed = closed
        self._made: list[str] = []

    def call(self, name: str) -> str | None:
        """The name as it is written in the register, added when it is new; None when no more may be added."""
        name = short_name(name)
        if name.casefold() not in self._names:
            if self._closed:
                return None
            self._names[name.casefold()] = name
            self._made.append(name)
        return self._names[name.casefold()]

    def __contains__(self, name: str) -> bool:
        return short_name(name).casefold() in self._names

    def made_of(self, used: Collection[str]) -> tuple[str, ...]:
        """The names that were added and are used, in order."""
        return tuple(name for name in self._made if name in used)
