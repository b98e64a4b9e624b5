"""Decisions as executives are asked for them: what it is, what waiting costs, what Concord proposes, the buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ConfirmObject
from slack_sdk.models.views import View

from handlers.ids import Action, Modal
from handlers.views import fields
from handlers.views.changes import before_after, change_sentence, lack_sentence
from handlers.views.coverage import listed
from handlers.views.digest_parts import part_blocks
from handlers.views.fields import Field
from handlers.views.finding_lists import waits
from handlers.views.loading import told_modal
from handlers.views.rules import TITLES
from handlers.views.text import Message, bold, context, escape, escape_within, header, line, paragraph, plain, rich
from planning.digests.values import AskedDecision, Digest
from planning.findings.values import Rule
from planning.proposals.asking import Progress, Proposal
from planning.text import clip, counted

TITLE, DEPARTMENTS, SENTENCE, PROPOSED, MEMBERS_SHOWN = 50, 100, 190, 300, 3
DECIDED_CHARS = 500
HEADING, BEFORE = "Decisions asked of you", "What became of earlier decisions"
LOOKING = "Concord is still looking for what would have to change."
OUTDATED = (
    "what it proposed does not fit any more, because an initiative was changed; approving asks the leads to plan it."
)
NONE = "nothing that can be computed; approving asks the leads to plan it together."


@dataclass(frozen=True, slots=True)
class Standing:
    """How a decision stands now: `became` once it was ruled on or settled; what is proposed while it is asked for."""

    became: str = ""
    undo: bool = False
    proposed: str = ""


Standings = Mapping[int, Standing]
"""By the decision's id."""
UNKNOWN = Standing()
NO_STANDINGS: Standings = {}


def decisions_part(digest: Digest, standings: Standings, *, press: bool) -> list[Block]:
    """At most three decisions, how many more there are, and what became of those before; no buttons for a preview."""
    blocks: list[Block] = [header(HEADING)] if digest.decisions else []
    for number, decision in enumerate(digest.decisions, 1):
        blocks += decision_blocks(decision, standings.get(decision.decision or 0, UNKNOWN), press=press, number=number)
    more = _more(digest)
    return [
        *blocks,
        *([context(more)] if more else []),
        *part_blocks(BEFORE, ((one,) for one in digest.decided), len(digest.decided), DECIDED_CHARS),
    ]


def decision_blocks(decision: AskedDecision, standing: Standing, *, press: bool, number: int = 0) -> list[Block]:
    """One decision: who, what it is, what waiting costs, what is proposed, and the buttons or what became of it."""
    who = f"{f'{number}. ' if number else ''}{_who(decision)}"
    told = [("What it is: ", clip(decision.sentence, SENTENCE)), *_asked(decision, standing)]
    about = rich(line(bold(who), f" {members_words(decision)}"), *(line(bold(label), text) for label, text in told))
    return [about, *(_buttons(decision, standing) if press and decision.decision is not None else [])]


def decision_card(decision: AskedDecision, standing: Standing) -> Message:
    """One decision for one pair of eyes."""
    blocks = [header("A decision asked of you"), *decision_blocks(decision, standing, press=True)]
    return Message(escape_within(decision_words(decision, standing)), blocks)


def decision_words(decision: AskedDecision, standing: Standing) -> str:
    """The same in sentences."""
    told = " ".join(f"{label}{text}" for label, text in _asked(decision, standing))
    return f"{_who(decision)} {members_words(decision)} {clip(decision.sentence, SENTENCE)} {told}"


def members_words(decision: AskedDecision) -> str:
    """Which initiatives it is about."""
    pairs = zip(decision.references, decision.titles, strict=True)
    members = [f"{reference} “{clip(title, TITLE)}”" for reference, title in pairs]
    hidden = len(members) - MEMBERS_SHOWN
    return f"{' and '.join(members[:MEMBERS_SHOWN])}{f' and {hidden} more' if hidden > 0 else ''}."


def proposal_sentence(proposal: Proposal | None) -> str:
    """What Concord proposes, in one sentence and what it brings."""
    best = proposal.best if proposal else None
    if proposal is not None and proposal.progress in (Progress.WAITING, Progress.RUNNING):
        return LOOKING
    if best is None or (best.possible and not best.changes):
        return NONE
    if not best.possible:
        way = [one.sentence for one in best.relaxations[:1]] or [lack_sentence(one) for one in best.lacks[:1]]
        return clip(f"it cannot be done with what may move. {' '.join(way)}".strip(), PROPOSED)
    more = f" And {counted(len(best.changes) - 1, 'change')} more." if len(best.changes) > 1 else ""
    brought = f" Before → after: {before_after(best)}."
    return clip(f"{clip(change_sentence(best.changes[0]), SENTENCE)}{more}{brought}", PROPOSED)


def delegate_form(decision: int, about: str) -> View:
    """Who decides it in the executives' place."""
    hint = "They get a message with what it is about, may decide it, and are reminded once."
    return View(
        type="modal",
        callback_id=Modal.DELEGATE,
        title=plain("Delegate", 24),
        submit=plain("Delegate"),
        close=plain("Cancel"),
        private_metadata=str(decision),
        blocks=[
            paragraph(clip(about, SENTENCE)),
            fields.person(Field("person", "Who decides it?", hint, optional=False), None),
        ],
    )


def delegated_view(name: str) -> View:
    """Said when it is on its way."""
    told = f"{clip(name, TITLE)} is asked to decide it. For a day you can undo this where you pressed."
    return told_modal("Delegated", [paragraph(told)], close="Done")


def delegated_message(card: Message | None, by: str, *, again: bool = False) -> Message:
    """Tells whoever is to decide, with the card of the overlap; without one it is no longer for them."""
    if card is None:
        told = "This was asked of you and has been taken back: you need not decide it any more."
        return Message(escape_within(told), [paragraph(told)])
    who = clip(by, TITLE) or "The executives"
    told = f"{who} asks you to decide this for the executives. Press what you decide below; the leads are told."
    if again:
        told = f"A reminder: {who} asked you to decide this for the executives, and it is still open."
    return Message(f"{escape(told)} {card.text}", [paragraph(told), *card.blocks])


def _who(decision: AskedDecision) -> str:
    names = clip(listed(decision.departments or ("nobody",)), DEPARTMENTS)
    return f"{TITLES[Rule(decision.rule)]}: {names}, {waits(decision.days)}."


def _asked(decision: AskedDecision, standing: Standing) -> list[tuple[str, str]]:
    """What speaks for deciding now; once it is decided, what became of it."""
    if standing.became:
        return [("Decided: ", clip(standing.became, SENTENCE))]
    cost = [("What waiting costs: ", clip(decision.cost, SENTENCE))] if decision.cost else []
    return [*cost, *([("Concord proposes: ", clip(standing.proposed, PROPOSED))] if standing.proposed else [])]


def _more(digest: Digest) -> str:
    """How many more wait, and for whom."""
    later = digest.decisions_total - len(digest.decisions)
    leads = digest.waiting_total - max(digest.decisions_total, len(digest.decisions))
    told = [
        *([f"{counted(later, 'more decision')} in the next digests"] if later > 0 else []),
        *([f"{counted(leads, 'overlap waits', 'overlaps wait')} for their leads: “/cx overlaps”"] if leads > 0 else []),
    ]
    none = "" if digest.decisions else "No decision is asked of you this week. "
    return f"{none}{'; '.join(told)}." if told else ""


def _buttons(decision: AskedDecision, standing: Standing) -> list[Block]:
    if standing.became:
        return [ActionsBlock(elements=[_button(decision, Action.DECISION_UNDO, "Undo")])] if standing.undo else []
    does = "What is proposed is done, or the leads are to plan it. All are told."
    leaves = "Its leads are told. It comes back if the facts get worse."
    return [
        ActionsBlock(
            elements=[
                _button(decision, Action.DECISION_APPROVE, "Approve", ("Approve?", does), style="primary"),
                _button(decision, Action.DECISION_DELEGATE, "Delegate…"),
                _button(decision, Action.DECISION_DECLINE, "Decline", ("Leave it as it is?", leaves)),
            ]
        )
    ]


def _button(
    decision: AskedDecision, action: Action, label: str, ask: Sequence[str] = (), style: str | None = None
) -> ButtonElement:
    confirm = None
    if ask:
        title, text = ask
        confirm = ConfirmObject(title=title, text=plain(f"{text} You can undo it for a day.", 300), confirm=label)
    return ButtonElement(
        text=plain(label, 75), action_id=action, value=str(decision.decision), style=style, confirm=confirm
    )
