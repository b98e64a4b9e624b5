"""files.*: uploads in three steps, and what became of them."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.api.access import reachable, thread
from bot.sandbox.api.arguments import Arguments
from bot.sandbox.api.registry import Method
from bot.sandbox.conversations import Kind
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.files import File
from bot.sandbox.messages import Message
from bot.sandbox.pictures import ask_whether_processed, is_processed
from bot.sandbox.posting import bot_message, post
from bot.sandbox.state import Workspace

MAX_ALT_TEXT = 1000
MAX_CHANNELS = 100


def upload_address(workspace: Workspace, arguments: Arguments) -> Json:
    """Where to send the bytes of a file to come."""
    name = arguments.required("filename")
    length = arguments.number("length", 0)
    if length < 1 or len(arguments.text("alt_txt")) > MAX_ALT_TEXT:
        raise SlackError("invalid_arguments", "[ERROR] length must be above 0 and alt_txt at most 1000 characters")
    now = int(workspace.clock.now())
    upload, file = workspace.files.promise(name, length, arguments.text("alt_txt"), now, workspace.bot_user)
    return {"upload_url": f"{workspace.url}/upload/{upload}", "file_id": file.id}


def complete_upload(workspace: Workspace, arguments: Arguments) -> Json:
    """Finish uploads and share them where asked."""
    wanted = arguments.structure("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: files")
    channels = arguments.names("channels") + arguments.names("channel_id")
    if len(channels) > MAX_CHANNELS:
        raise SlackError("invalid_arguments", "[ERROR] no more than 100 channels allowed")
    # Unlike messages, files go to a conversation's id only: not to a name, not to a person.
    known = [workspace.conversations.require(channel).id for channel in dict.fromkeys(channels)]
    messages = [_sharing(workspace, channel, arguments) for channel in known]
    files = [_finish(workspace, each) for each in wanted]
    shown = [file.file_object(workspace.url, is_processed=is_processed(workspace.faults)) for file in files]
    for message in messages:
        _share(workspace, message, files)
    return {"files": shown}


def _finish(workspace: Workspace, wanted: Any) -> File:
    if not isinstance(wanted, dict):
        raise SlackError("invalid_arguments", "[ERROR] must provide an object: files")
    file = workspace.files.require(str(wanted.get("id", "")))
    if file.content is None or file.is_complete:
        raise SlackError("file_not_found" if file.content is None else "file_update_failed")
    file.title = str(wanted.get("title") or file.name)
    file.is_complete = True
    return file


def _sharing(workspace: Workspace, channel: str, arguments: Arguments) -> Message:
    conversation = reachable(workspace, channel)
    # Unlike words, files go nowhere as a guest.
    if workspace.bot_user not in conversation.members:
        raise SlackError("not_in_channel")
    message = bot_message(workspace, channel, arguments.text("initial_comment"))
    message.thread_ts = thread(workspace, channel, arguments.text("thread_ts"))
    return message


def _share(workspace: Workspace, message: Message, files: list[File]) -> None:
    kind = workspace.conversations.require(message.channel).kind
    for file in files:
        file.share(message.channel, message.ts, is_public=kind is Kind.CHANNEL)
    message.files = [file.file_object(workspace.url) for file in files]
    post(workspace, message)


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """One file; its type stays blank while it is being looked at."""
    file = workspace.files.require(arguments.required("file", "file_not_found"))
    return {"file": file.file_object(workspace.url, is_processed=ask_whether_processed(workspace))}


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    """Take one file away, for good."""
    workspace.files.remove(arguments.required("file", "file_not_found"))
    return {}


METHODS: Sequence[Method] = (
    Method("files.getUploadURLExternal", upload_address, ("files:write",)),
    Method("files.completeUploadExternal", complete_upload, ("files:write",)),
    Method("files.delete", delete, ("files:write",)),
    Method("files.info", info, ("files:read",)),
)
