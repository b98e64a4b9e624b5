"""Who acts and on what; nobody acts as someone else or where they are not."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.actions import OnMessage, OnView, Surface
from bot.sandbox.conversations import Conversation
from bot.sandbox.errors import Refused
from bot.sandbox.messages import Message
from bot.sandbox.page.bodies import Where
from bot.sandbox.state import Workspace
from bot.sandbox.views import View

CLOSED = "That window is not open any more."
NO_MESSAGE = "That message is not there any more."


def workspace_of(request: Request) -> Workspace:
    """The workspace that a request is about."""
    workspace: Workspace = request.app.state.workspace
    return workspace


def done() -> Response:
    """The answer when all went well."""
    return JSONResponse({"ok": True})


def actor(workspace: Workspace, user: str) -> str:
    """Somebody one can act as."""
    person = workspace.people.find(known(workspace, user))
    if person is None or person.is_bot or person.deleted:
        raise Refused("Nobody can act as that person. Choose someone else.")
    return user


def first_actor(workspace: Workspace) -> str:
    """Whom one acts as before choosing."""
    return next(person.id for person in workspace.people if not person.is_bot and not person.deleted)


def known(workspace: Workspace, user: str) -> str:
    """Somebody of this workspace."""
    if workspace.people.find(user) is None:
        raise Refused("There is nobody like that in this workspace.")
    return user


def conversation_of(workspace: Workspace, user: str, channel: str) -> Conversation:
    """A conversation that the person is in."""
    conversation = workspace.conversations.find(channel)
    if conversation is None or user not in conversation.members:
        raise Refused("You are not in that conversation.")
    return conversation


def message_in(workspace: Workspace, user: str, conversation: Conversation, ts: str) -> Message:
    """A message that the person sees."""
    message = workspace.messages.find(conversation.id, ts)
    if message is None or message.seen_only_by not in (None, user):
        raise Refused(NO_MESSAGE)
    return message


def view_of(workspace: Workspace, user: str, view_id: str) -> View:
    """A view that the person has open."""
    view = workspace.views.find_for(user, view_id)
    if view is None:
        raise Refused(CLOSED)
    return view


def surface_at(workspace: Workspace, user: str, where: Where) -> Surface:
    """The message or view whose blocks the person uses."""
    if where.type == "view":
        return OnView(view_of(workspace, user, where.view_id))
    conversation = conversation_of(workspace, user, where.channel)
    return OnMessage(conversation, message_in(workspace, user, conversation, where.ts))
