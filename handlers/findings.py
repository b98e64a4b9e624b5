"""Overlaps, gaps and the map on request, and the buttons of an overlap's card."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer
from handlers.commands import Call, Lister, Subcommand
from handlers.ids import COMMAND, Action
from handlers.references import reference_in
from handlers.views.coverage import coverage_map
from handlers.views.finding_lists import gap_list, listed_initiatives, overlap_list
from handlers.views.findings import overlap_card
from handlers.views.names import Names
from handlers.views.paging import PAGE
from handlers.views.text import Message
from planning.errors import NotFound
from planning.findings.settling import decide, may_decide, undo, whom_to_ask
from planning.findings.values import Choice, Finding, Kind, State
from planning.initiatives.values import Initiative
from planning.portfolio.measuring import coverage
from planning.register import Page, Register, Registers
from planning.text import clip, one_line
from planning.workspace.values import Person

TITLE = "Overlap"
MINE = "mine"
Clock = Callable[[], datetime]

CHOICES: Mapping[Action, Choice] = {
    Action.OVERLAP_PLAN: Choice.PLAN,
    Action.OVERLAP_COORDINATE: Choice.COORDINATE,
    Action.OVERLAP_DIFFERENT: Choice.DIFFERENT,
    Action.OVERLAP_SNOOZE: Choice.SNOOZE,
}


def register(app: App) -> None:
    """Listen to the buttons of cards and lists."""
    for button, choice in CHOICES.items():
        app.action(button)(decider(choice))
    app.action(Action.OVERLAP_UNDO)(undo_verdict)
    app.action(Action.OVERLAP_SHOW)(show_overlap)


def decider(choice: Choice) -> Callable[..., None]:
    """The listener of one verdict's button."""

    def decide_overlap(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        client: WebClient,
        actor: Person,
        registers: Registers,
        now: Clock,
        respond: Respond,
    ) -> None:
        ack()
        with registers.writing() as register:
            finding = decide(register, int(action["value"]), choice, actor, now())
            card = _card(register, finding, actor, now())
        _show_in_place(client, body, card, respond)

    return decide_overlap


def undo_verdict(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    actor: Person,
    registers: Registers,
    now: Clock,
    respond: Respond,
) -> None:
    """Take a verdict back."""
    ack()
    with registers.writing() as register:
        finding = undo(register, int(action["value"]), actor, now())
        card = _card(register, finding, actor, now())
    _show_in_place(client, body, card, respond)


def show_overlap(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    actor: Person,
    registers: Registers,
    now: Clock,
    respond: Respond,
) -> None:
    """The card of one overlap of a list, for one pair of eyes."""
    ack()
    with registers.reading() as register:
        card = _card(register, register.findings.by_id(int(action["value"])), actor, now())
    answer(client, body, respond, card, TITLE)


def show_overlaps(call: Call) -> Message:
    """`/cx overlaps`: the open overlaps, strongest first."""
    return list_overlaps(call, call.text, 0)


def list_overlaps(call: Call, query: str, offset: int) -> Message:
    """A page of the open overlaps: all, or those of one department or one initiative."""
    with call.registers.reading() as register:
        page, whose = _overlaps(register, query, call, offset)
        initiatives = {id: register.initiatives.by_id(id) for id in listed_initiatives(page.items)}
        return overlap_list(page, initiatives, Names.of(register), call.now, query, whose)


def show_gaps(call: Call) -> Message:
    """`/cx gaps`: what is missing, worst first."""
    return list_gaps(call, call.text, 0)


def list_gaps(call: Call, query: str, offset: int) -> Message:
    """A page of the open gaps, all or those of one department's initiatives."""
    with call.registers.reading() as register:
        wanted = _departments(register, query, call.actor)
        page = register.findings.page(Kind.GAP, call.now, PAGE, offset, departments=tuple(wanted))
    return gap_list(page, query, " and ".join(wanted.values()))


def show_map(call: Call) -> Message:
    """`/cx map`: who works on which stage."""
    with call.registers.reading() as register:
        return coverage_map(coverage(register.initiatives.portfolio()))


COMMANDS: tuple[Subcommand, ...] = (
    Subcommand("map", "map", "Who works on which stage of the journey", show_map),
    Subcommand("overlaps", "overlaps [department]", "Initiatives that run into each other", show_overlaps),
    Subcommand("gaps", "gaps [department]", "What the journey or an initiative lacks", show_gaps),
)
LISTS: Mapping[str, Lister] = {"overlaps": list_overlaps, "gaps": list_gaps}


def _card(register: Register, finding: Finding, actor: Person, now: datetime) -> Message:
    members = [register.initiatives.by_id(id) for id in finding.found.initiatives()]
    ask = "" if may_decide(register, finding, actor) else whom_to_ask(register, finding)
    return overlap_card(finding, members, Names.of(register), now, ask=ask)


def _show_in_place(client: WebClient, body: Mapping[str, Any], card: Message, respond: Respond) -> None:
    """A private copy is not in the outbox, so it is replaced here; the cards of the others follow by themselves."""
    if body.get("view") or body.get("container", {}).get("is_ephemeral"):
        answer(client, body, respond, card, TITLE, replace=True)


def _overlaps(register: Register, query: str, call: Call, offset: int) -> tuple[Page[Finding], str]:
    """The page that is asked for, and whose overlaps they are."""
    id = reference_in(query)
    if id is not None:
        return _overlaps_of(register, register.initiatives.by_id(id), call.now, offset)
    wanted = _departments(register, query, call.actor)
    page = register.findings.page(Kind.OVERLAP, call.now, PAGE, offset, departments=tuple(wanted))
    return page, " and ".join(wanted.values())


def _overlaps_of(register: Register, initiative: Initiative, now: datetime, offset: int) -> tuple[Page[Finding], str]:
    found = [finding for finding in register.findings.touching([initiative.id]) if finding.state(now) is State.OPEN]
    found.sort(key=lambda finding: (-finding.found.score, finding.opened_at, finding.id))
    return Page(tuple(found[offset : offset + PAGE]), len(found), offset), initiative.reference


def _departments(register: Register, query: str, actor: Person) -> dict[int, str]:
    """The departments that are asked for, by name or its beginning, or the own one; empty for all."""
    wanted = one_line(query).casefold()
    if not wanted or wanted == "all":
        return {}
    everyone = {department.id: department.name for department in register.departments.all()}
    if wanted == MINE:
        return _own(actor, everyone)
    exact = {id: name for id, name in everyone.items() if name.casefold() == wanted}
    found = exact or {id: name for id, name in everyone.items() if name.casefold().startswith(wanted)}
    if found:
        return found
    names = ", ".join(clip(name, 40) for name in list(everyone.values())[:20])
    raise NotFound(
        f"No department is called “{clip(query, 60)}”. There are: {names or f'none yet; try {COMMAND} setup'}."
    )


def _own(actor: Person, everyone: Mapping[int, str]) -> dict[int, str]:
    if actor.department is None:
        raise NotFound("Concord does not know your department yet. Name one, or leave it out to see all.")
    return {actor.department: everyone[actor.department]}
