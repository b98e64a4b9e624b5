"""What each scope lets an app do, as the person who allows it reads it."""

SCOPES = {
    "app_mentions:read": "See messages that mention it",
    "channels:history": "Read messages in public channels that it was added to",
    "channels:join": "Join public channels",
    "channels:manage": "Create and manage public channels",
    "channels:read": "See names and facts of public channels",
    "chat:write": "Send messages as itself",
    "chat:write.public": "Send messages to public channels that it is not in",
    "commands": "Add commands and shortcuts that people can use",
    "files:read": "See files in conversations that it was added to",
    "files:write": "Upload, change and delete files as itself",
    "groups:history": "Read messages in private channels that it was added to",
    "groups:read": "See names and facts of private channels that it was added to",
    "groups:write": "Create and manage private channels",
    "im:history": "Read direct messages that it was added to",
    "im:read": "See facts of direct messages that it was added to",
    "im:write": "Start direct messages with people",
    "mpim:history": "Read group messages that it was added to",
    "mpim:read": "See facts of group messages that it was added to",
    "mpim:write": "Start group messages with people",
    "reactions:write": "Add and remove reactions",
    "team:read": "See the name and the address of the workspace",
    "usergroups:read": "See user groups",
    "users:read": "See people and their time zones",
    "users:read.email": "See people’s email addresses",
}


def meaning(scope: str) -> str:
    """A scope in words; one that nobody has described, by its name."""
    return SCOPES.get(scope, f"Use {scope}")
