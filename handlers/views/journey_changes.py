"""What was changed in the journey: its versions, and all of one."""

from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from handlers.ids import Action
from handlers.views.names import Names
from handlers.views.paging import Place, paging
from handlers.views.text import Message, bold, bullets, escape_within, header, line, paragraph, plain, rich
from planning.journey.versions import SavedJourney
from planning.register import Page
from planning.text import clip, counted
from planning.window import said
from planning.workspace.hours import zone_of

JOURNEY, CHANGES, VERSION = "journey", "journey_changes", "journey_version"
"""The names of the lists."""
VERSIONS, SENTENCES = 6, 20
"""Rows of a page."""
TOLD_SHOWN, TOLD, NAME = 5, 240, 60
UNCHANGED = "Saved without a change."


def changes_list(versions: Page[SavedJourney], names: Names, zone: str) -> Message:
    """What was changed in the journey, the last change first."""
    back = ButtonElement(
        text=plain("Show the journey"), action_id=Action.LIST_BACK, value=Place(list=JOURNEY).model_dump_json()
    )
    rows = [block for version in versions.items for block in _change(version, names, zone)]
    body = rows or [paragraph("Nothing has been changed since the journey is kept on record.")]
    spoken = [f"{saved_words(one, names, zone)} {' '.join(one.told)}" for one in versions.items] or ["Nothing yet."]
    return Message(
        escape_within("\n".join(["What changed in the journey", *spoken])),
        [
            header("What changed in the journey"),
            *body,
            ActionsBlock(block_id="journey", elements=[back]),
            *paging(CHANGES, "", versions.offset, versions.hidden, VERSIONS),
        ],
    )


def version_list(version: SavedJourney, names: Names, zone: str, offset: int, back: Place) -> Message:
    """All that one version changed, from `offset` on or the last page; `back` is where it stands among the others."""
    offset = min(offset, max(0, len(version.told) - 1) // SENTENCES * SENTENCES)
    page = version.told[offset : offset + SENTENCES]
    hidden = len(version.told) - offset - len(page)
    saved = saved_words(version, names, zone)
    told = rich(line(bold(saved)), bullets([(clip(one, TOLD),) for one in page] or [(UNCHANGED,)]))
    button = ButtonElement(text=plain("All versions"), action_id=Action.LIST_BACK, value=back.model_dump_json())
    return Message(
        escape_within("\n".join([saved, *page])),
        [
            header("What changed in the journey"),
            told,
            ActionsBlock(block_id="journey", elements=[button]),
            *paging(VERSION, str(version.version), offset, hidden, SENTENCES),
        ],
    )


def saved_words(version: SavedJourney, names: Names, zone: str) -> str:
    """Which version it is, and who saved it when."""
    who = "an import" if version.by is None else clip(names.people.get(version.by, "somebody"), NAME)
    return f"Version {version.version}, saved by {who} on {_day(version.at, zone)}."


def _day(at: datetime, zone: str) -> str:
    return said(at.astimezone(zone_of(zone)).date())


def _change(version: SavedJourney, names: Names, zone: str) -> list[Block]:
    rows = [(clip(told, TOLD),) for told in version.told[:TOLD_SHOWN]]
    hidden = len(version.told) - TOLD_SHOWN
    body = rich(line(bold(saved_words(version, names, zone))), bullets(rows or [(UNCHANGED,)]))
    return [body, *(_rest(version, hidden) if hidden > 0 else [])]


def _rest(version: SavedJourney, hidden: int) -> list[Block]:
    place = Place(list=VERSION, query=str(version.version)).model_dump_json()
    button = ButtonElement(text=plain("Show all of them"), action_id=Action.LIST_MORE, value=place)
    more = f"…and {counted(hidden, 'more change')}"
    return [SectionBlock(text=plain(more), accessory=button)]
