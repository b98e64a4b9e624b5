"""How far an initiative is: asking for it, saying what it is now, and the buttons that stand beside it."""

from pydantic import BaseModel
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, InteractiveElement, Option, StaticSelectElement

from handlers.ids import Action
from handlers.views.names import STATUS_WORDS
from handlers.views.text import Message, escape_within, paragraph, plain
from planning.initiatives.values import Initiative, Status
from planning.text import clip

LABEL_MAX = 100


class StatusStep(BaseModel):
    """To which status an initiative is to be moved; the value of the undo button."""

    initiative: int
    status: Status


def status_question(initiative: Initiative, changeable: bool) -> Message:
    """Says how far it is, and asks who may change it for the new status."""
    element: InteractiveElement = show_button(initiative)
    text = f"{_named(initiative)} is {_standing(initiative.draft.status)}."
    if initiative.joined is not None:
        text = f"{_named(initiative)} is part of CX-{initiative.joined} and has no status of its own."
    elif changeable:
        text, element = f"{text} What is it now?", status_menu(initiative)
    else:
        text = f"{text} Its owner and the leads of its department can change that."
    return Message(escape_within(text), [paragraph(text), ActionsBlock(elements=[element])])


def status_changed(initiative: Initiative, before: Status) -> Message:
    """What the status is now, with a way back."""
    now = initiative.draft.status
    if now is before:
        return Message(*_told(f"{initiative.reference} is {_standing(now)} already."))
    text = f"{_named(initiative)} is {_moved(now)}."
    step = StatusStep(initiative=initiative.id, status=before)
    undo = button("Undo", Action.INITIATIVE_UNDO, step.model_dump_json())
    return Message(escape_within(text), [paragraph(text), ActionsBlock(elements=[undo, show_button(initiative)])])


def left(initiative: Initiative) -> Message:
    """A joined initiative stands on its own again."""
    text = f"{_named(initiative)} stands on its own again."
    return Message(escape_within(text), [paragraph(text), ActionsBlock(elements=[show_button(initiative)])])


def show_button(initiative: Initiative) -> ButtonElement:
    """Opens the card."""
    return button("Show", Action.INITIATIVE_SHOW, str(initiative.id))


def edit_button(initiative: Initiative) -> ButtonElement:
    """Opens the full form."""
    return button("Edit", Action.INITIATIVE_EDIT, str(initiative.id))


def leave_button(initiative: Initiative) -> ButtonElement:
    """Takes a join back."""
    return button("Undo: keep it on its own", Action.INITIATIVE_LEAVE, str(initiative.id))


def status_menu(initiative: Initiative) -> StaticSelectElement:
    """Every status but the present one."""
    options = [
        Option(value=StatusStep(initiative=initiative.id, status=status).model_dump_json(), text=plain(words))
        for status, words in STATUS_WORDS.items()
        if status != initiative.draft.status
    ]
    return StaticSelectElement(
        action_id=Action.INITIATIVE_SET_STATUS, placeholder=plain("Change the status"), options=options
    )


def button(label: str, action: Action, value: str) -> ButtonElement:
    """A button of an initiative."""
    return ButtonElement(text=plain(label, 75), action_id=action, value=value)


def _told(text: str) -> tuple[str, list[Block]]:
    return escape_within(text), [paragraph(text)]


def _named(initiative: Initiative) -> str:
    return f"{initiative.reference} “{clip(initiative.draft.title, LABEL_MAX)}”"


def _standing(status: Status) -> str:
    return "withdrawn" if status is Status.CANCELLED else STATUS_WORDS[status].lower()


def _moved(status: Status) -> str:
    return "withdrawn. It stays on record" if status is Status.CANCELLED else f"now {STATUS_WORDS[status].lower()}"
