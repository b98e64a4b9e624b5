"""`/cx todo`: what needs the person now."""

from collections.abc import Mapping

from handlers.commands import Call, Lister, Subcommand
from handlers.views.needs import TODO, todo_list
from handlers.views.paging import PAGE
from handlers.views.text import Message
from planning.needs.listing import needs_of
from planning.register import Page


def show_todo(call: Call) -> Message:
    """`/cx todo`."""
    return list_todo(call, "", 0)


def list_todo(call: Call, _query: str, offset: int) -> Message:
    """A page of all that waits for the person."""
    with call.registers.reading() as register:
        person = register.people.by_id(call.actor.id)
        portfolio = register.initiatives.portfolio(call.now)
        needs = needs_of(register, person, call.now, portfolio)
    page = Page(needs.items[offset : offset + PAGE], len(needs.items), offset)
    return todo_list(page, person, portfolio.today, beyond=needs.total - len(needs.items))


COMMANDS = (Subcommand(TODO, TODO, "What needs you now, most urgent first", show_todo),)
LISTS: Mapping[str, Lister] = {TODO: list_todo}
