"""Initiatives in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import NotFound
from planning.initiatives.values import Draft, Intent, Status
from planning.metrics.values import Direction
from planning.problems.values import Part
from planning.similarity import settled
from tests.builders import (
    NOW,
    at,
    contact,
    draft,
    effect,
    metric,
    pool,
    problem,
    request,
    tension,
    vector,
    window,
)


@pytest.fixture
def known(company: SqlRegisters) -> SqlRegisters:
    """The company with two metrics, a pool and a customer problem."""
    with company.writing() as register:
        for name in ("Satisfaction", "Calls"):
            register.metrics.add(metric(name=name))
        register.pools.add(pool())
        register.problems.add(problem())
    return company


def full(**fields: object) -> Draft:
    return draft(
        owner=2,
        status=Status.ACTIVE,
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 9, 30),
        stages=(3, 1),
        segments=(1,),
        touchpoints=(1,),
        contacts=(contact(window=window(days=9)), contact(intent=Intent.CROSS_SELL)),
        effects=(effect(metric=2), effect(direction=Direction.DOWN)),
        requests=(request(), request(person_weeks=0.1 + 0.2), request()),
        serves=1,
        supplies=(Part.SYSTEM, Part.POLICY),
        links=("https://b.example/2", "https://a.example/1"),
        extras={"budget": "12 000 €", "sponsor": "Ada"},
        **fields,
    )


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


def test_an_initiative_comes_back_with_all_that_it_names_in_order(known: SqlRegisters) -> None:
    with known.writing() as register:
        added = register.initiatives.add(full(), vector(), NOW, by=1, source="tracker", source_id="T-7")

    with known.reading() as register:
        assert register.initiatives.by_id(1) == added
        assert register.initiatives.all() == [added]
        assert register.initiatives.by_source("tracker", "T-7") == added
        assert register.initiatives.by_source("tracker", "T-8") is None
        assert register.initiatives.by_source("elsewhere", "T-7") is None
    assert (added.reference, added.draft, added.registered_by) == ("CX-1", full(), 1)


def test_a_saved_initiative_replaces_what_it_was(known: SqlRegisters) -> None:
    with known.writing() as register:
        first = register.initiatives.add(full(), vector(1), NOW)
        other = register.initiatives.add(full(), vector(2), NOW)
        later = replace(first, draft=draft(title="New", stages=(2, 1)), changed_at=at(1), joined=other.id)
        register.initiatives.save(later)

    with known.reading() as register:
        assert register.initiatives.all() == [later, other]


def test_a_retired_stage_is_not_shown_but_its_link_is_kept(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.initiatives.add(draft(stages=(1, 2, 3)), vector(), NOW)
        register.journeys.retire_stage(2)
    with company.writing() as register:
        shown = register.initiatives.by_id(1)
        register.initiatives.save(replace(shown, draft=replace(shown.draft, stages=(3,))))

    with company.writing() as register:
        assert shown.draft.stages == (1, 3)
        assert register.initiatives.by_id(1).draft.stages == (3,)
        register.initiatives.save(replace(shown, draft=replace(shown.draft, stages=(2, 3))))
        assert register.initiatives.by_id(1).draft.stages == (3,)


def test_many_saved_at_once_are_each_as_if_saved_alone(known: SqlRegisters) -> None:
    with known.writing() as register:
        one, other, third = (register.initiatives.add(full(), vector(n), NOW) for n in range(3))
        register.journeys.retire_stage(3)
        later = replace(other, draft=draft(title="New", stages=(2, 1)), changed_at=at(1), joined=one.id)
        named = replace(third, draft=replace(third.draft, stages=(3, 2)))
        register.initiatives.save_all([replace(one, draft=replace(one.draft, stages=(2,))), later, named])
        register.initiatives.save_all([])

    with known.reading() as register:
        assert register.initiatives.by_id(2) == later
        assert [kept.draft.stages for kept in register.initiatives.all()] == [(2,), (2, 1), (2,)]
        assert register.initiatives.by_id(1).draft.contacts == full().contacts


def test_two_thousand_are_saved_in_few_statements(known: SqlRegisters, database: Database) -> None:
    drafts = [(f"S-{n}", full(title=f"Initiative {n}"), vector(n % 7)) for n in range(2000)]
    with known.writing() as register:
        added = register.initiatives.add_all(drafts, NOW, by=1, source="portfolio.csv")
    saved = [replace(one, draft=replace(one.draft, stages=(2,))) for one in added]
    with known.writing() as register, counted(database) as statements:
        register.initiatives.save_all(saved)

    assert len(statements) < 35
    with known.reading() as register:
        assert register.initiatives.all() == saved


def test_a_thing_named_twice_is_kept_once(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.initiatives.add(
            draft(stages=(2, 1, 2), links=("https://a.example", "https://a.example")), vector(), NOW
        )

    with company.reading() as register:
        kept = register.initiatives.by_id(1).draft
    assert (kept.stages, kept.links) == ((2, 1), ("https://a.example",))


def test_a_source_id_is_taken_once_but_what_slack_registers_has_none(company: SqlRegisters) -> None:
    with company.writing() as register:
        for _ in range(2):
            register.initiatives.add(draft(), vector(), NOW)
        register.initiatives.add(draft(), vector(), NOW, source="tracker", source_id="1")
        register.initiatives.add(draft(), vector(), NOW, source="other", source_id="1")

    with pytest.raises(IntegrityError), company.writing() as register:
        register.initiatives.add(draft(), vector(), NOW, source="tracker", source_id="1")


def test_some_are_read_together_the_oldest_first_and_unknown_numbers_left_out(known: SqlRegisters) -> None:
    with known.writing() as register:
        first, second, _ = (register.initiatives.add(draft(title=f"No. {n}"), vector(n), NOW) for n in range(3))

        assert register.initiatives.some([second.id, first.id, first.id, 99]) == [first, second]


def test_an_unknown_number_names_itself(company: SqlRegisters) -> None:
    with company.reading() as register, pytest.raises(NotFound, match="CX-9"):
        register.initiatives.by_id(9)


def test_the_portfolio_holds_the_live_ones_with_their_vectors(company: SqlRegisters) -> None:
    with company.writing() as register:
        added = [register.initiatives.add(draft(title=f"No. {n}"), vector(n), NOW) for n in range(4)]
        register.initiatives.save(replace(added[1], draft=replace(added[1].draft, status=Status.DONE)))
        register.initiatives.save(replace(added[2], joined=1))
        register.initiatives.save(added[3], vector(33))

    with company.reading() as register:
        portfolio = register.initiatives.portfolio(NOW)
    expected = settled(np.stack([vector(0), vector(33)]))
    assert portfolio.initiatives == (added[0], added[3])
    assert np.array_equal(portfolio.holdings.cosines(np.array([0])), (expected @ expected.T)[:1])
    assert [lead.name for lead in portfolio.leads_of(2)] == ["Bo Lind"]
    assert list(portfolio.journey.stage_names().values()) == ["Join", "Use", "Renew"]


def test_the_portfolio_holds_what_the_names_refer_to(company: SqlRegisters) -> None:
    with company.writing() as register:
        metrics = [register.metrics.add(metric(name=name)) for name in ("Satisfaction", "Calls")]
        register.metrics.save_tensions([tension()])
        kept = (register.pools.add(pool()), register.problems.add(problem()))

    with company.reading() as register:
        portfolio = register.initiatives.portfolio(NOW)
    assert (portfolio.metrics, portfolio.tensions) == (tuple(metrics), (tension(),))
    assert (portfolio.pools, portfolio.problems) == ((kept[0],), (kept[1],))


@pytest.mark.parametrize(("zone", "today"), [("Pacific/Auckland", date(2027, 3, 2)), ("UTC", date(2027, 3, 1))])
def test_the_portfolio_is_of_the_day_that_it_is_in_the_workspace(company: SqlRegisters, zone: str, today: date) -> None:
    with company.writing() as register:
        register.workspaces.save(replace(register.workspaces.current(), zone=zone))
        assert register.initiatives.portfolio(at(hours=3)).today == today


def test_what_finished_initiatives_brought_to_a_fix_is_known(company: SqlRegisters) -> None:
    with company.writing() as register:
        for name in ("First", "Second"):
            register.problems.add(problem(name=name))
        add = register.initiatives.add
        add(draft(serves=1, supplies=(Part.POLICY, Part.PEOPLE), status=Status.DONE), vector(1), NOW)
        add(draft(serves=1, supplies=(Part.POLICY, Part.SYSTEM), status=Status.DONE), vector(2), NOW)
        add(draft(serves=1, supplies=(Part.MESSAGE,)), vector(3), NOW)
        add(draft(serves=2, supplies=(Part.PROCESS,), status=Status.CANCELLED), vector(4), NOW)
        add(draft(supplies=(Part.PROCESS,), status=Status.DONE), vector(5), NOW)
        register.initiatives.save(replace(add(draft(serves=2, supplies=(Part.MEASURE,)), vector(6), NOW), joined=1))
        given_up = draft(serves=2, supplies=(Part.MEASURE,), status=Status.DONE)
        register.initiatives.save(replace(add(given_up, vector(7), NOW), joined=1))

        brought = {Part.POLICY: (1, 2), Part.PEOPLE: (1,), Part.SYSTEM: (2,)}
        assert register.initiatives.portfolio(NOW).supplied == {1: brought}


def test_a_portfolio_without_initiatives_is_empty(company: SqlRegisters) -> None:
    with company.reading() as register:
        holdings = register.initiatives.portfolio(NOW).holdings
    assert (holdings.initiatives, holdings.layers, len(holdings.ids)) == ((), (), 0)


def test_two_thousand_are_read_in_few_queries(known: SqlRegisters, database: Database) -> None:
    drafts = [(f"S-{n}", full(title=f"Initiative {n}"), vector(n % 7, dimension=384)) for n in range(2000)]
    with known.writing() as register:
        added = register.initiatives.add_all(drafts, NOW, by=1, source="portfolio.csv")

    with known.reading() as register, counted(database) as statements:
        portfolio = register.initiatives.portfolio(NOW)
    assert portfolio.initiatives == tuple(added)
    assert [one.id for one in added] == list(range(1, 2001))
    assert len([said for said in statements if said.startswith("SELECT ")]) <= 35


def test_adding_nothing_takes_no_number(company: SqlRegisters) -> None:
    with company.writing() as register:
        assert register.initiatives.add_all([], NOW, by=None, source="empty.csv") == []
        assert register.initiatives.add(draft(), vector(), NOW).id == 1
