"""users.*: people."""

from collections.abc import Sequence

from bot.sandbox.api.arguments import Arguments
from bot.sandbox.api.paging import page
from bot.sandbox.api.registry import Method
from bot.sandbox.api.teams import asked_team, may_know
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.state import Workspace
from bot.sandbox.workspace import Person


def users_info(workspace: Workspace, arguments: Arguments) -> Json:
    """One person."""
    person = workspace.people.require(arguments.required("user"))
    if not may_know(workspace, person):
        raise SlackError("user_not_found")
    return {"user": _user(workspace, person)}


def users_list(workspace: Workspace, arguments: Arguments) -> Json:
    """Everyone of a team, in pages."""
    team = asked_team(workspace, arguments)
    wanted = [person for person in workspace.people if person.is_bot or workspace.people.team(person.id).id == team]
    people, metadata = page(wanted, arguments, default=200)
    return {"members": [_user(workspace, person) for person in people], "response_metadata": metadata}


def lookup_by_email(workspace: Workspace, arguments: Arguments) -> Json:
    """The person with an address; deactivated people are not found."""
    person = workspace.people.by_email(arguments.required("email"))
    if person is None or person.deleted or not may_know(workspace, person):
        raise SlackError("users_not_found")
    return {"user": _user(workspace, person)}


def _user(workspace: Workspace, person: Person) -> Json:
    with_email = "users:read.email" in workspace.standing.scopes
    return workspace.people.user_object(person, now=workspace.clock.now(), with_email=with_email)


METHODS: Sequence[Method] = (
    Method("users.info", users_info, ("users:read",)),
    Method("users.list", users_list, ("users:read",)),
    Method("users.lookupByEmail", lookup_by_email, ("users:read.email",)),
)
