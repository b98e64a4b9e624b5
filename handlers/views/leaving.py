"""What hangs on stages that are about to be left out, and where it could go instead."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block

from handlers.views import fields
from handlers.views.fields import Field
from handlers.views.registering import NOTICE
from handlers.views.text import bold, bullets, line, rich
from planning.journey.retiring import Hanging
from planning.text import clip, counted

TARGET = "to_"
"""Begins the names of the menus, which end in the number of a stage."""
TITLES_SHOWN = 5
STAGES_SHOWN = 8
TITLE_SHOWN = 60
TOLD_MAX = 400
MENUS_MAX = 4
"""Every menu lists the whole journey; where more stages are left out, the last menu is for all the others."""


def leaving_told(left: Sequence[Hanging]) -> str:
    """The warning in words, all of it; empty when no stage is left out."""
    return " ".join(f"“{one.stage.name}”: {_told(one)}" for one in left)


def leaving_notice(left: Sequence[Hanging]) -> list[Block]:
    """The warning on top of the form: each stage with what hangs on it; nothing when no stage is left out."""
    if not left:
        return []
    rows = [(bold(f"“{clip(one.stage.name, TITLE_SHOWN)}”"), f": {clip(_told(one), TOLD_MAX)}") for one in left]
    hidden = len(left) - STAGES_SHOWN
    more = [(f"…and {hidden} more stages" if hidden > 1 else "…and 1 more stage",)] if hidden > 0 else []
    also = [line("To give a stage another name, cancel and change it under Stages.")] if len(left) == 1 else []
    notice = rich(line(bold(_OPENING)), bullets([*rows[:STAGES_SHOWN], *more]), *also)
    notice.block_id = NOTICE
    return [notice]


def target_fields(
    left: Sequence[Hanging], names: Sequence[str], chosen: Mapping[int, str], edition: int
) -> list[Block]:
    """Menus of the stages (by name) that could take over what hangs on those left out."""
    options = [(name, name) for name in names]
    return [
        fields.one_of(
            Field(target_name(group), _label(group), "Without a choice they lose the stage.", edition=edition),
            options,
            chosen.get(group[0].stage.id),
            "No other stage",
        )
        for group in groups(left)
    ]


def groups(left: Sequence[Hanging]) -> list[Sequence[Hanging]]:
    """Those on which something hangs that can be moved: each by itself, of many the last ones together."""
    loaded = [one for one in left if one.initiatives or one.metrics]
    alone = MENUS_MAX if len(loaded) <= MENUS_MAX else MENUS_MAX - 1
    return [*([one] for one in loaded[:alone]), *([loaded[alone:]] if loaded[alone:] else [])]


def target_name(group: Sequence[Hanging]) -> str:
    """The name of a group's field."""
    return f"{TARGET}{group[0].stage.id}"


_OPENING = "Not saved yet: this takes something away."


def _label(group: Sequence[Hanging]) -> str:
    if len(group) == 1:
        return clip(f"What hangs on “{group[0].stage.name}” goes to", 150)
    return f"What hangs on the {len(group)} others goes to"


def _told(left: Hanging) -> str:
    parts = [
        _initiatives(left),
        _listed("metrics", [one.name for one in left.metrics]),
        _listed("hand-offs", left.hand_offs),
        *left.asked,
    ]
    return f"{'; '.join(part for part in parts if part)}."


def _initiatives(left: Hanging) -> str:
    count = len(left.initiatives)
    if not count:
        return "no live initiatives"
    some = [f"{one.reference} {clip(one.draft.title, TITLE_SHOWN)}" for one in left.initiatives[:TITLES_SHOWN]]
    more = f" and {count - TITLES_SHOWN} more" if count > TITLES_SHOWN else ""
    return f"{counted(count, 'live initiative')} ({', '.join(some)}{more})"


def _listed(kind: str, names: Sequence[str]) -> str:
    more = f" and {len(names) - TITLES_SHOWN} more" if len(names) > TITLES_SHOWN else ""
    shown = ", ".join(f"“{clip(name, TITLE_SHOWN)}”" for name in names[:TITLES_SHOWN])
    return f"{kind} {shown}{more}" if names else ""
