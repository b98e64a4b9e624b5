from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import numpy as np
import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import FieldError, NotFound
from planning.findings.refreshing import refresh
from planning.findings.values import Choice, Kind, Rule, State
from planning.initiatives.changing import leave, withdraw
from planning.initiatives.registering import register_initiative, runs_into
from planning.initiatives.rehearsing import Rehearsal
from planning.initiatives.values import Draft, Initiative, Intent, Status
from planning.overlaps.weights import ALERT
from planning.similarity import Floats
from planning.workspace.values import Person
from tests.builders import NOW, at, contact, draft, lead, pool, problem, request, vector, window

MIA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


def registered(
    company: SqlRegisters,
    one: Draft,
    actor: Person = MIA,
    seed: int = 1,
    answers: dict[int, Choice] | None = None,
) -> Initiative:
    with company.writing() as register:
        return register_initiative(register, one, vector(seed), answers or {}, actor, NOW)


def like(one: Floats, cosine: float) -> Floats:
    """A vector of that cosine to another."""
    across = vector(2) - (vector(2) @ one) * one
    turned: Floats = cosine * one + np.sqrt(1 - cosine**2) * across / np.linalg.norm(across)
    return turned.astype(np.float32)


def test_a_first_initiative_is_cx_1_and_belongs_to_who_registered_it(company: SqlRegisters) -> None:
    initiative = registered(company, draft(title="  Clearer\n letters "))

    with company.reading() as register:
        stored = register.initiatives.by_id(initiative.id)
        verbs = [entry.verb for entry in register.audit.since(None)]
    assert (stored.reference, stored.draft.title, stored.draft.owner) == ("CX-1", "Clearer letters", MIA.id)
    assert "initiative.registered" in verbs


def test_the_same_work_of_another_department_is_shown_before_it_is_saved(company: SqlRegisters) -> None:
    registered(company, draft(stages=(1,)))

    with company.reading() as register:
        (near,) = runs_into(Rehearsal.of(register, draft(department=2, stages=(1,)), vector(1), NOW))
        assert list(register.findings.standing(Kind.OVERLAP)) == []

    assert (near.initiative.reference, near.department, near.owner) == ("CX-1", "Marketing", "Ada Berg")
    assert near.sentence


def test_a_stage_in_common_is_not_enough_to_be_shown(company: SqlRegisters) -> None:
    registered(company, draft(stages=(1,)))

    with company.reading() as register:
        assert runs_into(Rehearsal.of(register, draft(department=2, stages=(1,)), like(vector(1), 0.3), NOW)) == ()


def test_at_most_three_are_shown_strongest_first(company: SqlRegisters) -> None:
    for number in range(4):
        registered(company, draft(title=f"Letters {number}", stages=(1,) if number else ()))

    with company.reading() as register:
        near = runs_into(Rehearsal.of(register, draft(department=2, stages=(1,)), vector(1), NOW))

    assert len(near) == 3
    assert [one.found.score for one in near] == sorted((one.found.score for one in near), reverse=True)


def test_what_the_own_department_has_already_is_shown_apart_and_nobody_is_alerted(
    database: Database, company: SqlRegisters
) -> None:
    for number in range(3):
        registered(company, draft(title=f"Letters {number}", stages=(1,)))
    assert database.outbox(company.workspace).page(9).items == ()
    second = registered(company, draft(department=2, stages=(1,)), BO)

    with company.reading() as register:
        near = runs_into(Rehearsal.of(register, draft(stages=(1,)), vector(1), NOW))

    assert [(one.initiative.id, one.own) for one in near] == [(second.id, False), (1, True), (2, True)]


def test_work_of_the_own_department_that_is_not_the_same_is_not_shown(company: SqlRegisters) -> None:
    registered(company, draft(stages=(1,)), seed=5)

    with company.reading() as register:
        assert runs_into(Rehearsal.of(register, draft(stages=(1,)), vector(1), NOW)) == ()


def test_another_part_of_the_own_departments_fix_is_not_the_same_work(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.problems.add(problem())
    registered(company, draft(stages=(1,), serves=1))
    related = like(vector(1), cosine=0.3)

    with company.reading() as register:
        assert runs_into(Rehearsal.of(register, draft(stages=(1,), serves=1), related, NOW)) == ()
        assert runs_into(Rehearsal.of(register, draft(department=2, stages=(1,), serves=1), related, NOW))


def test_joining_what_the_own_department_has_is_joining_it(company: SqlRegisters) -> None:
    host = registered(company, draft(stages=(1,)))

    assert registered(company, draft(stages=(1,)), answers={host.id: Choice.JOIN}).joined == host.id


def test_a_draft_that_asks_too_much_of_a_pool_is_shown_who_else_asks_for_it(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.pools.add(pool(capacity=4.0, leave=()))
    for weeks, department in ((5.0, 1), (6.0, 2)):
        asked = request(person_weeks=weeks, window=window(days=14))
        registered(company, draft(department=department, requests=(asked,)), seed=department)

    with company.reading() as register:
        mine = draft(requests=(request(person_weeks=4.0, window=window(days=14)),))
        (near,) = runs_into(Rehearsal.of(register, mine, vector(7), NOW))

    assert near.found.rule is Rule.RESOURCE_CONTENTION
    assert (near.initiative.id, near.department) == (2, "Service")
    assert "CX-0" not in near.sentence


def test_each_initiative_is_shown_once_however_often_it_is_run_into(company: SqlRegisters) -> None:
    registered(company, draft(stages=(1,), contacts=(contact(intent=Intent.CANCEL),)))

    with company.reading() as register:
        mine = draft(department=2, stages=(1,), contacts=(contact(intent=Intent.WIN),))
        (near,) = runs_into(Rehearsal.of(register, mine, vector(1), NOW))

    assert near.found.rule is Rule.CONTACT_COLLISION


def test_what_is_changed_does_not_run_into_itself(company: SqlRegisters) -> None:
    first = registered(company, draft(stages=(1,)))

    with company.reading() as register:
        assert (
            runs_into(Rehearsal.of(register, replace(first.draft, department=2), vector(1), NOW, known_as=first.id))
            == ()
        )


def test_what_is_done_runs_into_nothing(company: SqlRegisters) -> None:
    registered(company, draft(stages=(1,)))

    with company.reading() as register:
        assert (
            runs_into(Rehearsal.of(register, draft(department=2, stages=(1,), status=Status.DONE), vector(1), NOW))
            == ()
        )


def test_an_overlap_is_on_record_with_what_its_registrant_answered(company: SqlRegisters) -> None:
    first = registered(company, draft(stages=(1,)))
    registered(company, draft(department=2, stages=(1,)), BO, answers={first.id: Choice.DIFFERENT})

    with company.reading() as register:
        (finding,) = register.findings.standing(Kind.OVERLAP)

    assert finding.found.rule is Rule.DUPLICATE_EFFORT
    assert finding.answer is not None
    assert finding.answer.choice is Choice.DIFFERENT
    assert finding.state(NOW) is State.OPEN, "the leads still decide"


def test_what_a_registrant_wants_to_coordinate_is_an_overlap_though_the_evidence_is_thin(
    company: SqlRegisters,
) -> None:
    first = registered(company, draft(stages=(1,)), seed=1)
    thin = like(vector(1), cosine=0.48)

    with company.writing() as register:
        (near,) = runs_into(Rehearsal.of(register, draft(department=2, stages=(1,)), thin, NOW))
        assert near.found.score < ALERT
        register_initiative(register, draft(department=2, stages=(1,)), thin, {first.id: Choice.COORDINATE}, BO, NOW)
        assert len(register.findings.standing(Kind.OVERLAP)) == 1
        refresh(register, at(1))
        assert len(register.findings.standing(Kind.OVERLAP)) == 1, "a full pass keeps it"


def test_opposed_contacts_collide_at_registration(company: SqlRegisters) -> None:
    registered(company, draft(contacts=(contact(intent=Intent.CANCEL),)))
    registered(company, draft(department=2, contacts=(contact(intent=Intent.WIN),)), BO, seed=5)

    with company.reading() as register:
        assert [f.found.rule for f in register.findings.standing(Kind.OVERLAP)] == [Rule.CONTACT_COLLISION]


def test_joining_keeps_what_was_written_and_takes_it_out_of_the_live_ones(company: SqlRegisters) -> None:
    host = registered(company, draft(stages=(1,)))

    joined = registered(company, draft(department=2, stages=(1,)), BO, answers={host.id: Choice.JOIN})

    assert (joined.joined, joined.live) == (host.id, False)
    with company.reading() as register:
        assert register.findings.standing(Kind.OVERLAP) == []


def test_leaving_makes_it_one_of_its_own_again(company: SqlRegisters) -> None:
    host = registered(company, draft(stages=(1,)))
    joined = registered(company, draft(department=2, stages=(1,)), BO, answers={host.id: Choice.JOIN})

    with company.writing() as register:
        left = leave(register, joined.id, BO, at(1))

    assert left.live
    with company.reading() as register:
        assert len(register.findings.standing(Kind.OVERLAP)) == 1


def test_every_fault_is_told_at_its_field_and_nothing_is_written(company: SqlRegisters) -> None:
    hopeless = draft(title=" \x00 ", department=99, stages=(77,), links=("javascript:alert(1)",))

    with pytest.raises(FieldError) as caught:
        registered(company, hopeless)

    assert set(caught.value.errors) == {"title", "department", "stages", "links"}
    with company.reading() as register:
        assert register.initiatives.all() == []


def test_a_form_that_arrives_twice_registers_once(company: SqlRegisters) -> None:
    first = registered(company, draft(stages=(1,)))
    together = Barrier(2)

    def send(_: int) -> Initiative:
        together.wait()
        with company.writing() as register:
            answers = {first.id: Choice.COORDINATE}
            return register_initiative(register, draft(department=2, stages=(1,)), vector(1), answers, BO, NOW, "V1")

    with ThreadPoolExecutor(2) as pool:
        one, same = pool.map(send, range(2))
    assert one == same
    assert (one.id, one.source, one.source_id) == (2, "slack", "V1")
    with company.reading() as register:
        assert len(register.initiatives.all()) == 2
        (overlap,) = register.findings.standing(Kind.OVERLAP)
        verbs = [entry.verb for entry in register.audit.since(None)]
    assert verbs.count("initiative.registered") == 2
    assert overlap.answer is not None


def test_a_form_that_arrives_late_changes_nothing_that_was_said_since(company: SqlRegisters) -> None:
    with company.writing() as register:
        made = register_initiative(register, draft(), vector(1), {}, MIA, NOW, "V1")
        withdraw(register, made.id, MIA, at(1))
        again = register_initiative(register, draft(title=""), vector(1), {}, MIA, at(2), "V1")

        assert again == register.initiatives.by_id(made.id)
        assert register_initiative(register, draft(), vector(1), {}, MIA, at(2), "V2").id == 2


def test_joining_what_is_not_there_says_so(company: SqlRegisters) -> None:
    with pytest.raises(NotFound):
        registered(company, draft(), answers={99: Choice.JOIN})

    with company.reading() as register:
        assert register.initiatives.all() == []


@pytest.mark.parametrize(
    "text",
    ["& < >", "<!channel> <@U0ADA>", "`code` *bold*", "\u202eright to left\u202c عربي", "🛟" * 100, "a\x00b\ud800c"],
    ids=["entities", "mentions", "marks", "right to left", "emoji", "null and surrogate"],
)
def test_any_text_survives(company: SqlRegisters, text: str) -> None:
    initiative = registered(company, draft(title=text, problem=text * 3))

    with company.reading() as register:
        assert register.initiatives.by_id(initiative.id).draft == initiative.draft
