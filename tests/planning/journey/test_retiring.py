from dataclasses import replace

import pytest

from db.registers import SqlRegisters
from planning.agreement.answers import TaggedInitiatives
from planning.agreement.ratification import AskedStage
from planning.agreement.values import PollKind
from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Status
from planning.journey.arranging import save_stages
from planning.journey.retiring import Hanging, hanging
from planning.register import Register
from tests.asked import poll, ratification, stance
from tests.builders import NOW, draft, hand_off, metric, steward, vector

SAM = steward(id=1)


def without_use(company: SqlRegisters, *names: str, to: str | None = None) -> None:
    """Save the journey without its stage 2."""
    with company.writing() as register:
        moves = {2: to} if to else {}
        save_stages(register, [(name, "") for name in names or ("Join", "Renew")], SAM, NOW, moves)


def use(company: SqlRegisters) -> Hanging:
    """What hangs on stage 2."""
    with company.reading() as register:
        (found,) = hanging(register, [register.journeys.current().stages[1]], NOW)
    return found


def initiatives(register: Register) -> None:
    for seed, (stages, status) in enumerate([((1, 2), Status.ACTIVE), ((2,), Status.IDEA), ((2,), Status.DONE)]):
        one = draft(title=f"Number {seed}", stages=stages, status=status)
        register_initiative(register, one, vector(seed), {}, SAM, NOW)


def asked(register: Register) -> None:
    """Everything that people can be asked of stage 2 is open, with a tag and a stance on it."""
    for kind, about in ((PollKind.SCORE, (2,)), (PollKind.PULSE, (1,)), (PollKind.NAMING, ())):
        register.polls.add(poll(kind=kind, about=about))
    (invited,) = register.polls.invite(2, [(2, 2)])
    tagged = TaggedInitiatives(tags=((1, 2),))
    register.polls.save_invitation(replace(invited, answered_at=NOW, answer=tagged))
    register.ratifications.add(ratification(stages=(AskedStage(1, "Join"), AskedStage(2, "Use"))))
    register.ratifications.save_stances(1, [stance(stage=2)])


def test_all_that_hangs_on_a_stage_is_gathered(company: SqlRegisters) -> None:
    with company.writing() as register:
        initiatives(register)
        asked(register)
        register.metrics.add(metric(stage=2))
        register.journeys.add_hand_off(hand_off())
    found = use(company)

    assert [one.reference for one in found.initiatives] == ["CX-1", "CX-2"], "what is done stays as it was"
    assert ([one.name for one in found.metrics], found.hand_offs) == (["Satisfaction"], ("Join → Use",))
    assert [told.split(",")[0] for told in found.asked] == [
        "the open score test of it",
        "the open pulse",
        "the open ratification",
    ]


def test_nothing_hangs_on_a_stage_that_nobody_used(company: SqlRegisters) -> None:
    found = use(company)

    assert found == Hanging(found.stage)


def test_a_stage_with_tags_and_stances_is_taken_out(company: SqlRegisters) -> None:
    with company.writing() as register:
        initiatives(register)
        asked(register)
    without_use(company)

    with company.reading() as register:
        assert [stage.name for stage in register.journeys.current().stages] == ["Join", "Renew"]
        assert register.ratifications.stances(1)[0].stage == 2
        assert register.polls.invitations(2)[0].answer == TaggedInitiatives(tags=((1, 2),))


def test_initiatives_and_metrics_go_where_they_are_sent_and_each_is_on_record(company: SqlRegisters) -> None:
    with company.writing() as register:
        initiatives(register)
        register.metrics.add(metric(stage=2))
    without_use(company, to="Join")

    with company.reading() as register:
        assert [one.draft.stages for one in register.initiatives.all()] == [(1,), (1,), ()]
        assert register.metrics.all()[0].stage == 1
        verbs = ("initiative.amended", "metric.saved")
        moved = [entry.subject for entry in register.audit.since(None) if entry.verb in verbs]
        (version,) = register.journeys.versions(9)
    assert moved == ["initiative:1", "initiative:2", "metric:1"]
    assert "2 initiatives and 1 metric moved from “Use” to “Join”." in version.told


def test_without_a_place_to_go_initiatives_lose_the_stage_and_metrics_measure_none(company: SqlRegisters) -> None:
    with company.writing() as register:
        initiatives(register)
        register.metrics.add(metric(stage=2))
    without_use(company)

    with company.reading() as register:
        assert [one.draft.stages for one in register.initiatives.all()] == [(1,), (), ()]
        assert register.metrics.all()[0].stage is None
        told = register.journeys.versions(1)[0].told
    assert {"Taken out of the stages: “Use”.", "2 initiatives and 1 metric lost “Use”."} <= {*told}


@pytest.mark.parametrize("to", ["Nowhere", "use"])
def test_a_place_that_is_not_there_is_no_place(company: SqlRegisters, to: str) -> None:
    with company.writing() as register:
        initiatives(register)
    without_use(company, to=to)

    with company.reading() as register:
        assert register.initiatives.by_id(2).draft.stages == ()
