from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import NotFound
from planning.proposals.asking import Progress, Proposal
from planning.proposals.changes import ChangeKind
from planning.proposals.values import About, AboutKind, Forbidden, Wishes
from tests.builders import NOW, at
from tests.planned import plan
from tests.proposed import (
    ABOUT,
    contact_moved,
    done,
    impossible,
    merged,
    moved,
    proposal,
    proposed,
    request_moved,
)

LEASE = timedelta(minutes=1)
WISHES = Wishes(
    pinned=(1,), forbidden=(Forbidden(initiative=2, change=ChangeKind.MOVED),), avoided=(proposed().signature,)
)


def test_a_proposal_is_kept_as_it_is(company: SqlRegisters) -> None:
    every = proposed(changes=(moved(), contact_moved(), request_moved(), merged()))
    with company.writing() as register:
        added = register.proposals.add(proposal(asked_by=1, wishes=WISHES))
        finished = replace(added, progress=Progress.DONE, best=every, stop=True, attempts=2, done_at=at(1))
        register.proposals.save(finished)

    with company.reading() as register:
        assert register.proposals.by_id(added.id) == finished


def test_those_about_the_same_are_listed_newest_first(company: SqlRegisters) -> None:
    pool = About(kind=AboutKind.POOL, id=1)
    with company.writing() as register:
        first, _, last = (register.proposals.add(proposal(about=about)) for about in (ABOUT, pool, ABOUT))

        assert register.proposals.of(ABOUT) == [last, first]
        with pytest.raises(NotFound, match="proposal"):
            register.proposals.by_id(99)


def test_the_oldest_that_waits_is_claimed_once(company: SqlRegisters, database: Database) -> None:
    with company.writing() as register:
        register.proposals.add(done(impossible()))
        waiting = register.proposals.add(proposal())
    assert database.computing_workspaces(NOW) == ["main"]

    with company.writing() as register:
        claimed = register.proposals.claim(NOW, LEASE)
        again = register.proposals.claim(NOW, LEASE)

    assert claimed == replace(waiting, progress=Progress.RUNNING, leased_until=NOW + LEASE, attempts=1)
    assert again is None
    assert database.computing_workspaces(NOW) == []


def test_what_somebody_waits_for_is_claimed_before_the_many_of_a_season(company: SqlRegisters) -> None:
    with company.writing() as register:
        of_season, of_person = (register.proposals.add(proposal(asked_by=one)) for one in (None, 1))
        of_plan = register.proposals.add(proposal(asked_by=None, plan=register.plans.add(plan(finding=None)).id))
        claimed = [register.proposals.claim(NOW, LEASE) for _ in range(3)]

    assert [one.id for one in claimed if one is not None] == [of_person.id, of_plan.id, of_season.id]


def test_another_one_takes_over_when_the_lease_has_ended(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.proposals.add(proposal())
        register.proposals.claim(NOW, LEASE)

    with company.writing() as register:
        taken_over = register.proposals.claim(NOW + LEASE, LEASE)

    assert taken_over is not None
    assert taken_over.attempts == 2


def test_of_two_who_claim_at_once_each_gets_its_own(company: SqlRegisters) -> None:
    with company.writing() as register:
        for _ in range(2):
            register.proposals.add(proposal())
    together = Barrier(3)

    def claim(_: int) -> Proposal | None:
        together.wait()
        with company.writing() as register:
            return register.proposals.claim(NOW, LEASE)

    with ThreadPoolExecutor(3) as pool:
        claimed = list(pool.map(claim, range(3)))

    assert sorted(one.id for one in claimed if one is not None) == [1, 2]


def test_asking_for_one_is_told_after_the_commit(database: Database, company: SqlRegisters) -> None:
    told: list[str] = []
    listening = replace(company, on_commit=told.append)

    with listening.writing() as register:
        added = register.proposals.add(proposal())
        assert told == []
    assert told == ["main"]

    with listening.writing() as register:
        register.proposals.save(replace(added, stop=True))
    assert told == ["main"]
