"""The form of a plan: opened by a button, and what was filled in."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import carried
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form, Line, typed_lines
from handlers.ids import Action, Modal
from handlers.plans.pledging import Pledgers, pledges_in
from handlers.plans.pressing import plan_in
from handlers.setup.holding import check_unchanged
from handlers.views.loading import told_modal
from handlers.views.names import Names
from handlers.views.plan_forms import KEPT, PLEDGES, TITLE, WITH, PlanNote, PlanToChange, plan_form
from handlers.views.text import paragraph
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.plans.accepting import CLOSED
from planning.plans.party import Party
from planning.plans.terms import FAR, asked_pledges, change_terms, offered, proposal_of
from planning.plans.values import Plan, Pledge, Terms
from planning.proposals.asking import Progress, Proposal
from planning.register import Register, Registers
from planning.workspace.hours import day_in, zone_of
from planning.workspace.values import Person

Clock = Callable[[], datetime]
SAVED = "The plan is saved. Who is still to accept it is asked in the thread of its message."
NOTHING_NEW = "Nothing was changed, so nobody is asked anew."


class PlanForm(Form):
    """What was filled in; lines of pledges are read by themselves."""

    goal: Line = ""
    metric: int | None = None
    due_on: date | None = None
    session_on: date | None = None
    session_time: time | None = None
    review_on: date | None = None
    included: Line = ""
    decisions: Line = ""

    def terms(self, zone: str, note: PlanNote, before: Terms, pledges: tuple[Pledge, ...]) -> Terms:
        """What is agreed by it; without a question about the proposal that stays as it is."""
        asked = {"": before.proposal, KEPT: before.proposal, WITH: note.proposal}
        return Terms(
            goal=self.goal,
            metric=self.metric,
            due_on=self.due_on,
            session_at=self._session_at(zone),
            review_on=self.review_on,
            decisions=self.decisions,
            proposal=asked.get(self.included),
            pledges=pledges,
        )

    def _session_at(self, zone: str) -> datetime | None:
        if self.session_on is None:
            return None
        local = datetime.combine(self.session_on, self.session_time or time(), zone_of(zone))
        try:
            return local.astimezone(UTC)  # two zones never agree on a moment that a clock shows twice
        except OverflowError as error:  # the first or the last day that there is
            raise FieldError({"session_on": FAR}) from error


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.PLAN_CHANGE)(press_change)
    app.view(Modal.PLAN)(submit_plan)


def press_change(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Clock,
) -> None:
    """The form with what is agreed so far."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        plan = _changeable(register, plan_in(action["value"]), actor)
        form = _form(register, plan, proposal_of(register, plan), actor, now())
    client.views_update(view_id=view_id, view=form)


def submit_plan(ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Clock) -> None:
    """Save what is agreed; the others are asked anew."""
    try:
        with registers.writing() as register:
            shown = _saved(register, view, actor, now())
    except FAULTS as error:
        answer_fault(ack, view, error)
    else:
        ack(response_action="update", view=shown)


def _saved(register: Register, view: Mapping[str, Any], actor: Person, now: datetime) -> View:
    note, form = carried(PlanNote, view["private_metadata"]), PlanForm.parse(view)
    plan = _changeable(register, note.plan, actor)
    proposal = register.proposals.by_id(note.proposal) if note.proposal is not None else None
    check_unchanged(register, view, _form(register, plan, proposal, actor, now), (f"plan:{plan.id}",), actor)
    pledges = _pledges(register, view, plan)
    changed = change_terms(register, plan.id, form.terms(actor.zone, note, plan.terms, pledges), actor, now)
    told = SAVED if changed.revision > plan.revision else NOTHING_NEW
    return told_modal("Saved", [paragraph(told)], close="Done")


def _pledges(register: Register, view: Mapping[str, Any], plan: Plan) -> tuple[Pledge, ...]:
    known = Pledgers.of(Names.of(register), plan.departments, [pool.id for pool in register.pools.all()])
    try:
        return pledges_in(typed_lines(view, PLEDGES), known)
    except ValueError as error:
        raise FieldError({PLEDGES: str(error)}) from error


def _changeable(register: Register, id: int, actor: Person) -> Plan:
    """The plan; refused to those who have no say in it, and when it is over."""
    plan = register.plans.by_id(id)
    party = Party.of(register, plan)
    if not party.may_change(actor):
        raise NotAllowed(f"Not changed: {party.whom_to_ask}")
    if plan.state in CLOSED:
        raise AlreadyDone(CLOSED[plan.state])
    return plan


def _form(register: Register, plan: Plan, proposal: Proposal | None, actor: Person, now: datetime) -> View:
    """The form as it would be opened now, with the proposal that it offers."""
    return plan_form(
        PlanToChange(
            plan,
            _suggested(register, plan, day_in(actor.zone, now)),
            Names.of(register),
            actor.zone,
            [pool.id for pool in register.pools.all()],
            offered(plan, proposal),
            computing=proposal is not None and proposal.progress in (Progress.WAITING, Progress.RUNNING),
        )
    )


def _suggested(register: Register, plan: Plan, today: date) -> Terms:
    """Before anybody said anything: what the initiatives ask for is what their departments would give."""
    if plan.revision > 1 or plan.terms.pledges:
        return plan.terms
    initiatives = register.initiatives.some(plan.initiatives)
    return replace(plan.terms, pledges=asked_pledges(initiatives, today))
