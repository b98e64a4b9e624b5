"""Which team of an organisation a call is about: an org-wide token has to say so, any other means its own."""

from bot.sandbox.api.arguments import Arguments
from bot.sandbox.conversations import Conversation
from bot.sandbox.errors import SlackError
from bot.sandbox.state import Workspace
from bot.sandbox.workspace import Person


def asked_team(workspace: Workspace, arguments: Arguments, name: str = "team_id") -> str:
    """The team that a call names, or the one that the app is installed in."""
    installation = workspace.standing.installation
    if installation is None or not installation.is_org_wide:
        return next(iter(installation.teams)) if installation else workspace.file.team.id
    team = arguments.required(name, "missing_argument")
    if team not in {each.id for each in workspace.file.teams}:
        raise SlackError("team_not_found")
    if team not in installation.teams:
        raise SlackError("team_access_not_granted")
    return team


def is_within_reach(workspace: Workspace, conversation: Conversation) -> bool:
    """Whether the app is present in the team of a channel; direct messages have none."""
    return not conversation.team or workspace.standing.covers(conversation.team)


def may_know(workspace: Workspace, person: Person) -> bool:
    """Whether the app can know of somebody: everybody of the organisation, or those of the one team."""
    installation = workspace.standing.installation
    is_org_wide = installation is not None and installation.is_org_wide
    return is_org_wide or person.is_bot or workspace.serves(person.id)
