"""Customer problems on request: how complete their fixes are, and the card of one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer
from handlers.carrying import id_carried
from handlers.commands import Call, Lister, Subcommand
from handlers.ids import Action
from handlers.views.names import Names
from handlers.views.paging import PAGE
from handlers.views.problems import CARD, LIST, Viewer, problem_card, problem_list, shown_of
from handlers.views.text import Message
from planning.errors import NotFound
from planning.portfolio.completeness import Fix, completeness, fixes, problems_named, worst_first
from planning.portfolio.values import Portfolio
from planning.register import Page, Register, Registers
from planning.text import one_line
from planning.workspace.values import Person

TITLE = "Customer problem"


def register(app: App) -> None:
    """Listen to the button that opens a problem."""
    app.action(Action.PROBLEM_SHOW)(press_show)


def show_problems(call: Call) -> Message:
    """`/cx problems`: all of them, those whose name has a word, or the card of the only one."""
    return list_problems(call, one_line(call.text), 0)


def list_problems(call: Call, query: str, offset: int) -> Message:
    """A page of the problems, worst first."""
    with call.registers.reading() as register:
        portfolio, viewer = register.initiatives.portfolio(call.now), Viewer(call.actor, Names.of(register))
        found = [fix for fix in fixes(portfolio) if query.casefold() in fix.problem.name.casefold()]
        if query and len(found) == 1:
            return _card(register, found[0], portfolio, viewer)
    listed = worst_first(found)
    page = Page(tuple(listed[offset : offset + PAGE]), len(listed), offset)
    return problem_list(page, completeness(portfolio), viewer, query)


def show_problem(call: Call, query: str, _offset: int) -> Message:
    """The card of the problem with that number."""
    return _shown(call.registers, id_carried(query), call.actor, call.now)


def press_show(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """The card, where the button stands."""
    ack()
    answer(client, body, respond, _shown(registers, id_carried(action["value"]), actor, now()), TITLE)


def _shown(registers: Registers, id: int, actor: Person, now: datetime) -> Message:
    with registers.reading() as register:
        portfolio = register.initiatives.portfolio(now)
        fix = next(fixes(portfolio, [id]), None)
        if fix is None:
            raise NotFound("This customer problem is no longer there. “/cx problems” lists those that are.")
        return _card(register, fix, portfolio, Viewer(actor, Names.of(register)))


def _card(register: Register, fix: Fix, portfolio: Portfolio, viewer: Viewer) -> Message:
    involved = {id: portfolio.holdings.by_id(id) or register.initiatives.by_id(id) for id in shown_of(fix)}
    return problem_card(fix, involved, viewer, known=problems_named(portfolio))


COMMANDS: tuple[Subcommand, ...] = (
    Subcommand("problems", "problems [name]", "What hurts customers, and what its fix lacks", show_problems),
)
LISTS: Mapping[str, Lister] = {LIST: list_problems, CARD: show_problem}
