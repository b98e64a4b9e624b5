"""What is off where a permission (Slack calls them scopes) was not given."""

from collections.abc import Collection, Mapping

from planning.register import Register

OFF: Mapping[str, str] = {
    "commands": "the command and the shortcuts do not work",
    "chat:write": "no alerts, digests or reminders are posted",
    "im:write": "nobody gets direct messages: no alerts, questions or lists of their own",
    "mpim:write": "no conversation is opened for the people who plan together",
    "channels:read": "no public channel can be chosen for alerts and digests",
    "groups:read": "no private channel can be chosen for alerts and digests",
    "users:read": "nobody new can take part, and time zones are not followed",
    "files:write": "messages come without pictures, and no invitations or documents are shared",
    "files:read": "messages come without pictures",
    "channels:history": "if it is not certain that a digest reached a public channel, a steward has to decide",
    "groups:history": "if it is not certain that a digest reached a private channel, a steward has to decide",
    "im:history": "if it is not certain that a direct message arrived, a steward has to decide",
    "mpim:history": "if it is not certain that a message to people who plan together arrived, a steward has to decide",
}
"""Scope → what is off without it, as the end of a sentence. In the order of what is missed most."""


def missing(granted: Collection[str]) -> dict[str, str]:
    """The scopes that were not given, each with what is off without it; the worst first."""
    return {scope: off for scope, off in OFF.items() if scope not in granted}


def off_in(register: Register) -> dict[str, str]:
    """The same for the register's workspace; nothing where nobody can say what was given."""
    granted = register.workspaces.granted()
    return {} if granted is None else missing(granted)
