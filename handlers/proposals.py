"""Asking for proposals, by command and by button, and what people want otherwise of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer, hold_place
from handlers.carrying import carried, id_carried
from handlers.commands import Call, Subcommand
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form
from handlers.ids import COMMAND, Action, Modal
from handlers.keeping import fitted
from handlers.references import split_reference
from handlers.views.loading import told_modal
from handlers.views.proposal_forms import (
    KEEPING,
    OVERLAPS_SHOWN,
    WishNote,
    overlap_choice,
    proposal_told,
    ways_to_ask,
    wish_form,
)
from handlers.views.text import Message, paragraph
from planning.errors import AlreadyDone, NotFound
from planning.findings.settling import decide
from planning.findings.values import Choice
from planning.plans.opening import open_about
from planning.proposals.asking import Proposal
from planning.proposals.requesting import ask_another, ask_for, check_may_ask, send_to, stop, wish
from planning.proposals.scoping import (
    finding_about,
    initiatives_of,
    movable_of,
    own_overlaps,
    pool_about,
    quarter_about,
    stage_about,
)
from planning.proposals.values import About, AboutKind, Forbidden, Wishes
from planning.register import Register, Registers
from planning.workspace.values import Person

TITLE = "Proposal"
COMES = "Concord is looking for a proposal. It comes to you in a message of its own, and grows there."
UNREACHABLE = "Concord does not know where to send it: your account has no Slack name."
SHOWN_HERE = "Concord is looking for another one; the message of the plan will show it."
STOPPED = "Concord stops; the message will show the best it found."
PLANNED = "Concord has opened a conversation with those who lead and own these initiatives."
Clock = Callable[[], datetime]


class WishForm(Form):
    """What is to stay as it is."""

    pinned: tuple[int, ...] = ()
    keeps_dates: tuple[int, ...] = ()
    keeps_contacts: tuple[int, ...] = ()
    keeps_people: tuple[int, ...] = ()
    keeps_going: tuple[int, ...] = ()

    def wishes(self) -> Wishes:
        """The same for the solver."""
        kept = {kind: getattr(self, field) for kind, (field, _) in KEEPING.items()}
        forbidden = tuple(Forbidden(initiative=id, change=kind) for kind, ids in kept.items() for id in ids)
        return Wishes(pinned=self.pinned, forbidden=forbidden)


def register(app: App) -> None:
    """Listen to the buttons and to the form."""
    for action, (do, said) in PRESSES.items():
        app.action(action)(presser(do, said))
    app.action(Action.PROPOSAL_WISH)(open_wishes)
    app.view(Modal.PROPOSAL_WISH)(submit_wishes)


def propose(call: Call) -> Message:
    """`/cx propose`: of one initiative's overlap, a stage, a pool or a quarter; alone it says how."""
    word, _, rest = call.text.partition(" ")
    if not word:
        with call.registers.reading() as register:
            return ways_to_ask(own_overlaps(register, call.actor, call.now, OVERLAPS_SHOWN))
    with call.registers.writing() as register:
        about = _named(register, word.casefold(), rest, call)
        if isinstance(about, Message):
            return about
        proposal = ask_for(register, about, call.actor, call.now)
        return proposal_told(_delivered(register, proposal, call.actor, call.now))


def presser(do: Callable[[Register, int, Person, datetime], Proposal | None], said: str) -> Callable[..., None]:
    """The listener of one button: what it does with the id that it carries, and what is answered."""

    def press_proposal(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        client: WebClient,
        actor: Person,
        registers: Registers,
        now: Clock,
        respond: Respond,
    ) -> None:
        with registers.writing() as register:
            proposal = do(register, id_carried(action["value"]), actor, now())
            told = said or _delivered(register, proposal, actor, now())
        ack()
        answer(client, body, respond, proposal_told(told), TITLE)

    return press_proposal


def open_wishes(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, actor: Person, registers: Registers
) -> None:
    """The form that says what must stay."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        proposal = register.proposals.by_id(id_carried(action["value"]))
        check_may_ask(register, proposal.about, actor)
        ids = proposal.best.initiatives if proposal.best else ()
        initiatives = [register.initiatives.by_id(id) for id in ids]
    client.views_update(view_id=view_id, view=wish_form(proposal.id, initiatives, proposal.wishes))


def submit_wishes(ack: Ack, view: dict[str, Any], actor: Person, registers: Registers, now: Clock) -> None:
    """Ask for a proposal that leaves these alone."""
    try:
        note, form = carried(WishNote, view["private_metadata"]), WishForm.parse(view)
        with registers.writing() as register:
            proposal = wish(register, note.proposal, form.wishes(), actor, now())
            said = _delivered(register, proposal, actor, now())
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    ack(response_action="update", view=fitted(told_modal(TITLE, [paragraph(said)], "Done").to_dict()))


def _named(register: Register, word: str, rest: str, call: Call) -> About | Message:
    """What is meant; where an initiative has several overlaps, the choice between them."""
    if word == "stage":
        return stage_about(register, rest)
    if word == "pool":
        return pool_about(register, rest)
    if word == "quarter":
        return quarter_about(register, rest, call.now)
    id, _ = split_reference(call.text, "propose")
    initiative = register.initiatives.by_id(id)
    overlaps = movable_of(register, [initiative], call.now)
    if not overlaps:
        raise NotFound(
            f"{initiative.reference} has no open overlap that moving could end. "
            f"“{COMMAND} overlaps {initiative.reference}” shows all that it has."
        )
    if len(overlaps) > 1:
        return overlap_choice(initiative.reference, overlaps)
    return About(kind=AboutKind.FINDING, id=overlaps[0].id)


def _delivered(register: Register, proposal: Proposal | None, actor: Person, now: datetime) -> str:
    """A plan's message shows its proposal itself; any other comes to who asked."""
    if proposal is not None and proposal.plan is not None:
        return SHOWN_HERE
    return COMES if proposal is not None and send_to(register, proposal, actor, now) else UNREACHABLE


def _ask(register: Register, finding: int, actor: Person, now: datetime) -> Proposal:
    return ask_for(register, finding_about(register, finding, now), actor, now)


def _again(register: Register, id: int, actor: Person, now: datetime) -> Proposal:
    return wish(register, id, register.proposals.by_id(id).wishes, actor, now)


def _plan(register: Register, id: int, actor: Person, now: datetime) -> None:
    """Open the conversation in which this proposal is agreed on."""
    proposal = register.proposals.by_id(id)
    check_may_ask(register, proposal.about, actor)
    if proposal.best is None or not proposal.best.initiatives:
        raise AlreadyDone("There is nothing to plan together here: nothing has to change.")
    if proposal.about.kind is AboutKind.FINDING:
        decide(register, proposal.about.id, Choice.PLAN, actor, now)
    else:
        open_about(register, proposal.about, initiatives_of(register, proposal.best), actor, now, proposal.id)


PRESSES: dict[Action, tuple[Callable[[Register, int, Person, datetime], Proposal | None], str]] = {
    Action.PROPOSAL_ASK: (_ask, ""),
    Action.PROPOSAL_ANOTHER: (ask_another, ""),
    Action.PROPOSAL_AGAIN: (_again, ""),
    Action.PROPOSAL_STOP: (stop, STOPPED),
    Action.PROPOSAL_PLAN: (_plan, PLANNED),
}
"""What each button does, and what it answers where that is always the same."""

COMMANDS = (
    Subcommand(
        "propose", "propose CX-12 | stage | pool | quarter", "Compute what would have to move", propose, writes=True
    ),
)
