"""The table of rights, every right against everybody."""

import re
from pathlib import Path

import pytest

from planning.workspace.rights import TABLE, TURNS, Right, Ties, Who, holders, may
from planning.workspace.values import Person, Role
from tests.builders import NOW, lead, person, steward

ROOT = Path(__file__).parents[3]
THING = Ties(departments=(1,), owners=(7,), asked=(8,))
EVERYBODY: dict[Who, Person] = {
    Who.EMPLOYEE: person(id=1),
    Who.ASKED: person(id=8),
    Who.OWNER: person(id=7),
    Who.LEAD_OF_DEPARTMENT: lead(1, id=2),
    Who.LEAD: lead(2, id=3),
    Who.EXECUTIVE: person(id=4, roles=frozenset({Role.EXECUTIVE})),
    Who.STEWARD: steward(id=5),
}
ALSO = {Who.LEAD_OF_DEPARTMENT: {Who.LEAD}}
DECIDES = re.compile(
    r"Role\.[A-Z]+ (?:not )?in |\.roles\s*[&|]?\s*(?:&|<=)|[&] \w+\.roles|(?<!for role )\bin \w+(?:\.\w+)*\.roles\b"
)
ELSEWHERE = {
    "planning/workspace/rights.py",
    "planning/workspace/values.py",
    "planning/transfer/laying.py",
}
"""Where the table is, what a lead is, and whether a file gives somebody more than they have."""


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("who", Who)
def test_everybody_has_the_rights_of_the_table_and_no_others(right: Right, who: Who) -> None:
    turns = TURNS.get(right, (TABLE[right],))

    allowed = bool({who, Who.EMPLOYEE, *ALSO.get(who, ())} & turns[0])

    assert may(EVERYBODY[who], right, THING) is allowed


@pytest.mark.parametrize("right", Right)
def test_who_has_left_has_no_right(right: Right) -> None:
    gone = person(id=7, department=1, roles=frozenset(Role), left_at=NOW)

    assert not may(gone, right, Ties((1,), (7,), (7,)))
    assert holders([gone], right, Ties((1,), (7,), (7,))) == []


@pytest.mark.parametrize("right", TURNS)
def test_what_goes_by_turns_falls_to_the_next_where_there_is_nobody(right: Right) -> None:
    nobody_of_the_first = [one for who, one in EVERYBODY.items() if not may(one, right, THING)]

    assert holders(EVERYBODY.values(), right, THING) == [one for one in EVERYBODY.values() if may(one, right, THING)]
    assert holders(nobody_of_the_first, right, THING)
    assert not {one.id for one in holders(nobody_of_the_first, right, THING)} & {
        one.id for one in EVERYBODY.values() if may(one, right, THING)
    }


def test_nobody_else_decides_by_roles() -> None:
    files = [path for layer in ("planning", "handlers", "bot", "db") for path in (ROOT / layer).rglob("*.py")]
    deciding = {str(path.relative_to(ROOT)) for path in files if DECIDES.search(path.read_text())}

    assert {
        name for name in deciding if not name.startswith(("bot/demo/", "bot/sandbox/", "planning/similarity/"))
    } <= ELSEWHERE
