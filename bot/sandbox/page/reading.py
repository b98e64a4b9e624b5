"""What the page reads: the session, messages, Home."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.messages import Message
from bot.sandbox.page.finding import actor, conversation_of, first_actor, workspace_of
from bot.sandbox.page.opening import tell_opened
from bot.sandbox.page.session import session
from bot.sandbox.posting import shown_message
from bot.sandbox.showing import home_view


async def show_session(request: Request) -> Response:
    """GET /page/session; before one has chosen, as the first person."""
    workspace = workspace_of(request)
    user = request.query_params.get("user") or first_actor(workspace)
    return JSONResponse(session(workspace, actor(workspace, user)))


async def show_messages(request: Request) -> Response:
    """GET /page/messages."""
    workspace, query = workspace_of(request), request.query_params
    user = actor(workspace, query.get("user", ""))
    conversation = conversation_of(workspace, user, query.get("channel", ""))
    seen = workspace.messages.seen_by(conversation.id, user)
    thread = query.get("thread_ts")
    wanted = [each for each in seen if _stands_in(each, thread)]
    return JSONResponse({"messages": [shown_message(workspace, each) for each in wanted]})


def _stands_in(message: Message, thread_ts: str | None) -> bool:
    if thread_ts:
        return thread_ts in (message.ts, message.thread_ts)
    return not message.is_reply or message.is_broadcast


async def show_home(request: Request) -> Response:
    """GET /page/home: what was published; the app is told that someone looks."""
    workspace = workspace_of(request)
    user = actor(workspace, request.query_params.get("user", ""))
    tell_opened(workspace, user, "home")
    return JSONResponse({"view": home_view(workspace, user)})
