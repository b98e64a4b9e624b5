"""The forms of what an initiative plans: a contact, an effect on a metric, a request, its part in fixing a problem."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.editing import EditNote
from handlers.views.fields import Field
from handlers.views.names import EFFECT_WORDS, INTENT_WORDS, Names, name_options, part_options
from handlers.views.text import context, paragraph, plain
from planning.initiatives.values import Initiative


def contact_form(initiative: Initiative, names: Names) -> View:
    """Who is to be contacted, how, why and when; says what to do while there is nobody to choose."""
    if not (names.segments and names.touchpoints):
        return _form(initiative, Modal.TOLD, "Planned contact", [context(_missing("segments or touchpoints"))])
    intents = [(str(intent), words) for intent, words in INTENT_WORDS.items()]
    asked: list[Block] = [
        fields.one_of(Field("segment", "Which customers", optional=False), name_options(names.segments), None),
        fields.one_of(Field("touchpoint", "By which way", optional=False), name_options(names.touchpoints), None),
        fields.one_of(Field("intent", "What for", optional=False), intents, None),
        *_days(),
    ]
    return _form(initiative, Modal.CONTACT, "Planned contact", asked)


def effect_form(initiative: Initiative, names: Names) -> View:
    """Which metric it is meant to move, and which way."""
    if not names.metrics:
        return _form(initiative, Modal.TOLD, "Metric", [context(_missing("metrics"))])
    ways = [(str(direction), words) for direction, words in EFFECT_WORDS.items()]
    hint = "A side effect counts, too: say what you expect, wanted or not."
    asked: list[Block] = [
        fields.one_of(Field("metric", "Which metric", optional=False), name_options(names.metrics), None),
        fields.radio(Field("direction", "What will it do to it?", hint, optional=False), ways),
    ]
    return _form(initiative, Modal.EFFECT, "Metric", asked)


def request_form(initiative: Initiative, names: Names) -> View:
    """How much of which pool is wanted, and when."""
    if not names.pools:
        return _form(initiative, Modal.TOLD, "People", [context(_missing("resource pools"))])
    hint = "Two people for three weeks are 6. They count as spread evenly over the days below."
    asked: list[Block] = [
        fields.one_of(Field("pool", "Whom do you ask for?", optional=False), name_options(names.pools), None),
        fields.number(Field("person_weeks", "Person-weeks", hint, optional=False), None),
        *_days(),
    ]
    return _form(initiative, Modal.REQUEST, "People", asked)


def serves_form(initiative: Initiative, names: Names) -> View:
    """Which customer problem it serves, and which parts of the fix it brings."""
    if not names.problems:
        return _form(initiative, Modal.TOLD, "Customer problem", [context(_missing("customer problems"))])
    draft, chosen = initiative.draft, None if initiative.draft.serves is None else str(initiative.draft.serves)
    asked: list[Block] = [
        paragraph("Whoever works on the same problem is brought together, and what nobody brings is told as a gap."),
        fields.one_of(Field("serves", "Which customer problem does it serve?"), name_options(names.problems), chosen),
        fields.any_of(Field("supplies", "What it brings to the fix"), part_options(), map(str, draft.supplies)),
    ]
    return _form(initiative, Modal.SERVES, "Customer problem", asked, "Save")


def _form(initiative: Initiative, callback: Modal, title: str, blocks: Sequence[Block], submit: str = "Add") -> View:
    told = callback is Modal.TOLD
    return View(
        type="modal",
        callback_id=callback,
        title=plain(title, 24),
        submit=None if told else plain(submit),
        close=plain("Close" if told else "Cancel"),
        private_metadata=EditNote(initiative=initiative.id).model_dump_json(),
        blocks=list(blocks),
    )


def _missing(what: str) -> str:
    return f"There are no {what} yet. A steward can add them by “/cx setup”; then they can be chosen here."


def _days() -> list[Block]:
    return [
        fields.day(Field("starts_on", "From", optional=False), None),
        fields.day(Field("ends_on", "To, this day included", optional=False), None),
    ]
