"""What the page sends: who acts, and what they do."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.forms import Values


class Body(BaseModel):
    """A request's body, with the person who acts."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    user: str


class Send(Body):
    """Something typed into a conversation."""

    channel: str
    text: str
    thread_ts: str | None = None


class StartShortcut(Body):
    """A shortcut chosen from the menu, or from a message."""

    callback_id: str
    channel: str | None = None
    message_ts: str | None = None


class Where(BaseModel):
    """A message or a view whose blocks are used."""

    type: Literal["message", "view"]
    channel: str = ""
    ts: str = ""
    view_id: str = ""


class State(BaseModel):
    """What is typed and chosen."""

    values: Values = Field(default_factory=dict)


class Press(Body):
    """A button pressed or a choice made."""

    where: Where
    action: dict[str, Any]
    state: State = State()


class Search(Body):
    """Typing into a menu that the app fills."""

    where: Where
    action_id: str
    block_id: str
    value: str = ""


class Submit(Body):
    """A form sent."""

    view_id: str
    state: State = State()


class Close(Body):
    """A form closed; all of them by its cross."""

    view_id: str
    all: bool = False


class OpenWith(Body):
    """A conversation with some people."""

    with_: tuple[str, ...] = Field(alias="with")


class InChannel(Body):
    """A conversation that was read."""

    channel: str
