from dataclasses import replace

import pytest

from db.registers import SqlRegister, SqlRegisters
from planning.errors import AlreadyDone, NotAllowed, NotFound
from planning.outbox.values import MessageKind
from planning.proposals.asking import Progress, Proposal
from planning.proposals.requesting import ask_another, ask_for, draw_again, newer, send_to, stop, wish
from planning.proposals.values import About, AboutKind, Proposed, Wishes
from planning.workspace.values import Person, Role
from tests.builders import NOW, at, draft, found, lead, person, pool, vector
from tests.proposed import ABOUT, proposed

ADA = lead(1, id=1)
SAM = person(id=99, name="Sam", roles=frozenset())


def computed(register: SqlRegister, proposal: Proposal, best: Proposed | None = None) -> Proposal:
    """The same with an answer."""
    finished = replace(proposal, progress=Progress.DONE, best=best or proposed(), done_at=NOW)
    register.proposals.save(finished)
    return finished


def overlap(register: SqlRegister) -> About:
    """One between Ada's department and another."""
    for department in (1, 2):
        register.initiatives.add(draft(department=department), vector(department), NOW)
    return About(kind=AboutKind.FINDING, id=register.findings.add(found(), NOW).id)


def test_asking_twice_for_the_same_computes_once(company: SqlRegisters) -> None:
    with company.writing() as register:
        first = ask_for(register, ABOUT, ADA, NOW)
        assert ask_for(register, ABOUT, None, at(1)) == first
        assert ask_for(register, ABOUT, ADA, NOW, wishes=Wishes(pinned=(1,))) != first

        computed(register, first)
        assert ask_for(register, ABOUT, ADA, NOW).id not in (1, 2)


def test_one_that_is_under_way_is_taken_up_for_a_plan(company: SqlRegisters) -> None:
    with company.writing() as register:
        first = ask_for(register, ABOUT, ADA, NOW)

        assert ask_for(register, ABOUT, None, NOW) == first
        with pytest.raises(AlreadyDone, match="still looking"):
            ask_another(register, first.id, ADA, NOW)


def test_another_proposal_avoids_all_that_were_seen(company: SqlRegisters) -> None:
    second_best = proposed(changes=proposed().changes * 2)
    with company.writing() as register:
        first = computed(register, ask_for(register, ABOUT, ADA, NOW))
        second = computed(register, ask_another(register, first.id, ADA, NOW), second_best)
        third = ask_another(register, second.id, ADA, NOW)

        assert third.wishes.avoided == (proposed().signature, second_best.signature)
        assert register.proposals.by_id(first.id) == first
        assert newer(register, first) == third


def test_there_is_no_other_where_nothing_has_to_change(company: SqlRegisters) -> None:
    with company.writing() as register:
        first = computed(register, ask_for(register, ABOUT, ADA, NOW), proposed(changes=()))

        with pytest.raises(AlreadyDone, match="nothing has to change"):
            ask_another(register, first.id, ADA, NOW)


def test_wishes_are_planned_around_and_what_was_not_wanted_stays_so(company: SqlRegisters) -> None:
    with company.writing() as register:
        first = computed(register, ask_for(register, ABOUT, ADA, NOW))
        second = computed(register, ask_another(register, first.id, ADA, NOW))
        third = wish(register, second.id, Wishes(pinned=(2,)), ADA, NOW)

        assert third.wishes == Wishes(pinned=(2,), avoided=(proposed().signature,))


def test_stopping_is_said_once(company: SqlRegisters) -> None:
    with company.writing() as register:
        waiting = ask_for(register, ABOUT, ADA, NOW)
        assert stop(register, waiting.id, ADA, NOW).stop
        stop(register, waiting.id, ADA, NOW)
        verbs = [entry.verb for entry in register.audit.since(None)]
        assert verbs == ["proposal.asked", "proposal.stopped"]

        computed(register, waiting)
        with pytest.raises(AlreadyDone, match="stopped looking already"):
            stop(register, waiting.id, ADA, NOW)


def test_who_has_no_say_is_told_whom_to_ask(company: SqlRegisters) -> None:
    with company.writing() as register:
        about = overlap(register)
        assert ask_for(register, about, ADA, NOW).about == about

        with pytest.raises(NotAllowed, match="Ask Ada Berg"):
            ask_for(register, about, SAM, NOW)
        with pytest.raises(NotAllowed, match="lead of your department"):
            ask_for(register, ABOUT, SAM, NOW)


@pytest.mark.parametrize("role", [Role.LEAD, Role.EXECUTIVE, Role.STEWARD])
def test_leads_executives_and_stewards_ask_for_a_whole_quarter(company: SqlRegisters, role: Role) -> None:
    asker: Person = replace(ADA, roles=frozenset({role}))
    with company.writing() as register:
        assert ask_for(register, ABOUT, asker, NOW).asked_by == ADA.id


def test_what_has_gone_cannot_be_asked_for(company: SqlRegisters) -> None:
    with company.writing() as register:
        about = overlap(register)
        register.findings.save(replace(register.findings.by_id(about.id), closed_at=NOW), NOW)

        with pytest.raises(NotFound, match="gone by itself"):
            ask_for(register, about, ADA, NOW)
        for kind in (AboutKind.STAGE, AboutKind.POOL):
            with pytest.raises(NotFound, match="no longer"):
                ask_for(register, About(kind=kind, id=99), ADA, NOW)


def test_it_comes_to_who_asked_once_and_is_drawn_again_as_it_grows(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.pools.add(pool())
        asked = ask_for(register, About(kind=AboutKind.POOL, id=1), ADA, NOW)
        assert send_to(register, asked, ADA, NOW)
        assert not send_to(register, asked, replace(SAM, slack_id=None), NOW)

        draw_again(register, asked)
        assert register.postings.revise(MessageKind.PROPOSAL, asked.id) == 1
