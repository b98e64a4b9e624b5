"""Initiatives in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from time import perf_counter

import numpy as np
import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import NotFound
from planning.initiatives.values import Draft, Intent, Status
from planning.similarity import settled
from tests.builders import NOW, at, contact, draft, vector, window


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


def test_an_initiative_comes_back_with_all_that_it_names_in_order(company: SqlRegisters) -> None:
    with company.writing() as register:
        added = register.initiatives.add(full(), vector(), NOW, by=1, source="tracker", source_id="T-7")

    with company.reading() as register:
        assert register.initiatives.by_id(1) == added
        assert register.initiatives.all() == [added]
        assert register.initiatives.by_source("tracker", "T-7") == added
        assert register.initiatives.by_source("tracker", "T-8") is None
        assert register.initiatives.by_source("elsewhere", "T-7") is None
    assert (added.reference, added.draft, added.registered_by) == ("CX-1", full(), 1)


def test_a_saved_initiative_replaces_what_it_was(company: SqlRegisters) -> None:
    with company.writing() as register:
        first = register.initiatives.add(full(), vector(1), NOW)
        other = register.initiatives.add(full(), vector(2), NOW)
        later = replace(first, draft=draft(title="New", stages=(2, 1)), changed_at=at(1), joined=other.id)
        register.initiatives.save(later)

    with company.reading() as register:
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
        portfolio = register.initiatives.portfolio()
    assert portfolio.initiatives == (added[0], added[3])
    assert np.array_equal(portfolio.vectors, settled(np.stack([vector(0), vector(33)])))
    assert [lead.name for lead in portfolio.leads_of(2)] == ["Bo Lind"]
    assert list(portfolio.journey.stage_names().values()) == ["Join", "Use", "Renew"]


def test_a_portfolio_without_initiatives_has_no_vectors(company: SqlRegisters) -> None:
    with company.reading() as register:
        assert register.initiatives.portfolio().vectors.shape == (0, 0)


def test_vectors_of_another_encoder_are_like_nothing_until_they_are_made_anew(
    company: SqlRegisters, database: Database
) -> None:
    with company.writing() as register:
        old = register.initiatives.add(draft(), vector(1), NOW)
    renewed = replace(database, encoder="another").registers("main")

    with renewed.writing() as register:
        register.initiatives.add(draft(), vector(2, dimension=12), NOW)
        assert register.initiatives.outdated() == [old]
        assert not register.initiatives.portfolio().vectors[0].any()
        register.initiatives.save(old, vector(3, dimension=12))
        assert register.initiatives.outdated() == []
        assert register.initiatives.portfolio().vectors[0].any()


def test_two_thousand_are_added_and_read_in_seconds_and_few_queries(company: SqlRegisters, database: Database) -> None:
    drafts = [(f"S-{n}", full(title=f"Initiative {n}"), vector(n % 7, dimension=384)) for n in range(2000)]
    started = perf_counter()
    with company.writing() as register:
        added = register.initiatives.add_all(drafts, NOW, by=1, source="portfolio.csv")

    with company.reading() as register, counted(database) as statements:
        portfolio = register.initiatives.portfolio()
    assert perf_counter() - started < 10
    assert portfolio.initiatives == tuple(added)
    assert [one.id for one in added] == list(range(1, 2001))
    assert len([said for said in statements if said.startswith("SELECT")]) < 15


def test_adding_nothing_takes_no_number(company: SqlRegisters) -> None:
    with company.writing() as register:
        assert register.initiatives.add_all([], NOW, by=None, source="empty.csv") == []
        assert register.initiatives.add(draft(), vector(), NOW).id == 1
