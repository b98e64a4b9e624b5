"""`/cx audit`: who did what, for stewards."""

import re
from collections.abc import Mapping

from handlers.commands import Call, Lister, Subcommand
from handlers.references import reference_in
from handlers.views.audit import audit_list
from handlers.views.audit_words import VERBS
from handlers.views.names import Names
from handlers.views.paging import PAGE
from handlers.views.text import Message
from planning.audit.reading import read_log
from planning.audit.values import Sought
from planning.errors import NotFound
from planning.register import Register
from planning.text import clip, one_line

_SUBJECT = re.compile(r"[a-z_]+:\S+")
SAID_MAX = 60
EXAMPLES = "Try /cx audit plan, /cx audit person.roles, /cx audit CX-12, or the whole name of somebody."


def show_log(call: Call) -> Message:
    """`/cx audit`, with or without what is looked for."""
    return list_log(call, one_line(call.text), 0)


def list_log(call: Call, query: str, offset: int) -> Message:
    """A page of the log."""
    with call.registers.reading() as register:
        page = read_log(register, _sought(register, query), call.actor, PAGE, offset)
        return audit_list(page, Names.of(register), call.actor.zone, query)


def _sought(register: Register, query: str) -> Sought:
    """By an initiative's number, a subject such as plan:3, a verb or what verbs begin with, or somebody's name."""
    if not query:
        return Sought()
    id, typed = reference_in(query), query.casefold()
    if id is not None:
        return Sought(subject=f"initiative:{id}")
    if _SUBJECT.fullmatch(typed):
        return Sought(subject=typed)
    verb = typed.replace("-", "_").replace(" ", "_")
    if verb in {*VERBS, *(known.partition(".")[0] for known in VERBS)}:
        return Sought(verb=verb)
    return Sought(person=_person(register, query))


def _person(register: Register, query: str) -> int:
    """Who is called so, or is the only one whose name begins so."""
    name = query.removeprefix("@").casefold()
    people = {one.id: one.name.casefold() for one in register.people.all()}
    exact = [id for id, known in people.items() if known == name]
    found = exact or [id for id, known in people.items() if known.startswith(name)]
    if len(found) != 1:
        what = f"{len(found)} people are called" if found else "The log has nothing called"
        raise NotFound(f"{what} “{clip(query, SAID_MAX)}”. {EXAMPLES}")
    return found[0]


COMMANDS = (Subcommand("audit", "audit [WHAT or WHO]", "Who did what; for stewards", show_log, searches=True),)
LISTS: Mapping[str, Lister] = {"audit": list_log}
