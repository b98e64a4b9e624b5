"""The verdicts of an overlap that need a word more: join theirs, snooze until a day, hand to a colleague."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import carried, id_carried
from handlers.faults import FAULTS, answer_fault
from handlers.findings import TITLE, overlap_of
from handlers.forms import Form
from handlers.ids import Action, Modal
from handlers.keeping import fitted
from handlers.setup.people import met
from handlers.views.loading import told_modal
from handlers.views.verdicts import VerdictNote, cannot_join, hand_form, join_form, snooze_form
from planning.findings.concerning import check_concerned
from planning.findings.handing import hand
from planning.findings.joining import join, may_give_up
from planning.findings.settling import SNOOZE, decide
from planning.findings.values import Choice, Finding
from planning.initiatives.changing import who_may_change
from planning.register import Register, Registers
from planning.workspace.hours import day_in, zone_of
from planning.workspace.values import Person

Clock = Callable[[], datetime]
FormOf = Callable[[Register, Finding, Person, datetime], View]
MORNING = time(9)


class JoinForm(Form):
    """Which one is given up."""

    given_up: int


class SnoozeForm(Form):
    """Until which day."""

    until: date


class HandForm(Form):
    """Whom one asks; a Slack id."""

    colleague: str


def register(app: App) -> None:
    """Listen to the buttons and the forms."""
    for button, form in FORMS.items():
        app.action(button)(opener(form))
    app.view(Modal.JOIN)(submit_join)
    app.view(Modal.SNOOZE)(submit_snooze)
    app.view(Modal.HAND)(submit_hand)


def opener(form: FormOf) -> Callable[..., None]:
    """The listener of a button that opens a form."""

    def press_open(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        client: WebClient,
        actor: Person,
        registers: Registers,
        now: Clock,
    ) -> None:
        ack()
        view_id = hold_place(client, body, TITLE)
        with registers.reading() as register:
            finding = register.findings.by_id(id_carried(action["value"]))
            check_concerned(register, finding, actor)
            view = form(register, finding, actor, now())
        client.views_update(view_id=view_id, view=view)

    return press_open


def submit_join(ack: Ack, view: dict[str, Any], actor: Person, registers: Registers, now: Clock) -> None:
    """Give one of the two up for the other."""
    try:
        form = JoinForm.parse(view)
        with registers.writing() as register:
            said = join(register, _about(view), form.given_up, actor, now())
            shown = _card(register, said.finding, actor, now(), said.late)
    except FAULTS as error:
        answer_fault(ack, view, error)
    else:
        ack(response_action="update", view=shown)


def submit_snooze(ack: Ack, view: dict[str, Any], actor: Person, registers: Registers, now: Clock) -> None:
    """Ask again on the morning of that day, where the person is."""
    try:
        until = datetime.combine(SnoozeForm.parse(view).until, MORNING, zone_of(actor.zone))
        with registers.writing() as register:
            said = decide(register, _about(view), Choice.SNOOZE, actor, now(), until)
            shown = _card(register, said.finding, actor, now(), said.late)
    except FAULTS as error:
        answer_fault(ack, view, error)
    else:
        ack(response_action="update", view=shown)


def submit_hand(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    client: WebClient,
    actor: Person,
    registers: Registers,
    now: Clock,
) -> None:
    """Ask a colleague to decide it."""
    try:
        (colleague,) = met([HandForm.parse(view).colleague], "colleague", client, registers, context)
        with registers.writing() as register:
            finding = hand(register, _about(view), colleague, actor, now())
            shown = _card(register, finding, actor, now())
    except FAULTS as error:
        answer_fault(ack, view, error)
    else:
        ack(response_action="update", view=shown)


def _about(view: dict[str, Any]) -> int:
    return carried(VerdictNote, view["private_metadata"]).finding


def _card(register: Register, finding: Finding, actor: Person, now: datetime, late: str = "") -> dict[str, Any]:
    return fitted(told_modal(TITLE, overlap_of(register, finding, actor, now, late).blocks, "Done").to_dict())


def _join(register: Register, finding: Finding, actor: Person, _now: datetime) -> View:
    members = [register.initiatives.by_id(id) for id in finding.found.initiatives()]
    may_go = may_give_up(register, finding, actor)
    if not may_go:
        return cannot_join(who_may_change(register, members[0]))
    return join_form(finding, may_go, members)


def _snooze(_register: Register, finding: Finding, actor: Person, now: datetime) -> View:
    return snooze_form(finding, day_in(actor.zone, now + SNOOZE))


def _hand(_register: Register, finding: Finding, _actor: Person, _now: datetime) -> View:
    return hand_form(finding)


FORMS: dict[Action, FormOf] = {
    Action.OVERLAP_JOIN: _join,
    Action.OVERLAP_SNOOZE: _snooze,
    Action.OVERLAP_HAND: _hand,
}
