import pytest

from db.registers import SqlRegisters
from planning.audit.values import Entry
from planning.errors import FieldError, NotAllowed, NotFound
from planning.findings.values import Rule
from planning.initiatives.registering import register_initiative
from planning.journey.arranging import save_stage, save_stages
from planning.journey.templates import TEMPLATES, template
from planning.journey.values import Journey, Stage
from planning.text import NAME_MAX, PROBLEM_MAX
from planning.workspace.values import Person
from tests.builders import NOW, draft, lead, stage, steward, vector

SAM, BO = steward(id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


def named(company: SqlRegisters, *names: str, by: Person = SAM, **moves: str) -> Journey:
    """The journey with stages of these names; moves as of_2="Use"."""
    with company.writing() as register:
        targets = {int(key.removeprefix("of_")): name for key, name in moves.items()}
        return save_stages(register, [(name, "") for name in names], by, NOW, targets)


def saved(company: SqlRegisters, one: Stage, by: Person = SAM) -> Stage:
    with company.writing() as register:
        return save_stage(register, one, by, NOW)


def entries(company: SqlRegisters, verb: str) -> list[Entry]:
    with company.reading() as register:
        return [entry for entry in register.audit.since(None) if entry.verb == verb]


def test_a_line_that_moves_moves_its_stage_and_nothing_else_of_it(company: SqlRegisters) -> None:
    saved(company, stage(id=3, name="Renew", intent="Calm.", weight=5, owner=2))
    journey = named(company, "renew", "Join", "Use")

    assert [(one.id, one.position) for one in journey.stages] == [(3, 1), (1, 2), (2, 3)]
    assert (journey.stages[0].name, journey.stages[0].intent, journey.stages[0].owner) == ("renew", "Calm.", 2)


def test_saving_the_same_makes_no_version(company: SqlRegisters) -> None:
    with company.writing() as register:
        lines = [(one.name, one.definition) for one in register.journeys.current().stages]
        before = register.journeys.current().version
        assert save_stages(register, lines, SAM, NOW).version == before
        assert register.journeys.versions(9) == []


def test_a_stage_keeps_its_place_when_its_form_is_saved(company: SqlRegisters) -> None:
    one = saved(company, Stage(2, " Daily\n use ", 99, "d ", "g", "i", 5, 2, "b"))

    assert one == Stage(2, "Daily use", 2, "d", "g", "i", 5, 2, "b")
    assert [entry.details for entry in entries(company, "stage.saved")] == [{"name": "Daily use"}]


def test_findings_name_a_stage_by_its_new_name(company: SqlRegisters) -> None:
    with company.writing() as register:
        register_initiative(register, draft(stages=(1,)), vector(), {}, SAM, NOW)
    saved(company, stage(id=2, name="Daily use"))

    with company.reading() as register:
        bare = [one for one in register.findings.standing() if one.found.rule is Rule.STAGE_WITHOUT_WORK]
    assert "Daily use" in " ".join(finding.found.why for finding in bare)


@pytest.mark.parametrize(
    ("one", "field"),
    [
        (stage(name="USE"), "name"),
        (stage(name=" \x00 "), "name"),
        (stage(name="x" * (NAME_MAX + 1)), "name"),
        (stage(weight=6), "weight"),
        (stage(intent="x" * (PROBLEM_MAX + 1)), "intent"),
    ],
)
def test_what_a_stage_cannot_hold_is_told_at_its_field(company: SqlRegisters, one: Stage, field: str) -> None:
    with pytest.raises(FieldError) as refusal:
        saved(company, one)

    assert list(refusal.value.errors) == [field]


def test_a_stage_that_is_gone_cannot_be_saved(company: SqlRegisters) -> None:
    named(company, "Join", "Use")

    with pytest.raises(NotFound, match="no longer part"):
        saved(company, stage(id=3, name="Renew"))


def test_only_stewards_change_the_journey(company: SqlRegisters) -> None:
    with pytest.raises(NotAllowed):
        named(company, "Join", by=BO)
    with pytest.raises(NotAllowed):
        saved(company, stage(), by=BO)


@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.key)
def test_a_template_is_whole(one: object) -> None:
    whole = template(getattr(one, "key", ""))
    assert whole is not None

    assert 6 <= len(whole.stages) <= 9
    for step in whole.stages:
        assert step.definition
        assert step.customer_goal
        assert "Think: " in step.intent
        assert "Feel: " in step.intent
        assert "Able to: " in step.intent
        assert step.brand_value == ""
