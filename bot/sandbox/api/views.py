"""views.*: modals and App Home."""

from collections.abc import Sequence

from bot.sandbox.api.arguments import Arguments
from bot.sandbox.api.registry import Method
from bot.sandbox.blocks.check import checked_view
from bot.sandbox.blocks.rules import Surface
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.forms import choose_current_conversation
from bot.sandbox.pictures import may_show
from bot.sandbox.showing import show_home, show_stack
from bot.sandbox.state import Workspace
from bot.sandbox.views import View


def open_modal(workspace: Workspace, arguments: Arguments) -> Json:
    """Show a modal to the person whose trigger it is."""
    body = _body(workspace, arguments, "modal")
    trigger = workspace.triggers.use(arguments.required("trigger_id", "invalid_trigger_id"))
    choose_current_conversation(body["blocks"], trigger.channel)
    view = workspace.views.open(trigger.user, body)
    show_stack(workspace, trigger.user)
    return _answer(workspace, view)


def push_modal(workspace: Workspace, arguments: Arguments) -> Json:
    """Lay a modal over the one that is open."""
    body = _body(workspace, arguments, "modal")
    trigger = workspace.triggers.use(arguments.required("trigger_id", "invalid_trigger_id"))
    view = workspace.views.push(trigger.user, body)
    show_stack(workspace, trigger.user)
    return _answer(workspace, view)


def update_view(workspace: Workspace, arguments: Arguments) -> Json:
    """Change what an open view shows."""
    view_id, external_id = arguments.text("view_id"), arguments.text("external_id")
    if not view_id and not external_id:
        raise SlackError("invalid_arguments", "[ERROR] either view_id or external_id is required")
    view = workspace.views.find(view_id, external_id)
    surface: Surface = "home" if view.body["type"] == "home" else "modal"
    workspace.views.update(view, _body(workspace, arguments, surface), arguments.text("hash"))
    if surface == "home":
        show_home(workspace, view.user)
    else:
        show_stack(workspace, view.user)
    return _answer(workspace, view)


def publish_home(workspace: Workspace, arguments: Arguments) -> Json:
    """Show a person's App Home."""
    if not workspace.manifest.features.app_home.home_tab_enabled:
        raise SlackError("not_enabled")
    user = workspace.people.require(arguments.required("user_id")).id
    view = workspace.views.publish(user, _body(workspace, arguments, "home"), arguments.text("hash"))
    show_home(workspace, user)
    return _answer(workspace, view)


def _body(workspace: Workspace, arguments: Arguments, surface: Surface) -> Json:
    view = arguments.structure("view")
    if view is None:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: view")
    return checked_view(view, surface, workspace.ids, may_show(workspace))


def _answer(workspace: Workspace, view: View) -> Json:
    return {"view": view.view_object(workspace.frame(view.user))}


METHODS: Sequence[Method] = (
    Method("views.open", open_modal),
    Method("views.push", push_modal),
    Method("views.update", update_view),
    Method("views.publish", publish_home),
)
