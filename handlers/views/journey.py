"""The journey as it is shown: each stage with its intent, who looks after it and what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from handlers.ids import Action
from handlers.views.claims import claim_button, claimed_by
from handlers.views.journey_changes import CHANGES, JOURNEY, saved_words
from handlers.views.names import Names, joined
from handlers.views.paging import Place, paging
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    context,
    escape_within,
    header,
    line,
    paragraph,
    plain,
    rich,
)
from planning.claims.values import Claim, Claimable
from planning.journey.hand_offs import bare_pairs
from planning.journey.values import HandOff, Journey, Stage
from planning.journey.versions import SavedJourney
from planning.metrics.values import Metric
from planning.text import clip, one_line
from planning.workspace.rights import Right, may
from planning.workspace.values import Person

STAGES = 5
"""Rows of a page."""
HAND_OFFS_SHOWN = 3
DEFINITION, TEXT, NAME, METRICS_SHOWN = 300, 160, 60, 3


@dataclass(frozen=True, slots=True)
class JourneyShown:
    """All that is said of the journey to one person."""

    journey: Journey
    names: Names
    viewer: Person
    live: Mapping[int, int] = field(default_factory=dict)
    """Stage id → how many live initiatives are on it."""
    metrics: Sequence[Metric] = ()
    version: SavedJourney | None = None
    """The last one on record."""
    ratified: str = ""


def journey_list(shown: JourneyShown, offset: int = 0) -> Message:
    """The stages from `offset` on, in order, each with its hand-offs to later stages and buttons to take them on."""
    ordered = sorted(shown.journey.stages, key=lambda stage: stage.position)
    page = ordered[offset : offset + STAGES]
    hidden = len(ordered) - offset - len(page)
    at = Place(list=JOURNEY, offset=offset)
    stages = [block for stage in page for block in _stage(stage, shown, at, ordered.index(stage) + 1)]
    told = "The journey has no stages yet. A steward writes them: /cx setup."
    body = stages or [paragraph(told)]
    spoken = [f"{ordered.index(stage) + 1}. {_spoken(stage, shown)}" for stage in page] or [told]
    head = context(f"{_version(shown)} {shown.ratified}".strip())
    blocks = [header("The journey"), head, *body, *_buttons(shown), *paging(JOURNEY, "", offset, hidden, STAGES)]
    return Message(escape_within("\n".join(["The journey", *spoken])), blocks)


def _stage(stage: Stage, shown: JourneyShown, at: Place, number: int) -> list[Block]:
    claim = Claim(Claimable.STAGE, stage.id)
    texts = (("Intent: ", stage.intent), ("Customer's goal: ", stage.customer_goal), ("Brand: ", stage.brand_value))
    said_of = [(bold(label), clip(one_line(text), TEXT)) for label, text in texts if text]
    rows: list[Sequence[Part]] = [*said_of, (bold("Metric: "), _metrics(stage, shown))]
    onward = [one for one in shown.journey.hand_offs if one.before == stage.id]
    more: list[Block] = [context(_more(onward))] if len(onward) > HAND_OFFS_SHOWN else []
    return [
        rich(
            line(bold(f"{number}. {stage.name}"), f"  {_live(stage, shown)}, weight {stage.weight} of 5"),
            line(clip(one_line(stage.definition), DEFINITION) or "Nobody has said yet what happens here."),
            bullets(rows),
        ),
        _claimed(f"stage_{stage.id}", claimed_by(stage.owner, shown.names), claim, stage.owner, shown, at),
        *(_hand_off(one, shown, at) for one in onward[:HAND_OFFS_SHOWN]),
        *more,
    ]


def _hand_off(one: HandOff, shown: JourneyShown, at: Place) -> Block:
    names = shown.names
    giver, receiver = (clip(names.departments.get(id or 0, "nobody yet"), NAME) for id in (one.giver, one.receiver))
    measure = clip(names.metrics.get(one.metric or 0, "nothing yet"), NAME)
    after = clip(names.stages.get(one.after, "?"), NAME)
    told = f"→ {after}: from {giver} to {receiver}; measured by {measure}. {claimed_by(one.owner, names)}"
    claim = Claim(Claimable.HAND_OFF, one.id)
    return _claimed(f"hand_off_{one.id}", told, claim, one.owner, shown, at)


def _claimed(block: str, told: str, claim: Claim, owner: int | None, shown: JourneyShown, at: Place) -> Block:
    button = claim_button(claim, owner, shown.viewer, shown.names, at)
    return SectionBlock(block_id=block, text=plain(told), accessory=button)


def _more(hand_offs: Sequence[HandOff]) -> str:
    return f"…and {len(hand_offs) - HAND_OFFS_SHOWN} more hand-offs from here"


def _metrics(stage: Stage, shown: JourneyShown) -> str:
    measured = [clip(one.name, NAME) for one in shown.metrics if one.stage == stage.id]
    return joined(measured, most=METRICS_SHOWN) or "none yet"


def _live(stage: Stage, shown: JourneyShown) -> str:
    count = shown.live.get(stage.id, 0)
    return "1 live initiative" if count == 1 else f"{count or 'no'} live initiatives"


def _spoken(stage: Stage, shown: JourneyShown) -> str:
    return f"{stage.name}: {clip(one_line(stage.definition), TEXT)} ({_live(stage, shown)})"


def _version(shown: JourneyShown) -> str:
    return saved_words(shown.version, shown.names, shown.viewer.zone) if shown.version else "Not changed yet."


def _buttons(shown: JourneyShown) -> list[Block]:
    changes = Place(list=CHANGES).model_dump_json()
    buttons = []
    if shown.version:
        buttons.append(ButtonElement(text=plain("What changed"), action_id=Action.LIST_MORE, value=changes))
    if may(shown.viewer, Right.SET_UP):
        buttons.append(ButtonElement(text=plain("Change it"), action_id=Action.SETUP_JOURNEY))
        buttons += neighbour_buttons(shown.journey)
    return [ActionsBlock(block_id="journey", elements=buttons)] if buttons else []


def neighbour_buttons(journey: Journey) -> list[ButtonElement]:
    """For a journey without hand-offs: the button that makes one from each stage to the next."""
    if journey.hand_offs or not bare_pairs(journey):
        return []
    return [ButtonElement(text=plain("Add the hand-offs between neighbours"), action_id=Action.SETUP_HAND_OFFS)]
