"""What the page writes: messages, commands, new conversations."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.conversations import Conversation, Kind
from bot.sandbox.errors import Refused
from bot.sandbox.interactions import run_command
from bot.sandbox.messages import Message
from bot.sandbox.page.bodies import InChannel, OpenWith, Send
from bot.sandbox.page.finding import actor, conversation_of, done, known, message_in, workspace_of
from bot.sandbox.page.opening import tell_opened
from bot.sandbox.posting import direct_conversation, post
from bot.sandbox.state import Workspace
from bot.sandbox.typed import as_kept

MAX_TYPED = 40_000


async def send(request: Request) -> Response:
    """POST /page/send: a message, or a command when it begins with a slash."""
    workspace = workspace_of(request)
    body = Send.model_validate_json(await request.body())
    user = actor(workspace, body.user)
    conversation = conversation_of(workspace, user, body.channel)
    _refuse_closed(workspace, conversation)
    if not body.text.startswith("/"):
        _say(workspace, user, conversation, body)
    elif body.thread_ts:
        raise Refused(f"{body.text.split()[0]} is not supported in threads. Sorry!")
    else:
        await run_command(workspace, user, conversation, body.text)
    return done()


def _say(workspace: Workspace, user: str, conversation: Conversation, body: Send) -> None:
    if not body.text.strip():
        raise Refused("There is nothing to send yet.")
    if len(body.text) > MAX_TYPED:
        raise Refused(f"That is {len(body.text):,} characters; a message has at most {MAX_TYPED:,}.")
    message = Message(workspace.clock.stamp(), conversation.id, user, as_kept(workspace, body.text))
    if body.thread_ts:
        parent = message_in(workspace, user, conversation, body.thread_ts)
        message.thread_ts = parent.thread_ts or parent.ts
    post(workspace, message)
    conversation.read[user] = message.ts


def _refuse_closed(workspace: Workspace, conversation: Conversation) -> None:
    if conversation.is_archived:
        raise Refused("This channel is archived; nothing can be written here.")
    is_with_app = conversation.kind is Kind.IM and workspace.bot_user in conversation.members
    if is_with_app and workspace.manifest.features.app_home.messages_tab_read_only_enabled:
        raise Refused("Sending messages to this app has been turned off.")


async def open_conversation(request: Request) -> Response:
    """POST /page/open."""
    workspace = workspace_of(request)
    body = OpenWith.model_validate_json(await request.body())
    user = actor(workspace, body.user)
    people = {user, *(known(workspace, each) for each in body.with_)}
    conversation, _ = direct_conversation(workspace, people, user)
    if people == {user, workspace.bot_user}:
        tell_opened(workspace, user, "messages")
    return JSONResponse({"channel": conversation.id})


async def mark_read(request: Request) -> Response:
    """POST /page/read."""
    workspace = workspace_of(request)
    body = InChannel.model_validate_json(await request.body())
    user = actor(workspace, body.user)
    conversation_of(workspace, user, body.channel).read[user] = workspace.clock.stamp()
    return done()
