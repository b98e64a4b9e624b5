"""The full form of an initiative."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import Field
from handlers.views.names import STATUS_WORDS, name_options, stage_options
from handlers.views.registering import notice_line
from handlers.views.text import plain
from planning.initiatives.values import Draft, Initiative, Status
from planning.journey.values import Journey
from planning.text import TITLE_MAX
from planning.workspace.values import Person

MOVABLE = "Concord proposes no days outside of these. Leave both empty when you cannot say."


class EditNote(BaseModel):
    """Which initiative a form is about; kept in its private metadata."""

    initiative: int
    edition: int = 0
    links_shown: int = 0


def edit_form(
    initiative: Initiative,
    draft: Draft,
    journey: Journey,
    departments: Mapping[int, str],
    owner: Person | None,
    edition: int = 0,
    notice: str = "",
) -> View:
    """All fields, filled with `draft`: what is registered, or what was typed when the form comes back."""
    note = EditNote(initiative=initiative.id, edition=edition, links_shown=links_fitting(draft.links))
    return View(
        type="modal",
        callback_id=Modal.EDIT,
        title=plain(f"Edit {initiative.reference}", 24),
        submit=plain("Save"),
        close=plain("Cancel"),
        private_metadata=note.model_dump_json(),
        blocks=[
            *notice_line(notice),
            *_words(draft),
            *_menus(draft, journey, departments, edition),
            *_owner(owner, edition),
            *_rest(draft),
            *_journey_menus(draft, journey, edition),
            _links(draft.links),
        ],
    )


def _words(draft: Draft) -> list[Block]:
    return [
        fields.text_field(Field("title", "Title", optional=False), draft.title, most=TITLE_MAX),
        fields.text_field(Field("problem", "Which customer problem does it solve?"), draft.problem, lines=True),
    ]


def _menus(draft: Draft, journey: Journey, departments: Mapping[int, str], edition: int) -> list[Block]:
    owning = Field("department", "Department", optional=False, edition=edition)
    status = Field("status", "Status", optional=False)
    return [
        *_several("stages", "Stages of the customer's journey", stage_options(journey), draft.stages, edition),
        fields.one_of(owning, name_options(departments), str(draft.department)),
        fields.one_of(status, status_options(), draft.status),
    ]


def status_options() -> list[tuple[str, str]]:
    """All statuses in words."""
    return [(str(status), STATUS_WORDS[status]) for status in Status]


def _owner(owner: Person | None, edition: int) -> list[Block]:
    hint = f"Now {owner.name}, who is not in Slack." if owner and not owner.slack_id else ""
    field = Field("owner", "Owner", hint, edition=edition)
    return [fields.person(field, owner.slack_id if owner else None)]


def _rest(draft: Draft) -> list[Block]:
    return [
        fields.day(Field("starts_on", "Starts on"), draft.starts_on),
        fields.day(Field("ends_on", "Ends on"), draft.ends_on),
        fields.day(Field("movable_from", "May be moved: not before"), draft.movable.start if draft.movable else None),
        fields.day(
            Field("movable_until", "May be moved: not after", MOVABLE), draft.movable.end if draft.movable else None
        ),
    ]


def _journey_menus(draft: Draft, journey: Journey, edition: int) -> list[Block]:
    segments, touchpoints = name_options(journey.segment_names()), name_options(journey.touchpoint_names())
    return [
        *_several("segments", "For which customers", segments, draft.segments, edition),
        *_several("touchpoints", "Where they meet it", touchpoints, draft.touchpoints, edition),
    ]


def _several(
    name: str, label: str, options: list[tuple[str, str]], chosen: tuple[int, ...], edition: int
) -> list[Block]:
    """A menu of several, left out while there is nothing to choose from."""
    return [fields.any_of(Field(name, label, edition=edition), options, map(str, chosen))] if options else []


def links_fitting(links: Sequence[str]) -> int:
    """How many of the links fit into one text field; the others stay as they are."""
    used = 0
    for count, link in enumerate(links):
        used += len(link) + 1
        if used > fields.INPUT_MAX:
            return count
    return len(links)


def _links(links: Sequence[str]) -> InputBlock:
    shown = links_fitting(links)
    more = f" {len(links) - shown} more are kept as they are." if shown < len(links) else ""
    field = Field("links", "Links", f"One on each line, beginning with https://{more}")
    return fields.text_field(field, "\n".join(links[:shown]), lines=True)
