"""Putting modals and Homes on the open pages."""

from bot.sandbox.errors import Json
from bot.sandbox.state import Workspace


def show_stack(workspace: Workspace, user: str) -> None:
    """Show a person which modals are open now."""
    workspace.screens.tell([user], stack_event(workspace, user))


def stack_event(workspace: Workspace, user: str) -> Json:
    """The modals that a person has open, the last on top."""
    stack = [view.view_object(workspace.frame(view.user)) for view in workspace.views.stacks[user]]
    return {"type": "view", "stack": stack}


def show_home(workspace: Workspace, user: str) -> None:
    """Show a person the App Home as it is now."""
    workspace.screens.tell([user], {"type": "home", "view": home_view(workspace, user)})


def home_view(workspace: Workspace, user: str) -> Json | None:
    """The Home that was published to a person, if any was."""
    view = workspace.views.homes.get(user)
    return view.view_object(workspace.frame(view.user)) if view else None
