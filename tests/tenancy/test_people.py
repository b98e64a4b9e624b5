"""Whatever people of one workspace do, nothing of another one comes out, and nothing of it is changed."""

import json
import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.database import Database
from tests.filled import further, twins
from tests.tenancy.crawling import crawl, entry_of, opening
from tests.tenancy.messages import messages, said
from tests.tenancy.rows import rows_of
from tests.tenancy.visiting import House, Json, Visitor

ALPHA, BETA = "alphaqx", "betaqx"


@pytest.fixture
def house(database: Database) -> House:
    """Two workspaces with the same numbers and people; one has some more of everything."""
    twins(database, ALPHA, BETA)
    with database.registers(BETA).writing() as register:
        further(register, BETA)
    return House(database)


def explored(house: House, workspace: str) -> Visitor:
    """Somebody who may do anything in a workspace, and has done so."""
    visitor = house.visitor(workspace)
    with house.database.registers(workspace).reading() as register:
        shown = [said(one) for one in messages(register).values()]
    crawl(visitor, shown, each=2 if workspace == ALPHA else 1)
    return visitor


def leaks(visitor: Visitor, mark: str) -> list[Json]:
    """What was sent where something of the other workspace came out."""
    return [body for body, came_out in visitor.came_out if mark in came_out.casefold()]


def test_everything_that_can_be_done_in_one_workspace_stays_in_it(house: House) -> None:
    explorers = {}
    for ours, theirs in ((ALPHA, BETA), (BETA, ALPHA)):
        before = rows_of(house.database, theirs)
        explorers[ours] = explored(house, ours)
        assert leaks(explorers[ours], theirs) == []
        assert rows_of(house.database, theirs) == before
        assert ours in str(explorers[ours].came_out).casefold()
    assert _untried(house, explorers[ALPHA]) == set()

    _what_is_pressed_there_is_pressed_here(house, explorers[BETA].sent)


def _what_is_pressed_there_is_pressed_here(house: House, sent: Sequence[Json]) -> None:
    """Their buttons and forms, with their numbers, at our place."""
    before, forger = rows_of(house.database, BETA), house.visitor(ALPHA)
    for body in {entry_of(body): body for body in sent}.values():
        forger.send(json.loads(json.dumps(body).replace(BETA, "letters")))
    assert leaks(forger, BETA) == []
    assert rows_of(house.database, BETA) == before


def _untried(house: House, visitor: Visitor) -> set[tuple[str, str]]:
    """What the app listens to, and nobody has tried."""
    tried = visitor.reached
    return {
        (kind, id)
        for kind, id in house.app.entries
        if (kind, id) not in tried and not any(k == kind and re.fullmatch(id, one) for k, one in tried)
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.tuples(st.sampled_from([ALPHA, BETA]), st.integers(0, 999)), min_size=8, max_size=16))
def test_in_whatever_order_people_of_both_do_things(house: House, order: list[tuple[str, int]]) -> None:
    visitors = {workspace: house.visitor(workspace) for workspace in (ALPHA, BETA)}
    steps = {workspace: [*opening(workspace)] for workspace in visitors}
    for workspace, step in order:
        visitors[workspace].send(steps[workspace][step % len(steps[workspace])])

    assert (leaks(visitors[ALPHA], BETA), leaks(visitors[BETA], ALPHA)) == ([], [])
