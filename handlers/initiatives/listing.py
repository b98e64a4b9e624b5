"""Lists of initiatives: one's own, and what words find."""

from collections.abc import Mapping

from handlers.commands import Call, Lister, Subcommand
from handlers.views.initiatives import found_list, mine_list
from handlers.views.names import Names
from handlers.views.paging import PAGE
from handlers.views.text import Message
from planning.register import Search
from planning.text import one_line

WORDS_MAX = 12
"""More words than this narrow nothing that the first did not."""
WORD_MAX = 80
QUOTES = "\"'“”„‘’«»"
"""People put them around what they look for."""


def list_mine(call: Call) -> Message:
    """`/cx mine`."""
    return mine(call, "", 0)


def find(call: Call) -> Message:
    """`/cx find`, with or without words."""
    return found(call, one_line(call.text), 0)


def mine(call: Call, _query: str, offset: int) -> Message:
    """A page of what the person owns."""
    with call.registers.reading() as register:
        page = register.initiatives.matching(Search(owner=call.actor.id), PAGE, offset)
        return mine_list(page, Names.of(register))


def found(call: Call, query: str, offset: int) -> Message:
    """A page of what has all the words."""
    words = tuple(bare[:WORD_MAX] for word in query.split()[:WORDS_MAX] if (bare := word.strip(QUOTES)))
    with call.registers.reading() as register:
        page = register.initiatives.matching(Search(words=words), PAGE, offset)
        return found_list(" ".join(words), page, Names.of(register))


COMMANDS = (
    Subcommand("mine", "mine", "List the initiatives that you own", list_mine, searches=True),
    Subcommand("find", "find WORDS", "Find initiatives of all departments", find, searches=True),
)
LISTS: Mapping[str, Lister] = {"mine": mine, "find": found}
