"""What Slack's requests look like, as far as Concord relies on it.

What has no such shape goes no further, whoever signed it, so that listeners may take for granted what stands here.
Fields that are not named here may be missing, or be anything: Slack adds some every year.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from slack_bolt import App, BoltRequest, BoltResponse

UNREADABLE = "This cannot be read."
PLACE_MAX = 100

log = logging.getLogger(__name__)


class ShapedApp(App):
    """Its listeners are given nothing but what has a shape of Slack's."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Have it answered, unless it cannot be a request of Slack's."""
        if place := misshapen(req.body):
            log.warning("a request has no shape of Slack's place=%s", place)
            return BoltResponse(status=HTTPStatus.BAD_REQUEST, body=UNREADABLE)
        return self.dispatch_shaped(req)

    def dispatch_shaped(self, req: BoltRequest) -> BoltResponse:
        """Have a request of Slack's answered."""
        return super().dispatch(req)


class Shape(BaseModel):
    """A part of a request; texts are texts and numbers are numbers."""

    model_config = ConfigDict(strict=True, frozen=True)


class Known(Shape):
    """A team, an organisation, a channel or a person."""

    id: str
    team_id: str | None = None


class Text(Shape):
    """A text object."""

    type: str
    text: str


class Option(Shape):
    """An entry of a menu."""

    text: Text
    value: str


class Element(Shape):
    """A field with what was put in, if anything was, or a button that was pressed."""

    type: str
    action_id: str | None = None
    block_id: str | None = None
    action_ts: str | None = None
    value: str | None = None
    selected_option: Option | None = None
    selected_options: list[Option] = []
    selected_user: str | None = None
    selected_users: list[str] = []
    selected_conversation: str | None = None
    selected_date: str | None = None
    selected_time: str | None = None


class State(Shape):
    """What stands in the fields, by block id and action id."""

    values: dict[str, dict[str, Element]] = {}


class View(Shape):
    """A modal or the Home tab, where something was pressed or is looked up."""

    id: str
    type: str
    callback_id: str = ""
    private_metadata: str = ""
    hash: str | None = None
    title: Text | None = None
    submit: Text | None = None
    close: Text | None = None
    state: State | None = None


class FilledView(View):
    """A modal as it was submitted, which can be shown again."""

    blocks: list[dict[str, Any]]
    state: State = State()


class Message(Shape):
    """What somebody, or Concord, has posted."""

    ts: str
    text: str | None = None


class Container(Shape):
    """Where a button stands."""

    is_ephemeral: bool = False


class Envelope(Shape):
    """What says whose a request is; slash commands and events name it in other fields than interactions."""

    type: str | None = None
    team: Known | None = None
    enterprise: Known | None = None
    team_id: str | None = None
    enterprise_id: str | None = None
    user_id: str | None = None
    api_app_id: str | None = None
    trigger_id: str | None = None
    response_url: str | None = None


class Command(Envelope):
    """A slash command."""

    command: str
    user_id: str
    trigger_id: str
    text: str = ""


class Interaction(Envelope):
    """Something that a person did where Concord has shown something."""

    user: Known
    view: View | None = None


class Shortcut(Interaction):
    """One that is not at a message."""

    callback_id: str
    trigger_id: str


class MessageShortcut(Shortcut):
    """One that is."""

    channel: Known
    message: Message


class Press(Interaction):
    """A button, or a menu outside a form."""

    trigger_id: str
    actions: Annotated[list[Element], Field(min_length=1)]
    container: Container = Container()
    channel: Known | None = None
    message: Message | None = None


class Suggestion(Interaction):
    """Somebody types in a menu whose options we look up."""

    action_id: str
    block_id: str
    value: str


class Submission(Interaction):
    """A modal that was submitted or closed."""

    view: FilledView


class Event(Shape):
    """Something that happened in the workspace."""

    type: str


class Opened(Event):
    """`app_home_opened`."""

    user: str
    tab: str = "home"


class Changed(Event):
    """`user_change`."""

    user: Known


class Tokens(Shape):
    """Whose tokens."""

    bot: list[str] | None = None


class Revoked(Event):
    """`tokens_revoked`."""

    tokens: Tokens = Tokens()


class Teams(Event):
    """`team_access_granted` and `team_access_revoked`."""

    team_ids: list[str]


class Step(Event):
    """`function_executed`."""

    function_execution_id: str
    inputs: dict[str, Any]


EVENTS: Mapping[str, type[Event]] = {
    "app_home_opened": Opened,
    "user_change": Changed,
    "tokens_revoked": Revoked,
    "team_access_granted": Teams,
    "team_access_revoked": Teams,
    "function_executed": Step,
}


class Happening(Envelope):
    """An event, which is looked at once more as what it is."""

    event: Event
    event_id: str | None = None
    event_time: int


INTERACTIONS: Mapping[str, type[Envelope]] = {
    "shortcut": Shortcut,
    "message_action": MessageShortcut,
    "block_actions": Press,
    "block_suggestion": Suggestion,
    "view_submission": Submission,
    "view_closed": Submission,
    "event_callback": Happening,
}


def misshapen(body: Mapping[str, Any]) -> str:
    """The first place at which a request has no shape of Slack's; empty where it has one."""
    model = _model_of(body)
    place = _wrong(model, body)
    if place or model is not Happening:
        return place
    within = _wrong(EVENTS.get(body["event"]["type"], Event), body["event"])
    return f"event.{within}" if within else ""


def _wrong(model: type[Shape], part: Mapping[str, Any]) -> str:
    try:
        model.model_validate(part)
    except ValidationError as error:
        return ".".join(map(str, error.errors()[0]["loc"]))[:PLACE_MAX]
    return ""


def _model_of(body: Mapping[str, Any]) -> type[Envelope]:
    kind = body.get("type")
    if "command" in body:
        return Command
    return INTERACTIONS.get(kind, Envelope) if isinstance(kind, str) else Envelope
