"""The message by which one person is asked in a poll, in every state, and its reminder."""

from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.ids import Action
from handlers.views.agreement.words import moment
from handlers.views.text import Message, bold, context, escape_within, header, paragraph, plain
from planning.agreement.values import Invitation, Poll
from planning.text import clip

OUTCOME = 600
SECRET = (
    "Everybody answers alone, and nobody ever sees who answered what: no lead, no steward, no colleague. "
    "At the end the answers are deleted; what they have in common stays."
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in words: what is asked, why of this person, and what is shown of the answers."""

    title: str
    """At most 24 characters: it is the form's title, too."""
    asks: str
    why: str
    shown: str
    button: str
    promise: str = SECRET
    """Who sees what somebody answers."""

    @property
    def heading(self) -> str:
        """The title as a sentence before others."""
        return self.title if self.title.endswith("?") else f"{self.title}."


def question_message(wording: Wording, poll: Poll, invitation: Invitation, zone: str, outcome: str = "") -> Message:
    """Asks; thanks for the answer; and at the end says what came of it (`outcome`)."""
    if not poll.open:
        return _closed(wording, invitation, outcome)
    if invitation.answered_at is not None:
        return _thanks(wording, poll, invitation, zone)
    until = f"You can answer until {moment(poll.closes_at, zone)}. It takes a few minutes."
    blocks: list[Block] = [
        header(wording.title),
        paragraph(wording.asks),
        paragraph(f"{wording.why} {wording.promise} {wording.shown}"),
        _button(invitation, wording.button, primary=True),
        context(until),
    ]
    return Message(escape_within(f"{wording.heading} {wording.asks} {wording.why} {wording.promise} {until}"), blocks)


def reminder_message(wording: Wording, poll: Poll, invitation: Invitation, zone: str) -> Message:
    """Says once that there is still time; afterwards only that there is nothing left to do."""
    if not poll.open or invitation.answered_at is not None:
        told = f"{wording.title}: nothing is left to do here."
        return Message(escape_within(told), [paragraph(told)])
    told = f"There is still time for your answer, until {moment(poll.closes_at, zone)}. {wording.promise}"
    blocks: list[Block] = [
        paragraph(bold(f"{wording.heading} "), told),
        _button(invitation, wording.button, primary=True),
    ]
    return Message(escape_within(f"{wording.heading} {told}"), blocks)


def waiting_blocks(wording: Wording, poll: Poll, invitation: Invitation, zone: str) -> list[Block]:
    """A question in a list of what waits for one person."""
    until = f"Until {moment(poll.closes_at, zone)}. {'You have answered.' if invitation.answered_at else wording.why}"
    answered = invitation.answered_at is not None
    label = "Change my answer" if answered else wording.button
    return [
        paragraph(bold(f"You are asked: {wording.heading} "), until),
        _button(invitation, label, primary=not answered),
    ]


def thanks_words(poll: Poll, zone: str) -> str:
    """What is said after an answer."""
    return f"Thank you. You can change your answer until {moment(poll.closes_at, zone)}."


def _thanks(wording: Wording, poll: Poll, invitation: Invitation, zone: str) -> Message:
    told = thanks_words(poll, zone)
    blocks: list[Block] = [
        header(wording.title),
        paragraph(told),
        _button(invitation, "Change my answer", primary=False),
        context(wording.promise),
    ]
    return Message(escape_within(f"{wording.heading} {told}"), blocks)


def _closed(wording: Wording, invitation: Invitation, outcome: str) -> Message:
    thanks = "Thank you for your answer. " if invitation.answered_at is not None else ""
    told = f"{thanks}This round is closed. {clip(outcome, OUTCOME) or 'It was called off, and nothing came of it.'}"
    return Message(escape_within(f"{wording.heading} {told}"), [header(wording.title), paragraph(told)])


def _button(invitation: Invitation, label: str, *, primary: bool) -> ActionsBlock:
    button = ButtonElement(
        text=plain(label, 75),
        action_id=Action.POLL_ANSWER,
        value=str(invitation.id),
        style="primary" if primary else None,
    )
    return ActionsBlock(block_id=f"invitation_{invitation.id}", elements=[button])
