"""Commands and shortcuts: what a person starts, turned into what the app is sent."""

from bot.sandbox import payloads
from bot.sandbox.conversations import Conversation
from bot.sandbox.errors import Json, Refused, SlackError
from bot.sandbox.manifest import Shortcut, SlashCommand
from bot.sandbox.messages import Message
from bot.sandbox.replying import reply
from bot.sandbox.road import NoAnswer
from bot.sandbox.state import Workspace
from bot.sandbox.typed import with_ids

LATE = {
    "operation_timeout": "did not answer within three seconds (operation_timeout). Try again in a moment.",
    "dispatch_failed": "is not connected (dispatch_failed). Start the app and try again.",
    "http_service_error": "answered with an error (http_service_error). Try again in a moment.",
}


async def interact(workspace: Workspace, payload: Json) -> Json:
    """Send what was pressed, and once more at the same time where everything is sent twice; the first answer counts."""
    require_app(workspace, payload["user"]["id"])
    if workspace.sends_events_twice:
        workspace.background.start(_once_more(workspace, payload))
    return await workspace.road.deliver("interactive", payload)


def require_app(workspace: Workspace, user: str) -> None:
    """Refuse what only the app could answer where it is not installed."""
    if not workspace.serves(user):
        app, team = workspace.manifest.display_information.name, workspace.people.team(user).name
        raise Refused(f"{app} is not installed in {team}. An administrator can install it there.")


async def _once_more(workspace: Workspace, payload: Json) -> None:
    try:
        await workspace.road.deliver("interactive", payload)
    except NoAnswer as error:
        workspace.calls.note(workspace.clock.now(), "ack.interactive", {"type": payload["type"]}, error.word)


async def run_command(workspace: Workspace, user: str, conversation: Conversation, line: str) -> None:
    """Send a slash command and show the answer."""
    name, _, text = line.partition(" ")
    require_app(workspace, user)
    command = _command(workspace, name)
    text = with_ids(workspace, text) if command.should_escape else text
    payload = payloads.slash(workspace, user, conversation, name, text.strip())
    try:
        answer = await workspace.road.deliver("slash_commands", payload)
    except NoAnswer as error:
        raise Refused(f"{name} {LATE[error.word]}") from error
    if answer:
        try:
            reply(workspace, user, conversation.id, answer)
        except SlackError as error:
            note_refused(workspace, "slash_commands", answer, error)
            raise Refused(f"{name} answered with something that cannot be shown ({error.error}).") from error


def _command(workspace: Workspace, name: str) -> SlashCommand:
    command = workspace.manifest.command(name)
    if command is None:
        known = ", ".join(each.command for each in workspace.manifest.features.slash_commands)
        hint = f" This workspace knows {known}." if known else ""
        raise Refused(f"{name} is not a command here.{hint} To send it as a message, put a space before the slash.")
    return command


async def run_global_shortcut(workspace: Workspace, user: str, callback_id: str) -> None:
    """Start a shortcut from anywhere."""
    shortcut = _shortcut(workspace, callback_id, "global")
    started = {"callback_id": shortcut.callback_id, "action_ts": workspace.clock.stamp()}
    payload = {**payloads.triggered(workspace, "shortcut", user), **started}
    await _send(workspace, shortcut, payload)


async def run_message_shortcut(
    workspace: Workspace, user: str, callback_id: str, conversation: Conversation, message: Message
) -> None:
    """Start a shortcut from a message."""
    shortcut = _shortcut(workspace, callback_id, "message")
    key = workspace.response_urls.give(user, conversation.id, message.ts)
    payload = {
        **payloads.triggered(workspace, "message_action", user, conversation.id),
        "callback_id": shortcut.callback_id,
        "action_ts": workspace.clock.stamp(),
        "message_ts": message.ts,
        "channel": payloads.channel_part(conversation),
        "message": message.message_object(),
        "response_url": payloads.response_url(workspace, key),
    }
    await _send(workspace, shortcut, payload)


def _shortcut(workspace: Workspace, callback_id: str, kind: str) -> Shortcut:
    shortcut = workspace.manifest.shortcut(callback_id)
    if shortcut is None or shortcut.type != kind:
        raise Refused("That shortcut is not there any more.")
    return shortcut


async def _send(workspace: Workspace, shortcut: Shortcut, payload: dict[str, object]) -> None:
    try:
        await interact(workspace, payload)
    except NoAnswer as error:
        raise Refused(f"{shortcut.name} {LATE[error.word]}") from error


def note_refused(workspace: Workspace, kind: str, answer: dict[str, object], error: SlackError) -> None:
    """Write down an acknowledgement that Slack would not have taken."""
    workspace.calls.note(workspace.clock.now(), f"ack.{kind}", {"answer": answer, "why": error.messages}, error.error)
