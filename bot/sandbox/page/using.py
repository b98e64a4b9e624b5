"""What the page uses: shortcuts, buttons, menus, forms."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox import interactions, submitting
from bot.sandbox.actions import press, suggest
from bot.sandbox.page.bodies import Close, Press, Search, StartShortcut, Submit
from bot.sandbox.page.finding import actor, conversation_of, done, message_in, surface_at, view_of, workspace_of


async def start_shortcut(request: Request) -> Response:
    """POST /page/shortcut."""
    workspace = workspace_of(request)
    body = StartShortcut.model_validate_json(await request.body())
    user = actor(workspace, body.user)
    if body.channel and body.message_ts:
        conversation = conversation_of(workspace, user, body.channel)
        message = message_in(workspace, user, conversation, body.message_ts)
        await interactions.run_message_shortcut(workspace, user, body.callback_id, conversation, message)
    else:
        await interactions.run_global_shortcut(workspace, user, body.callback_id)
    return done()


async def press_action(request: Request) -> Response:
    """POST /page/action."""
    workspace = workspace_of(request)
    body = Press.model_validate_json(await request.body())
    user = actor(workspace, body.user)
    await press(workspace, user, surface_at(workspace, user, body.where), body.action, body.state.values)
    return done()


async def search_options(request: Request) -> Response:
    """POST /page/options."""
    workspace = workspace_of(request)
    body = Search.model_validate_json(await request.body())
    user = actor(workspace, body.user)
    surface = surface_at(workspace, user, body.where)
    return JSONResponse(await suggest(workspace, user, surface, body.block_id, body.action_id, body.value))


async def submit_view(request: Request) -> Response:
    """POST /page/view/submit."""
    workspace = workspace_of(request)
    body = Submit.model_validate_json(await request.body())
    view = view_of(workspace, actor(workspace, body.user), body.view_id)
    errors = await submitting.submit(workspace, view, body.state.values)
    return JSONResponse({"ok": False, "errors": errors}) if errors else done()


async def close_view(request: Request) -> Response:
    """POST /page/view/close."""
    workspace = workspace_of(request)
    body = Close.model_validate_json(await request.body())
    view = view_of(workspace, actor(workspace, body.user), body.view_id)
    submitting.close(workspace, view, whole_stack=body.all)
    return done()
