import pytest

from db.registers import SqlRegisters
from planning.errors import FieldError, NotAllowed
from planning.findings.values import Kind
from planning.initiatives.planned import Planned, add_planned, remove_planned, serve
from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Initiative, Intent
from planning.metrics.values import Direction
from planning.problems.values import Part
from planning.workspace.values import Person
from tests.builders import NOW, at, contact, draft, effect, lead, metric, pool, problem, request, vector

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")
CANCEL, WIN = contact(intent=Intent.CANCEL), contact(intent=Intent.WIN)


@pytest.fixture
def planned(company: SqlRegisters) -> Initiative:
    """CX-1 of Marketing plans two contacts, one of which runs into CX-2 of Service."""
    with company.writing() as register:
        first = register_initiative(register, draft(contacts=(CANCEL, contact())), vector(1), {}, ADA, NOW)
        register_initiative(register, draft(department=2, contacts=(WIN,)), vector(5), {}, BO, NOW)
    return first


def removed(company: SqlRegisters, one: Planned, actor: Person = ADA) -> Initiative:
    with company.writing() as register:
        return remove_planned(register, 1, one, actor, at(1))


def overlaps(company: SqlRegisters) -> int:
    with company.reading() as register:
        return len(register.findings.standing(Kind.OVERLAP))


def test_a_removed_contact_no_longer_runs_into_anything_until_it_is_planned_again(
    company: SqlRegisters, planned: Initiative
) -> None:
    assert overlaps(company) == 1
    assert removed(company, CANCEL).draft.contacts == (contact(),)
    assert overlaps(company) == 0

    with company.writing() as register:
        add_planned(register, 1, CANCEL, ADA, at(2))
    assert overlaps(company) == 1


def test_removing_twice_changes_nothing_more(company: SqlRegisters, planned: Initiative) -> None:
    first = removed(company, CANCEL)
    assert removed(company, CANCEL) == first

    with company.reading() as register:
        assert [entry.verb for entry in register.audit.since(None)].count("initiative.amended") == 1


def test_who_may_not_change_it_is_told_whom_to_ask(company: SqlRegisters, planned: Initiative) -> None:
    with pytest.raises(NotAllowed, match="belongs to Marketing; ask Ada Berg to change it"):
        removed(company, CANCEL, BO)


def test_an_effect_takes_the_place_of_another_on_its_metric(company: SqlRegisters, planned: Initiative) -> None:
    falls = effect(direction=Direction.DOWN)
    with company.writing() as register:
        register.metrics.add(metric())
        add_planned(register, 1, effect(), ADA, at(1))
        assert add_planned(register, 1, falls, ADA, at(2)).draft.effects == (falls,)


def test_asking_for_more_than_a_pool_has_is_found_at_once(company: SqlRegisters, planned: Initiative) -> None:
    with company.writing() as register:
        register.pools.add(pool(capacity=1.0, leave=()))
        add_planned(register, 1, request(person_weeks=4), ADA, at(1))
        add_planned(register, 2, request(person_weeks=4), BO, at(1))
    assert overlaps(company) == 2

    with company.writing() as register:
        remove_planned(register, 2, request(person_weeks=4), BO, at(2))
    assert overlaps(company) == 1


def test_serving_one_problem_brings_departments_together(company: SqlRegisters, planned: Initiative) -> None:
    with company.writing() as register:
        register.problems.add(problem())
        assert serve(register, 1, 1, [Part.PROCESS], ADA, at(1)).draft.supplies == (Part.PROCESS,)
        serve(register, 2, 1, [], BO, at(1))
    assert overlaps(company) == 2

    with company.writing() as register:
        serve(register, 2, None, [], BO, at(2))
    assert overlaps(company) == 1


@pytest.mark.parametrize("gone", [effect(metric=9), request(pool=9), request(person_weeks=0)])
def test_what_cannot_be_planned_is_refused(company: SqlRegisters, planned: Initiative, gone: Planned) -> None:
    with company.writing() as register:
        register.pools.add(pool())
        with pytest.raises(FieldError):
            add_planned(register, 1, gone, ADA, at(1))
