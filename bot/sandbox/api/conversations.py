"""conversations.*: where people talk."""

import re
from collections.abc import Sequence

from bot.sandbox.api.access import READ_SCOPES, historic, readable, visible
from bot.sandbox.api.arguments import Arguments
from bot.sandbox.api.paging import page
from bot.sandbox.api.registry import Method, require_scope
from bot.sandbox.api.teams import asked_team, may_know
from bot.sandbox.conversations import SLACK_TYPES, Conversation, Kind
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.joining import add_members
from bot.sandbox.messages import Message
from bot.sandbox.posting import direct_conversation
from bot.sandbox.state import Workspace

MAX_PEOPLE = 8
CHANNEL_NAME = re.compile(r"[a-z0-9_-]{1,80}")
INVITE_SCOPES = {
    Kind.CHANNEL: ("channels:manage", "channels:write.invites"),
    Kind.PRIVATE: ("groups:write", "groups:write.invites"),
}


def open_direct(workspace: Workspace, arguments: Arguments) -> Json:
    """The direct or group message with some people: the same people, the same conversation."""
    if "channel" in arguments:
        return _opened(workspace, visible(workspace, arguments.text("channel")), arguments)
    users = set(arguments.names("users")) - {workspace.bot_user}
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MAX_PEOPLE:
        raise SlackError("too_many_users")
    require_scope(workspace, "mpim:write" if len(users) > 1 else "im:write")
    for user in users:
        _require_reachable(workspace, user)
    conversation, is_new = direct_conversation(workspace, users | {workspace.bot_user}, workspace.bot_user)
    return _opened(workspace, conversation, arguments, is_new=is_new)


def _require_reachable(workspace: Workspace, user: str) -> None:
    person = workspace.people.require(user)
    if not may_know(workspace, person):
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")


def _opened(workspace: Workspace, conversation: Conversation, arguments: Arguments, *, is_new: bool = False) -> Json:
    whole = conversation.channel_object(workspace.bot_user, workspace.file.team.id)
    already = {} if is_new else {"no_op": True, "already_open": True}
    return {**already, "channel": whole if arguments.flag("return_im") else {"id": conversation.id}}


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """One conversation."""
    conversation = readable(workspace, arguments.required("channel", "channel_not_found"))
    return {"channel": _shown(workspace, conversation)}


def list_all(workspace: Workspace, arguments: Arguments) -> Json:
    """Conversations of the asked-for types, in pages."""
    types = arguments.names("types") or ["public_channel"]
    kinds = [kind for kind, name in SLACK_TYPES.items() if name in types]
    if len(kinds) < len(set(types)):
        raise SlackError("invalid_types")
    for kind in kinds:
        require_scope(workspace, READ_SCOPES[kind])
    team, skips_archived = asked_team(workspace, arguments), arguments.flag("exclude_archived")
    wanted = [
        each
        for each in workspace.conversations
        if each.kind in kinds and _is_known(workspace, each, team) and not (skips_archived and each.is_archived)
    ]
    shown, metadata = page(wanted, arguments)
    return {"channels": [_shown(workspace, each) for each in shown], "response_metadata": metadata}


def _is_known(workspace: Workspace, conversation: Conversation, team: str) -> bool:
    is_open = conversation.kind is Kind.CHANNEL or workspace.bot_user in conversation.members
    return is_open and conversation.team in ("", team)


def members(workspace: Workspace, arguments: Arguments) -> Json:
    """Who is in a conversation, in pages."""
    conversation = readable(workspace, arguments.required("channel", "channel_not_found"))
    shown, metadata = page(conversation.members, arguments)
    return {"members": shown, "response_metadata": metadata}


def history(workspace: Workspace, arguments: Arguments) -> Json:
    """What was said, newest first; answers in threads are not among it."""
    conversation = historic(workspace, arguments.required("channel", "channel_not_found"))
    said = [each for each in workspace.messages.stored(conversation.id) if not each.is_reply or each.is_broadcast]
    return _read_back(workspace, _within(said, arguments)[::-1], arguments)


def replies(workspace: Workspace, arguments: Arguments) -> Json:
    """A message and its answers, oldest first."""
    conversation = historic(workspace, arguments.required("channel", "channel_not_found"))
    parent = workspace.messages.find(conversation.id, arguments.required("ts", "thread_not_found"))
    if parent is None or parent.seen_only_by is not None:
        raise SlackError("thread_not_found")
    answers = workspace.messages.replies(conversation.id, parent.thread_ts or parent.ts)
    return _read_back(workspace, [parent, *_within(answers, arguments)], arguments)


def _within(messages: list[Message], arguments: Arguments) -> list[Message]:
    oldest, latest = arguments.text("oldest", "0"), arguments.text("latest") or "inf"
    inclusive = arguments.flag("inclusive")
    ends = {float(oldest), float(latest)} if inclusive else set()
    return [each for each in messages if float(oldest) < float(each.ts) < float(latest) or float(each.ts) in ends]


def _read_back(workspace: Workspace, messages: list[Message], arguments: Arguments) -> Json:
    shown, metadata = page(messages, arguments, most=999)
    with_metadata = arguments.flag("include_all_metadata")
    found = [_with_thread(workspace, each, each.message_object(with_metadata=with_metadata)) for each in shown]
    has_more = bool(metadata["next_cursor"])
    return {"messages": found, "has_more": has_more, **({"response_metadata": metadata} if has_more else {})}


def _with_thread(workspace: Workspace, message: Message, shown: Json) -> Json:
    count = len(workspace.messages.replies(message.channel, message.ts))
    return {**shown, "thread_ts": message.ts, "reply_count": count} if count else shown


def join(workspace: Workspace, arguments: Arguments) -> Json:
    """Enter a public channel."""
    conversation = visible(workspace, arguments.required("channel", "channel_not_found"))
    if conversation.kind is not Kind.CHANNEL:
        raise SlackError("method_not_supported_for_channel_type")
    if conversation.is_archived:
        raise SlackError("is_archived")
    add_members(workspace, conversation, [workspace.bot_user])
    return {"channel": _shown(workspace, conversation)}


def invite(workspace: Workspace, arguments: Arguments) -> Json:
    """Bring people into a channel that the app is in."""
    conversation = visible(workspace, arguments.required("channel", "channel_not_found"))
    if conversation.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    require_scope(workspace, *INVITE_SCOPES[conversation.kind])
    if workspace.bot_user not in conversation.members:
        raise SlackError("not_in_channel")
    users = arguments.names("users")
    if not users:
        raise SlackError("no_user")
    if workspace.bot_user in users:
        raise SlackError("cant_invite_self")
    for user in users:
        if workspace.people.require(user).id in conversation.members:
            raise SlackError("already_in_channel")
    add_members(workspace, conversation, users)
    return {"channel": _shown(workspace, conversation)}


def create(workspace: Workspace, arguments: Arguments) -> Json:
    """Make a channel; the app is its first member."""
    is_private = arguments.flag("is_private")
    require_scope(workspace, "groups:write" if is_private else "channels:manage")
    name = arguments.required("name", "invalid_name_required")
    if len(name) > 80:
        raise SlackError("invalid_name_maxlength")
    if not CHANNEL_NAME.fullmatch(name):
        raise SlackError("invalid_name_specials")
    team = asked_team(workspace, arguments)
    if workspace.conversations.by_name(name, team) is not None:
        raise SlackError("name_taken")
    kind = Kind.PRIVATE if is_private else Kind.CHANNEL
    now = int(workspace.clock.now())
    made = workspace.conversations.create(name, kind, [workspace.bot_user], now, workspace.bot_user, team)
    return {"channel": _shown(workspace, made)}


def _shown(workspace: Workspace, conversation: Conversation) -> Json:
    return conversation.channel_object(workspace.bot_user, workspace.file.team.id)


METHODS: Sequence[Method] = (
    Method("conversations.open", open_direct),
    Method("conversations.info", info),
    Method("conversations.list", list_all),
    Method("conversations.members", members),
    Method("conversations.history", history),
    Method("conversations.replies", replies),
    Method("conversations.join", join, ("channels:join",)),
    Method("conversations.invite", invite),
    Method("conversations.create", create),
)
