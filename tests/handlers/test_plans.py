from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handlers.ids import Action
from handlers.plans.changing import press_change, submit_plan
from handlers.plans.listing import list_plans, show_plans
from handlers.plans.pressing import PRESSES, presser, show_plan
from handlers.views.plan_forms import WITH, WITHOUT
from planning.errors import AlreadyDone, NotAllowed, NotFound
from planning.findings.values import State
from planning.plans.values import Plan, PlanState
from planning.proposals.requesting import ask_another
from planning.register import Register
from tests.builders import NOW, TODAY, at, metric, person
from tests.handlers.slack import Desk, field_of, light, spoken, submitted
from tests.handlers.views.limits import accepted, words
from tests.planned import pledge, terms
from tests.planning.plans.stories import agreed_by_ada, computed, opened

MESSAGE = {"container": {"type": "message", "is_ephemeral": False}, "trigger_id": "1.2.abc"}
PRIVATE = {"container": {"type": "message", "is_ephemeral": True}, "trigger_id": "1.2.abc"}


@pytest.fixture
def plan(desk: Desk) -> Plan:
    """Ada has opened the plan of CX-1 and CX-2."""
    with desk.registers.writing() as register:
        register.metrics.add(metric())
        return opened(register)


def press(desk: Desk, button: Action, plan: Plan, body: dict[str, Any] | None = None) -> None:
    """Press a button of the plan's message as it was drawn at that revision."""
    action = {"value": f"{plan.id}:{plan.revision}"}
    shared = (desk.client, desk.actor, desk.registers, desk.now, desk.respond)
    presser(PRESSES[button])(desk.ack, body or MESSAGE, action, *shared)


def changing(desk: Desk, plan: Plan) -> dict[str, Any]:
    """The form that the button opens."""
    press_change(desk.ack, dict(MESSAGE), {"value": f"{plan.id}:1"}, desk.client, desk.registers, desk.actor, desk.now)
    return desk.modal


def sent(desk: Desk, form: dict[str, Any], **typed: Any) -> None:
    """Send the form with what was filled in."""
    submit_plan(desk.ack, submitted(form, **typed), desk.registers, desk.actor, desk.now)


def read(desk: Desk, plan: Plan) -> Plan:
    """The plan as it is now."""
    with desk.registers.reading() as register:
        return register.plans.by_id(plan.id)


def test_the_form_saves_all_that_is_agreed(desk: Desk, plan: Plan) -> None:
    sent(
        desk,
        changing(desk, plan),
        goal="One letter",
        metric=1,
        due_on="2027-05-01",
        session_on="2027-03-04",
        session_time="14:30",
        review_on="2027-06-01",
        decisions="Service writes it.",
        pledges="Marketing | Data team | 2.5 | 2027-03-08",
    )

    said = read(desk, plan).terms
    assert (said.goal, said.metric, said.due_on, said.review_on) == (
        "One letter",
        1,
        date(2027, 5, 1),
        date(2027, 6, 1),
    )
    assert said.session_at == at(3, hours=4.5)
    assert (said.decisions, said.pledges) == (
        "Service writes it.",
        (pledge(person_weeks=2.5, starts_on=date(2027, 3, 8)),),
    )
    assert "is saved" in spoken(desk.shown)


def test_the_form_begins_with_the_people_that_the_initiatives_ask_for(desk: Desk, plan: Plan) -> None:
    lines = field_of(changing(desk, plan), "pledges")["initial_value"]

    assert lines.splitlines() == ["Marketing | Data team | 6 | 2027-03-01", "Service | Data team | 6 | 2027-03-01"]


def test_a_line_that_cannot_be_read_is_told_by_its_number_and_nothing_is_lost(desk: Desk, plan: Plan) -> None:
    sent(desk, changing(desk, plan), goal="One letter", pledges="Marketing | Data team | 6 | 2027-03-01\nSales | six")

    assert desk.errors["pledges"].startswith("Line 2: write it as Marketing | Data team")
    assert read(desk, plan).revision == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Legal | Data team | 6 | 2027-03-01", "no department of this plan is called “Legal”"),
        ("Marketing | Wizards | 6 | 2027-03-01", "no pool of this plan is called “Wizards”; there is Data team"),
        ("Marketing | Data team | six | 2027-03-01", "“six” is not a number"),
        ("Marketing | Data team | 6 | soon", "“soon” is not a date"),
    ],
)
def test_each_fault_of_a_line_says_what_to_do(desk: Desk, plan: Plan, typed: str, told: str) -> None:
    sent(desk, changing(desk, plan), pledges=typed)

    assert told in desk.errors["pledges"]


def test_a_day_that_has_passed_is_told_at_its_field(desk: Desk, plan: Plan) -> None:
    sent(desk, changing(desk, plan), due_on="2027-02-01", session_on="2027-02-01", session_time="09:00")

    assert set(desk.errors) == {"due_on", "session_on"}


@pytest.mark.parametrize(("answer", "included"), [(WITH, True), (WITHOUT, False)])
def test_a_proposal_that_is_done_is_part_of_the_plan_when_people_say_so(
    desk: Desk, plan: Plan, answer: str, included: bool
) -> None:
    with desk.registers.writing() as register:
        number = computed(register, plan)
    form = changing(desk, plan)
    assert "CX-1" in spoken(form)
    sent(desk, form, goal="One letter", included=answer)

    assert read(desk, plan).terms.proposal == (number if included else None)


def test_an_earlier_proposal_stays_part_of_the_plan_until_people_say_otherwise(desk: Desk, plan: Plan) -> None:
    with desk.registers.writing() as register:
        first = computed(register, plan)
        agreed_by_ada(register, plan, proposal=first)
        ask_another(register, first, desk.actor, NOW)
        second = computed(register, plan)
    sent(desk, changing(desk, plan), goal="Another goal")
    assert read(desk, plan).terms.proposal == first

    sent(desk, changing(desk, plan), included=WITH)
    assert read(desk, plan).terms.proposal == second


def test_while_a_proposal_is_looked_for_the_form_says_so(desk: Desk, plan: Plan) -> None:
    assert "still looking for a proposal" in spoken(changing(desk, plan))


def test_a_proposal_that_comes_while_the_form_is_open_does_not_hold_it_up(desk: Desk, plan: Plan) -> None:
    form = changing(desk, plan)
    with desk.registers.writing() as register:
        computed(register, plan)
    sent(desk, form, goal="One letter")

    assert read(desk, plan).terms.goal == "One letter"


def test_who_saves_second_is_told_what_changed_and_keeps_what_was_typed(desk: Desk, other: Desk, plan: Plan) -> None:
    form = changing(other, plan)
    sent(desk, changing(desk, plan), goal="Ada’s goal", due_on="2027-05-01")
    sent(other, form, goal="Bo’s goal")

    assert "Ada Berg changed this" in spoken(other.shown)
    assert field_of(other.shown, "goal")["initial_value"] == "Bo’s goal"
    assert field_of(other.shown, "due_on")["initial_date"] == "2027-05-01"
    assert read(desk, plan).terms.goal == "Ada’s goal"

    sent(other, other.shown)
    assert (read(desk, plan).terms.goal, read(desk, plan).terms.due_on) == ("Bo’s goal", date(2027, 5, 1))


def test_saving_the_form_untouched_asks_nobody_anew(desk: Desk, other: Desk, plan: Plan) -> None:
    with desk.registers.writing() as register:
        agreed_by_ada(register, plan)
    sent(other, changing(other, plan))

    assert read(desk, plan).revision == 2
    assert "nobody is asked anew" in spoken(other.shown)


def test_who_has_no_part_in_it_does_not_get_the_form(desk: Desk, plan: Plan) -> None:
    with pytest.raises(NotAllowed, match="Ask Ada Berg or Bo Lind"):
        changing(replace(desk, actor=person(id=99, name="Sam")), plan)


def test_the_form_of_a_plan_that_is_over_is_not_opened(desk: Desk, plan: Plan) -> None:
    press(desk, Action.PLAN_TAKE_BACK, plan)

    with pytest.raises(AlreadyDone, match="taken back"):
        changing(desk, plan)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_session_that_no_clock_can_show_is_told_at_its_field(desk: Desk, plan: Plan, day: str) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Honolulu"):
        far = replace(desk, actor=replace(desk.actor, zone=zone))
        sent(far, changing(far, plan), session_on=day, session_time="23:30" if day > "2" else "00:30")
        assert set(far.errors) == {"session_on"}


def test_the_last_acceptance_agrees_the_plan(desk: Desk, other: Desk, plan: Plan) -> None:
    with desk.registers.writing() as register:
        revised = agreed_by_ada(register, plan)
    press(other, Action.PLAN_ACCEPT, revised)

    assert read(desk, plan).state is PlanState.ACCEPTED
    other.respond.assert_not_called()


def test_accepting_what_was_changed_meanwhile_is_refused_kindly(desk: Desk, other: Desk, plan: Plan) -> None:
    with desk.registers.writing() as register:
        agreed_by_ada(register, plan)

    with pytest.raises(AlreadyDone, match="changed meanwhile"):
        press(other, Action.PLAN_ACCEPT, plan)


def outdated(register: Register, plan: Plan) -> Plan:
    """Ada has accepted a proposal, and CX-1 was changed since it was made."""
    revised = agreed_by_ada(register, plan, proposal=computed(register, plan))
    one = register.initiatives.by_id(1)
    register.initiatives.save(replace(one, draft=replace(one.draft, starts_on=at(3).date())))
    return revised


def test_a_proposal_that_no_longer_fits_is_told_to_who_accepts(desk: Desk, other: Desk, plan: Plan) -> None:
    with desk.registers.writing() as register:
        revised = outdated(register, plan)
    press(other, Action.PLAN_ACCEPT, revised)

    assert "Not agreed yet: an initiative was changed" in other.private_reply["text"]
    assert read(desk, plan).state is PlanState.OPEN


def test_taking_it_back_opens_the_overlap_again(desk: Desk, other: Desk, plan: Plan) -> None:
    press(other, Action.PLAN_TAKE_BACK, plan)

    with desk.registers.reading() as register:
        assert register.findings.by_id(1).state(NOW) is State.OPEN


def test_a_private_copy_is_replaced_where_it_stands(desk: Desk, plan: Plan) -> None:
    press(desk, Action.PLAN_TAKE_BACK, plan, PRIVATE)

    assert desk.private_reply["replace_original"] is True
    assert "This was taken back" in desk.private_reply["text"]


def test_the_list_shows_the_plans_of_ones_department_with_a_button_each(desk: Desk, plan: Plan) -> None:
    assert "Your plans (1)" in words(show_plans(desk.call()))
    show_plan(desk.ack, PRIVATE, {"value": str(plan.id)}, desk.client, desk.registers, desk.now, desk.respond)

    assert "Plan together: CX-1 and CX-2" in desk.private_reply["text"]


def test_open_plans_come_first_and_all_are_listed_on_request(desk: Desk, plan: Plan) -> None:
    nora = replace(desk, actor=person(id=99, department=None))
    with desk.registers.writing() as register:
        for number in range(12):
            done = replace(plan, state=PlanState.ACCEPTED, terms=terms(goal=f"Goal {number}"))
            register.plans.add(done)

    assert "no plan yet" in show_plans(nora.call()).text
    first = show_plans(nora.call("all"))
    assert accepted(first)
    assert words(first).index("no goal yet") < words(first).index("Goal 11")
    assert "…and 3 more" in words(first)
    assert "Goal 0" in words(list_plans(nora.call(), "all", 10))
    with pytest.raises(NotFound, match="/cx plans all"):
        show_plans(nora.call("everything"))


def test_the_form_at_its_largest_travels_in_one_reply(desk: Desk, plan: Plan) -> None:
    long = "Ω" * 80
    with desk.registers.writing() as register:
        for number in range(2, 120):
            register.pools.add(replace(register.pools.all()[0], name=f"{number} {long}"[:80]))
            register.metrics.add(metric(name=f"{number} {long}"[:80]))
        pledges = tuple(pledge(department=1, pool=pool) for pool in range(1, 31))
        agreed_by_ada(register, plan, goal="Ω" * 300, decisions="Ω" * 2000, pledges=pledges)
        computed(register, plan)

    assert light(changing(desk, plan))
    assert read(desk, plan).terms.due_on == terms().due_on
    assert terms().due_on > TODAY  # type: ignore[operator]
