"""The form of two metrics that pull against each other."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import ChoiceOption, Field
from handlers.views.loading import told_modal
from handlers.views.names import in_order, name_options
from handlers.views.records import record_form
from handlers.views.text import paragraph
from planning.metrics.opposing import WHY_MAX
from planning.metrics.values import Metric, Tension
from planning.text import clip

KEEPING: tuple[ChoiceOption, ...] = (("keep", "Keep it"), ("remove", "Take it out"))
NAME_SHOWN = 34
"""Of each of the two names in a menu."""
TOLD = 3
"""Of the tensions that a new metric brings; more are counted."""


def tension_form(tension: Tension | None, metrics: Mapping[int, str]) -> View:
    """Which two metrics, and why; one that is there can be taken out."""
    title, id = "Tension", tension.key if tension else None
    if len(metrics) < 2:
        return told_modal(title, [paragraph("Add two metrics first; then say here how they pull against each other.")])
    options = name_options(metrics)
    asked: list[Block] = [
        paragraph("Two metrics of which pushing one the better way costs the other. Initiatives that do so are told."),
        *(_pick(name, label, options, chosen) for name, label, chosen in _ends(tension)),
        fields.text_field(Field("why", "Why?"), tension.why if tension else "", most=WHY_MAX, ghost=GHOST),
        *([fields.radio(Field("keeping", "Does it still hold?", optional=False), KEEPING, "keep")] if tension else []),
    ]
    return record_form(Modal.TENSION, title, id, asked)


def tension_names(tensions: Sequence[Tension], metrics: Sequence[Metric]) -> dict[int, str]:
    """Each tension's key → its two metrics, in alphabetical order."""
    names = {metric.id: clip(metric.name, NAME_SHOWN) for metric in metrics}
    return in_order({one.key: f"{names[one.first]} / {names[one.second]}" for one in tensions})


def tensions_told(metric: Metric, tensions: Sequence[Tension], names: Mapping[int, str]) -> str:
    """What a new metric pulls against, as far as everybody knows, and where to change it."""
    told = [f"It pulls against {names[one.other(metric.id)]}: {_small(one.why)}" for one in tensions[:TOLD]]
    if not told:
        return ""
    more = [f"And against {len(tensions) - TOLD} more."] if len(tensions) > TOLD else []
    return " ".join((*told, *more, "If that is not so with you, change it under Tensions."))


GHOST = "Such as: shorter calls leave more unsolved"


def _ends(tension: Tension | None) -> tuple[tuple[str, str, int | None], ...]:
    first, second = (tension.first, tension.second) if tension else (None, None)
    return (("first", "This metric", first), ("second", "Pulls against", second))


def _pick(name: str, label: str, options: Sequence[ChoiceOption], chosen: int | None) -> Block:
    return fields.one_of(Field(name, label, optional=False), options, None if chosen is None else str(chosen))


def _small(why: str) -> str:
    return why[:1].lower() + why[1:]
