"""The buttons of an overlap's card, and the forms of the verdicts that need a word more."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ConfirmObject
from slack_sdk.models.views import View

from handlers.ids import Action, Modal
from handlers.views import fields
from handlers.views.coverage import listed
from handlers.views.fields import Field
from handlers.views.loading import told_modal
from handlers.views.text import paragraph, plain
from planning.findings.values import Choice, Finding, State
from planning.initiatives.values import Initiative
from planning.text import clip

NAMED, TITLE = 6, 60


class VerdictNote(BaseModel):
    """Which overlap the form is about."""

    finding: int


def verdict_blocks(
    finding: Finding, initiatives: Sequence[Initiative], now: datetime, asked: Sequence[str]
) -> list[Block]:
    """What can be said of it now, or taken back; nothing once its cause has gone."""
    if finding.state(now) is not State.OPEN:
        undone = finding.state(now) is not State.CLOSED or joined_by_verdict(finding, initiatives)
        return [ActionsBlock(elements=[finding_button(finding, Action.OVERLAP_UNDO, "Undo")])] if undone else []
    together = finding_button(
        finding, Action.OVERLAP_PLAN, "Plan together", style="primary", confirm=_opens(asked) if asked else None
    )
    joins = [finding_button(finding, Action.OVERLAP_JOIN, "Join theirs…")] if finding.found.pair else []
    handed = Action.OVERLAP_TAKE_BACK if finding.handed else Action.OVERLAP_HAND
    buttons = [
        together,
        finding_button(finding, Action.OVERLAP_COORDINATE, "Coordinate"),
        *joins,
        finding_button(finding, Action.OVERLAP_DIFFERENT, "Truly different", confirm=_covers(initiatives)),
        finding_button(finding, Action.OVERLAP_SNOOZE, "Snooze…"),
        finding_button(finding, handed, "Take it back" if finding.handed else "Hand to a colleague…"),
    ]
    return [ActionsBlock(elements=buttons)]


def joined_by_verdict(finding: Finding, initiatives: Sequence[Initiative]) -> bool:
    """Whether it is gone because one of the two was given up for the other, which can be undone."""
    joined = finding.verdict is not None and finding.verdict.choice is Choice.JOIN
    ids = finding.found.initiatives()
    return joined and any(one.joined in ids for one in initiatives)


def join_form(finding: Finding, may_go: Sequence[Initiative], initiatives: Sequence[Initiative]) -> View:
    """Which of the two is given up for the other one."""
    options = [(str(one.id), _gives_up(one, initiatives)) for one in may_go]
    hint = "Its plans no longer count; it stays on record as part of the other one, and you can undo it from the card."
    chosen = options[0][0] if len(options) == 1 else None
    asked: list[Block] = [
        paragraph("The people of the one that goes on are told, so that you can talk about who does what."),
        fields.radio(Field("given_up", "Which one is given up?", hint, optional=False), options, chosen),
    ]
    return _form(finding, Modal.JOIN, "Join theirs", "Join", asked)


def snooze_form(finding: Finding, until: date) -> View:
    """Until when nobody is asked."""
    hint = "Then the card asks again. If another initiative joins it before, it asks at once."
    return _form(finding, Modal.SNOOZE, "Snooze", "Snooze", [fields.day(_required("until", "Until", hint), until)])


def hand_form(finding: Finding) -> View:
    """Whom one asks to decide it."""
    hint = "They get this card, may decide it, and the other leads see that you asked them."
    asked = fields.person(_required("colleague", "Who decides it?", hint), None)
    return _form(finding, Modal.HAND, "Hand over", "Hand over", [asked])


def cannot_join(sentence: str) -> View:
    """Says who can give one up."""
    return told_modal("Join theirs", [paragraph(sentence)])


def _gives_up(one: Initiative, initiatives: Sequence[Initiative]) -> str:
    other = next(each for each in initiatives if each.id != one.id)
    return clip(f"{one.reference} {clip(one.draft.title, TITLE)}, for {other.reference}", fields.OPTION_MAX)


def _required(name: str, label: str, hint: str) -> Field:
    return Field(name, label, hint, optional=False)


def _form(finding: Finding, callback: Modal, title: str, submit: str, blocks: Sequence[Block]) -> View:
    return View(
        type="modal",
        callback_id=callback,
        title=plain(title, 24),
        submit=plain(submit),
        close=plain("Cancel"),
        private_metadata=VerdictNote(finding=finding.id).model_dump_json(),
        blocks=list(blocks),
    )


def finding_button(
    finding: Finding, action: Action, text: str, *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button about the finding, which is its value."""
    return ButtonElement(text=plain(text, 75), action_id=action, value=str(finding.id), style=style, confirm=confirm)


def _opens(asked: Sequence[str]) -> ConfirmObject:
    """Says who is brought together before anything is sent."""
    whom = clip(listed([clip(name, 40) for name in asked], NAMED), 200)
    text = f"Concord opens one conversation with {whom}: they lead or own one of these."
    return ConfirmObject(title="Plan together?", text=plain(text, 300), confirm="Open it", deny="Not yet")


def _covers(initiatives: Sequence[Initiative]) -> ConfirmObject:
    """Says exactly what the dismissal covers."""
    references = listed([initiative.reference for initiative in initiatives], NAMED)
    text = (
        f"This covers {references} while these facts hold: Concord will not report them again. "
        "If another joins, or their plans change what is said here, it will ask anew. You can undo it."
    )
    return ConfirmObject(title="Truly different?", text=plain(text, 300), confirm="Truly different", deny="Not yet")
