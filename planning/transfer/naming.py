"""Names and what they stand for: a draft told by names, and back by ids."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

from planning.initiatives.values import Draft, Initiative
from planning.journey.values import Journey
from planning.register import Register
from planning.text import NAME_MAX, clip, one_line
from planning.transfer.values import NamedContact, NamedDraft
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

    def origin(self, initiative: Initiative) -> tuple[str, str]:
        """Where an initiative comes from: its file and its id there, or this workspace and its own number."""
        if initiative.source:
            return initiative.source, initiative.source_id
        return self.native, initiative.reference


def known_in(register: Register) -> Known:
    """The workspace with all of its initiatives, as it is now."""
    bare = Known(
        register.workspaces.current(),
        tuple(register.people.all()),
        tuple(register.departments.all()),
        register.journeys.current(),
    )
    found = {bare.origin(initiative): initiative for initiative in register.initiatives.all()}
    return Known(bare.workspace, bare.people, bare.departments, bare.journey, found)


def named(draft: Draft, known: Known) -> NamedDraft:
    """The draft told by names; what is no longer in the journey is left out."""
    stages, segments = known.journey.stage_names(), known.journey.segment_names()
    touchpoints = known.journey.touchpoint_names()
    people = known.people_names
    return NamedDraft(
        title=draft.title,
        problem=draft.problem,
        department=known.department_names.get(draft.department, ""),
        owner=people.get(draft.owner, "") if draft.owner is not None else "",
        status=draft.status,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        stages=_those(draft.stages, stages),
        segments=_those(draft.segments, segments),
        touchpoints=_those(draft.touchpoints, touchpoints),
        contacts=tuple(
            NamedContact(segments[c.segment], touchpoints[c.touchpoint], c.intent, c.window)
            for c in draft.contacts
            if c.segment in segments and c.touchpoint in touchpoints
        ),
        links=draft.links,
        serves=draft.serves,
        extras=draft.extras,
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
