"""Who looks after what: the button that raises a hand, hands back or releases, wherever something is shown."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    InteractiveElement,
    Option,
    StaticSelectElement,
)

from handlers.ids import Action
from handlers.views.names import Names
from handlers.views.paging import Place
from handlers.views.text import Message, Part, bold, bullets, escape_within, line, paragraph, plain, rich
from planning.claims.values import Claim, Claimable, Held
from planning.journey.values import Stage
from planning.text import clip
from planning.workspace.rights import Right, may
from planning.workspace.values import Person

RAISE, HAND_BACK, RELEASE = "Raise a hand", "Hand back", "Release"
NAME, WORDS, STAGES_SHOWN = 40, 600, 20


class ClaimStep(BaseModel):
    """What is raised a hand for, and the list to be drawn anew in its place; the value of buttons and options."""

    kind: Claimable
    id: int
    at: Place | None = None
    owner: int | None = None
    """Whom a steward releases: the one whom the button named."""

    @classmethod
    def of(cls, claim: Claim, at: Place | None = None, owner: int | None = None) -> Self:
        """For a claim."""
        return cls(kind=claim.kind, id=claim.id, at=at, owner=owner)

    @property
    def value(self) -> str:
        """As a button or an option carries it."""
        return self.model_dump_json(exclude_defaults=True)

    @property
    def claim(self) -> Claim:
        """What it is about."""
        return Claim(self.kind, self.id)


def claim_button(
    claim: Claim, owner: int | None, viewer: Person, names: Names, at: Place | None = None
) -> ButtonElement | None:
    """Raise a hand or hand back; while somebody else has it, a steward can release them and others have no button.

    `at` is the list (one of `LISTS`) in which the button stands: it is drawn anew in place. Without it, the answer
    is a private reply with the other button.
    """
    if owner is None:
        return ButtonElement(text=plain(RAISE), action_id=Action.CLAIM_RAISE, value=ClaimStep.of(claim, at).value)
    if owner == viewer.id:
        value = ClaimStep.of(claim, at).value
        return ButtonElement(text=plain(HAND_BACK), action_id=Action.CLAIM_HAND_BACK, value=value)
    return _release_button(ClaimStep.of(claim, at, owner), names) if may(viewer, Right.RELEASE) else None


def claimed_by(owner: int | None, names: Names) -> str:
    """Who looks after it, as a sentence."""
    return f"{_person(owner, names)} looks after it." if owner is not None else "Nobody looks after it yet."


def claim_told(thing: Held, viewer: Person, names: Names, at: Place) -> Message:
    """How it stands with one thing, with the button that changes it."""
    words = clip(thing.words, WORDS)
    if thing.owner == viewer.id:
        said, then = f"You look after {words}.", "Your name stands beside it wherever it is shown."
    elif thing.owner is not None:
        said, then = f"{_person(thing.owner, names)} looks after {words}.", "Ask there if you want to take it over."
    else:
        said, then = f"Nobody looks after {words}.", "Whoever raises a hand takes it on."
    button = claim_button(thing.claim, thing.owner, viewer, names, at)
    buttons: list[Block] = [ActionsBlock(elements=[button])] if button else []
    return Message(escape_within(f"{said} {then}"), [rich(line(bold(said))), paragraph(then), *buttons])


def stage_claims(stages: Sequence[Stage], viewer: int, names: Names, at: Place) -> list[Block]:
    """Who looks after which stage, and menus to take one on or to hand one back."""
    if not stages:
        return []
    rows: list[Sequence[Part]] = [(bold(f"{clip(one.name, NAME)}: "), _looks(one, names)) for one in stages]
    hidden = len(rows) - STAGES_SHOWN
    more: list[Sequence[Part]] = [(f"…and {hidden} more",)] if hidden > 0 else []
    told = rich(line(bold("Who looks after which stage")), bullets([*rows[:STAGES_SHOWN], *more]))
    free, own = [one for one in stages if one.owner is None], [one for one in stages if one.owner == viewer]
    menus: list[InteractiveElement] = [
        *_menu("Raise a hand for a stage", Action.CLAIM_RAISE, free, at),
        *_menu("Hand a stage back", Action.CLAIM_HAND_BACK, own, at),
    ]
    return [told, *([ActionsBlock(elements=menus)] if menus else [])]


def _release_button(step: ClaimStep, names: Names) -> ButtonElement:
    who = _person(step.owner, names)
    text = (
        f"{who} looks after it now. Once released, nobody does, and anybody can raise a hand. "
        "Concord does not tell them: please do."
    )
    sure = ConfirmObject(
        title=plain(f"Release {who}?", 100),
        text=plain(text, 300),
        confirm=plain(RELEASE),
        deny=plain("Leave it"),
    )
    return ButtonElement(text=plain(RELEASE), action_id=Action.CLAIM_RELEASE, value=step.value, confirm=sure)


def _looks(stage: Stage, names: Names) -> str:
    return _person(stage.owner, names) if stage.owner is not None else "nobody yet"


def _menu(label: str, action: Action, stages: Sequence[Stage], at: Place) -> list[StaticSelectElement]:
    if not stages:
        return []
    claims = [(one.name, Claim(Claimable.STAGE, one.id)) for one in stages[:100]]
    options = [Option(text=plain(name, NAME), value=ClaimStep.of(claim, at).value) for name, claim in claims]
    return [StaticSelectElement(placeholder=plain(label), action_id=action, options=options)]


def _person(id: int | None, names: Names) -> str:
    return clip(names.people.get(id or 0, "Somebody"), NAME)
