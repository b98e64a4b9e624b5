"""Overlaps, gaps and the map on request."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.commands import Call, Lister, Subcommand
from handlers.ids import COMMAND
from handlers.initiatives.telling import open_overlaps
from handlers.references import reference_in
from handlers.views.claims import stage_claims
from handlers.views.coverage import coverage_map
from handlers.views.finding_lists import gap_list, listed_initiatives, overlap_list
from handlers.views.names import Names
from handlers.views.paging import PAGE, Place
from handlers.views.rules import TOPICS, topics_of
from handlers.views.text import Message
from planning.errors import NotFound
from planning.findings.values import Finding, Kind, Rule
from planning.initiatives.values import Initiative
from planning.portfolio.measuring import coverage
from planning.portfolio.silence import silences
from planning.register import Page, Register
from planning.text import clip, one_line
from planning.workspace.values import Person

MINE = "mine"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to: rules and departments (id → name); empty for all of them."""

    rules: Collection[Rule]
    departments: Mapping[int, str]
    topic: str = ""

    @property
    def words(self) -> str:
        """The same in words, for the heading."""
        whose = f"of {' and '.join(self.departments.values())}" if self.departments else ""
        return f"{whose} {f'({self.topic})' if self.topic else ''}".strip()


def show_overlaps(call: Call) -> Message:
    """`/cx overlaps`: the open overlaps, strongest first."""
    return list_overlaps(call, call.text, 0)


def list_overlaps(call: Call, query: str, offset: int) -> Message:
    """A page of the open overlaps: all, or those of one kind, one department or one initiative."""
    with call.registers.reading() as register:
        page, where = _overlaps(register, query, call, offset)
        initiatives = {id: register.initiatives.by_id(id) for id in listed_initiatives(page.items)}
        return overlap_list(page, initiatives, Names.of(register), call.now, query, where)


def show_gaps(call: Call) -> Message:
    """`/cx gaps`: what is missing, worst first."""
    return list_gaps(call, call.text, 0)


def list_gaps(call: Call, query: str, offset: int) -> Message:
    """A page of the open gaps, all or those of one kind or one department's initiatives; then who is silent."""
    with call.registers.reading() as register:
        wanted = _wanted(register, query, Kind.GAP, call.actor)
        page = _page(register, Kind.GAP, wanted, call.now, offset)
        silent = () if offset or query else silences(register.initiatives.portfolio(call.now))
        return gap_list(page, Names.of(register), call.actor, query, wanted.words, silent)


def show_map(call: Call) -> Message:
    """`/cx map`: who works on which stage."""
    return list_map(call, "", 0)


def list_map(call: Call, _query: str, _offset: int) -> Message:
    """The map, and who looks after which stage."""
    with call.registers.reading() as register:
        portfolio, names = register.initiatives.portfolio(call.now), Names.of(register)
    drawn = coverage_map(coverage(portfolio))
    claims = stage_claims(portfolio.journey.stages, call.actor.id, names, Place(list="map"))
    return Message(drawn.text, [*drawn.blocks, *claims])


def _overlaps(register: Register, query: str, call: Call, offset: int) -> tuple[Page[Finding], str]:
    """The page that is asked for, and what it is narrowed to."""
    id = reference_in(query)
    if id is not None:
        return _overlaps_of(register, register.initiatives.by_id(id), call.now, offset)
    wanted = _wanted(register, query, Kind.OVERLAP, call.actor)
    return _page(register, Kind.OVERLAP, wanted, call.now, offset), wanted.words


def _page(register: Register, kind: Kind, wanted: Wanted, now: datetime, offset: int) -> Page[Finding]:
    departments = tuple(wanted.departments)
    return register.findings.page(kind, now, PAGE, offset, departments=departments, rules=wanted.rules)


def _overlaps_of(register: Register, initiative: Initiative, now: datetime, offset: int) -> tuple[Page[Finding], str]:
    found = open_overlaps(register, initiative, now)
    return Page(tuple(found[offset : offset + PAGE]), len(found), offset), f"of {initiative.reference}"


def _wanted(register: Register, query: str, kind: Kind, actor: Person) -> Wanted:
    """A department that is called so or of several words begins so, else a kind and perhaps a department after it."""
    typed = one_line(query).casefold()
    everyone = {department.id: department.name for department in register.departments.all()}
    topics = topics_of(kind)
    first, _, rest = typed.partition(" ")
    if called := _called(typed, everyone, whole=not rest):
        return Wanted((), called)
    topic = next((topic for topic in topics if first and topic.rstrip("s") == first.rstrip("s")), "")
    if first in TOPICS and not topic:
        raise NotFound(f"There are no {kind}s of that kind. The words are: {', '.join(topics)}.")
    return Wanted(topics.get(topic, ()), _departments(rest if topic else typed, everyone, actor, topics), topic)


def _departments(typed: str, everyone: Mapping[int, str], actor: Person, topics: Collection[str]) -> Mapping[int, str]:
    """The departments that are asked for, by name or its beginning, or the own one; empty for all."""
    if not typed or typed == "all":
        return {}
    if typed == MINE:
        return _own(actor, everyone)
    if found := _called(typed, everyone):
        return found
    names = ", ".join(clip(name, 40) for name in list(everyone.values())[:20])
    raise NotFound(
        f"No department or kind is called “{clip(typed, 60)}”. Kinds: {', '.join(topics)}. "
        f"Departments: {names or f'none yet; try {COMMAND} setup'}."
    )


def _called(typed: str, everyone: Mapping[int, str], *, whole: bool = False) -> dict[int, str]:
    """The departments of that name, or else, where not the `whole` must be typed, those that begin so."""
    exact = {id: name for id, name in everyone.items() if name.casefold() == typed}
    if exact or whole:
        return exact
    return {id: name for id, name in everyone.items() if name.casefold().startswith(typed)}


def _own(actor: Person, everyone: Mapping[int, str]) -> dict[int, str]:
    if actor.department is None:
        raise NotFound("Concord does not know your department yet. Name one, or leave it out to see all.")
    return {actor.department: everyone[actor.department]}


COMMANDS: tuple[Subcommand, ...] = (
    Subcommand("map", "map", "Who works on which stage of the journey", show_map),
    Subcommand("overlaps", "overlaps [kind] [department]", "Initiatives that run into each other", show_overlaps),
    Subcommand("gaps", "gaps [kind] [department]", "What is missing, worst first", show_gaps),
)
LISTS: Mapping[str, Lister] = {"overlaps": list_overlaps, "gaps": list_gaps, "map": list_map}
