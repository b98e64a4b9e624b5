from dataclasses import replace

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.agreement.answering import answer
from planning.agreement.answers import SaidScore
from planning.agreement.closing import close_now, watch
from planning.agreement.results import ScoreResult
from planning.agreement.score_testing import open_score_test, said_score, sharers, to_settle
from planning.errors import FieldError, NotAllowed, NotFound, PlanningError
from planning.findings.values import Finding, Kind, Rule
from planning.journey.arranging import save_stages
from planning.outbox.values import MessageKind
from tests.builders import NOW, at, draft, initiative, lead, metric, stage, vector
from tests.handlers.slack import WordEncoder
from tests.planning.agreement.rounds import SAM, sent, staffed

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


@pytest.fixture
def shared(company: SqlRegisters) -> SqlRegisters:
    """Marketing (Ada) and Service (Bo) both work on “Use”; Sam is the steward."""
    with company.writing() as register:
        staffed(register)
        register.metrics.add(metric(stage=2))
        for department in (1, 2):
            register.initiatives.add(draft(department=department, stages=(2, 3)), vector(department), NOW)
    return company


def came_of(register: SqlRegister, *targets: float) -> ScoreResult:
    """The result of a test in which Ada and Bo name a target each."""
    poll = open_score_test(register, 2, SAM, NOW)
    for invitation, target in zip(register.polls.invitations(poll.id), targets, strict=False):
        said = SaidScore(measure="Satisfaction", target=target, metric=1)
        answer(register, invitation.id, said, ADA if invitation.person == 1 else BO, NOW)
    result = close_now(register, poll.id, WordEncoder(), SAM, at(1)).result
    assert isinstance(result, ScoreResult)
    return result


def disputes(register: SqlRegister) -> list[Finding]:
    return [one for one in register.findings.standing(Kind.GAP) if one.found.rule is Rule.SCORE_DISPUTED]


def test_the_leads_of_the_departments_that_work_on_a_stage_are_asked(shared: SqlRegisters, database: Database) -> None:
    with shared.writing() as register:
        poll = open_score_test(register, 2, SAM, NOW)
        asked = [one.person for one in register.polls.invitations(poll.id)]

    assert (poll.about, asked, len(sent(database, MessageKind.QUESTION))) == ((2,), [1, 2], 2)


def test_the_owner_of_the_stage_is_asked_too_and_may_start_it(shared: SqlRegisters) -> None:
    with shared.writing() as register:
        owner = replace(register.people.by_id(3), department=None)
        register.people.save(owner)
        owned = stage(id=2, name="Use", position=2, owner=3)
        register.journeys.save_stage(owned)
        with pytest.raises(NotAllowed, match="Ask Sam Steward"):
            open_score_test(register, 2, ADA, NOW)

        assert [(person.id, of) for person, of in sharers(register, owned, NOW)] == [(1, 1), (2, 2), (3, 1)]
        assert open_score_test(register, 2, owner, NOW).opened_by == 3


def test_a_stage_that_too_few_share_is_not_tested(shared: SqlRegisters) -> None:
    with shared.writing() as register:
        with pytest.raises(PlanningError, match="“Join” is shared by too few: nobody could be asked"):
            open_score_test(register, 1, SAM, NOW)
        register.initiatives.add(draft(stages=(1,)), vector(3), NOW)
        with pytest.raises(PlanningError, match="only Ada Berg could be asked"):
            open_score_test(register, 1, SAM, NOW)
        with pytest.raises(NotFound, match="taken out"):
            open_score_test(register, 9, SAM, NOW)


def test_two_targets_are_a_gap_until_a_newer_test_agrees(shared: SqlRegisters) -> None:
    with shared.writing() as register:
        assert not came_of(register, 40, 55).agreed
        (gap,) = disputes(register)
        assert gap.found.why == (
            "Asked alone, the leads of “Use” do not aim at one score: “Satisfaction” at 40 or 55 (importance 3 of 5)."
        )

        assert came_of(register, 55, 55).agreed
        assert disputes(register) == []


def test_a_newer_test_that_too_few_answered_settles_nothing(shared: SqlRegisters) -> None:
    with shared.writing() as register:
        came_of(register, 40, 55)
        came_of(register, 55)

        assert len(disputes(register)) == 1


def test_the_gap_goes_with_the_stage(shared: SqlRegisters) -> None:
    with shared.writing() as register:
        poll = open_score_test(register, 2, SAM, NOW)
        tests = register.polls.invitations(poll.id)
        for invitation, person, target in zip(tests, (ADA, BO), (1.0, 2.0), strict=True):
            answer(register, invitation.id, SaidScore(measure="Calls", target=target), person, NOW)
        register.journeys.retire_stage(2)
        result = close_now(register, poll.id, WordEncoder(), SAM, at(1)).result

        assert isinstance(result, ScoreResult)
        assert (result.name, disputes(register)) == ("a stage that was taken out", [])


def test_a_test_ends_with_its_stage_and_nobody_is_reminded(shared: SqlRegisters, database: Database) -> None:
    with shared.writing() as register:
        gone, stays = open_score_test(register, 2, SAM, NOW), open_score_test(register, 3, SAM, NOW)
        save_stages(register, [("Join", ""), ("Renew", "")], SAM, at(1))

        assert not register.polls.by_id(gone.id).open
        assert register.polls.by_id(stays.id).open
        while watch(register, WordEncoder(), at(4)):
            pass

    assert {one.posting.subject for one in sent(database, MessageKind.REMINDER)} == {3, 4}


def test_a_dispute_is_an_item_for_the_plan_of_those_who_share_the_stage(shared: SqlRegisters) -> None:
    with shared.writing() as register:
        came_of(register, 40, 55)
        both = [initiative(1, stages=(2,)), initiative(2, stages=(1, 2))]

        assert to_settle(register, both, at(1)) == ["Use"]
        assert to_settle(register, [both[0], initiative(2, stages=(1,))], at(1)) == []


def test_a_metric_on_record_is_named_as_it_is_on_record() -> None:
    said = said_score(metric(), "", 60, "")

    assert (said.measure, said.unit, said.metric) == ("Satisfaction", "points", 1)


@pytest.mark.parametrize(
    ("chosen", "measure", "target", "unit", "field"),
    [
        (None, " ", 1.0, "", "measure"),
        (metric(), "Calls", 1.0, "", "measure"),
        (None, "Calls" * 20, 1.0, "", "measure"),
        (None, "Calls", float("inf"), "", "target"),
        (None, "Calls", 1e16, "", "target"),
        (None, "Calls", 1.0, "points " * 9, "unit"),
    ],
    ids=["no measure", "two measures", "long measure", "no number", "too much", "long unit"],
)
def test_a_fault_is_told_at_its_field(chosen: object, measure: str, target: float, unit: str, field: str) -> None:
    with pytest.raises(FieldError) as refused:
        said_score(chosen, measure, target, unit)  # type: ignore[arg-type]

    assert list(refused.value.errors) == [field]
