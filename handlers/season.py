"""The planning season: who would be told of what, opening it by hand, its sessions, and the pack."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer
from handlers.carrying import id_carried
from handlers.commands import Call, Subcommand
from handlers.ids import Action
from handlers.views.names import Names
from handlers.views.season_outlook import Outlook, opened_message, outlook_message, pack_told, session_told
from handlers.views.text import Message
from planning.outbox.values import MessageKind
from planning.proposals.asking import Progress
from planning.register import Register, Registers
from planning.season.gathering import Season
from planning.season.meeting import open_session
from planning.season.opening import invitations, is_opened, open_quarters, open_season, opens_by_itself
from planning.season.packing import ask_for_pack
from planning.season.quarters import quarter_typed
from planning.workspace.hours import day_in
from planning.workspace.rights import Right, may
from planning.workspace.values import Person

TITLE, PACK = "Planning season", "pack"


def register(app: App) -> None:
    """Listen to the buttons."""
    app.action(Action.SEASON_OPEN)(press_open)
    app.action(Action.SEASON_SESSION)(press_session)


def show_season(call: Call) -> Message:
    """`/cx season`: when the next one is and who would be told; `pack` sends the document."""
    word, _, rest = call.text.partition(" ")
    if word.casefold() == PACK:
        return _send_pack(call, rest)
    with call.registers.reading() as register:
        quarter = quarter_typed(register, call.text, call.now)
        return outlook_message(outlook_of(register, quarter, call.actor, call.now))


def outlook_of(register: Register, quarter: str, actor: Person, now: datetime) -> Outlook:
    """What the season of a quarter would send to whom, as one person may know it."""
    season = Season(register.initiatives.portfolio(now), quarter)
    today = day_in(register.workspaces.current().zone, now)
    open_already = is_opened(register, quarter)
    may_open = may(actor, Right.OPEN_SEASON) and not open_already and quarter in open_quarters(today)
    invited = invitations(register, season, now)
    opens_at = opens_by_itself(register, quarter)
    return Outlook(quarter, opens_at, tuple(invited), len(season.live), open_already, may_open, actor.zone, now)


def press_open(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    actor: Person,
    registers: Registers,
    now: Callable[[], datetime],
    respond: Respond,
) -> None:
    """Open it, as it was shown."""
    with registers.writing() as register:
        invited = open_season(register, action["value"], actor, now())
    ack()
    answer(client, body, respond, opened_message(action["value"], invited), TITLE, replace=True)


def press_session(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    actor: Person,
    registers: Registers,
    now: Callable[[], datetime],
    respond: Respond,
) -> None:
    """The plan of the stage; whoever presses second is told that it is there."""
    with registers.writing() as register:
        plan = open_session(register, id_carried(action["value"]), actor, now())
        register.postings.revise(MessageKind.SEASON, id_carried(action["value"]))
        names = Names.of(register)
    ack()
    answer(client, body, respond, session_told(plan, names), TITLE)


def _send_pack(call: Call, typed: str) -> Message:
    with call.registers.writing() as register:
        quarter = quarter_typed(register, typed, call.now)
        proposal = ask_for_pack(register, quarter, call.actor, call.now)
    return pack_told(quarter, at_once=proposal.progress is Progress.DONE)


COMMANDS = (
    Subcommand("season", "season [quarter | pack]", "The quarter, planned once and together", show_season, writes=True),
)
