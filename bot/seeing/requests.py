"""Which request something in the log belongs to: short keys and ids, never what somebody typed."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

_KINDS = frozenset(
    {
        "block_actions",
        "block_suggestion",
        "view_submission",
        "view_closed",
        "shortcut",
        "message_action",
        "event_callback",
    }
)
OTHER = "other"


def kind_of(body: Mapping[str, Any]) -> str:
    """What sort of request it is; one of a few words."""
    if body.get("command"):
        return "slash_command"
    kind = str(body.get("type", ""))
    return kind if kind in _KINDS else OTHER


def key_of(body: Mapping[str, Any]) -> str:
    """The same for the same request, when Slack sends it again."""
    event = body.get("event_id")
    return str(event) if event else _hashed(_mark(body))


def about(body: Mapping[str, Any]) -> dict[str, str]:
    """What each line of the log about a request carries."""
    return {
        "request": key_of(body),
        "kind": kind_of(body),
        "team": _id(body.get("team_id") or _inner(body, "team") or _inner(body, "enterprise")),
        "user": _id(body.get("user_id") or _inner(body, "user")),
    }


def _mark(body: Mapping[str, Any]) -> str:
    """What only this request carries: its trigger, or the place and moment of the click."""
    actions = body.get("actions") or [{}]
    view = body.get("view") or {}
    parts = (body.get("trigger_id"), actions[0].get("action_ts"), view.get("id"), view.get("hash"), body.get("value"))
    return "|".join(str(part or "") for part in parts)


def _hashed(mark: str) -> str:
    """Short, and of no use to anybody: a trigger opens a modal while it is fresh."""
    return blake2b(mark.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _inner(body: Mapping[str, Any], key: str) -> object:
    value = body.get(key)
    return value.get("id") if isinstance(value, Mapping) else None


def _id(value: object) -> str:
    """An id of Slack's, and nothing that only stands in its place."""
    text = str(value or "")
    return text if text.isalnum() and len(text) <= 32 else ""
