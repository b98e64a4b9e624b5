"""What else is on record of an entry of the audit log, in words: names instead of numbers, nothing that is empty."""

import re
from collections.abc import Mapping
from datetime import datetime

from handlers.views.names import Names
from handlers.views.rules import HEADINGS
from planning.audit.values import Entry
from planning.workspace.hours import zone_of

_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}")
_KINDS: Mapping[str, str] = {
    "owner": "person",
    "department": "department",
    "departments": "department",
    "metrics": "metric",
}
"""Details that are numbers of something that has a name."""
_LABELS: Mapping[str, str] = {"owner": "owner until then", "fields": "what"}
_RULES: Mapping[str, str] = {str(rule): heading for rule, heading in HEADINGS.items()}


def details_told(entry: Entry, names: Names, zone: str) -> str:
    """What is on record beside who, what and when, in the order in which it was written."""
    told = {key: _words(value, names, _kind(entry.verb, key), zone) for key, value in _beside(entry).items()}
    change = [f"from {told.pop('from')} to {told.pop('to')}"] if {"from", "to"} <= told.keys() else []
    return ", ".join([*change, *(_labelled(key, words) for key, words in told.items() if words)])


def channel_of(entry: Entry) -> str | None:
    """The channel that was chosen, by its id in Slack."""
    channel = entry.details.get("channel")
    return channel if isinstance(channel, str) and _CHANNEL.fullmatch(channel) else None


def now_called(kind: str, key: str, names: Names) -> str | None:
    """The name that something has now, if it has one."""
    known: Mapping[str, Mapping[int, str]] = {
        "person": names.people,
        "department": names.departments,
        "stage": names.stages,
        "metric": names.metrics,
        "pool": names.pools,
        "problem": names.problems,
    }
    return known[kind].get(int(key)) if kind in known and key.isdecimal() else None


def _beside(entry: Entry) -> dict[str, object]:
    """Without what is told elsewhere, or by the rest."""
    told = {"name", "channel"}
    if "rule" in entry.details or entry.details.get("kind") == entry.subject.partition(":")[0]:
        told |= {"kind"}
    return {key: value for key, value in entry.details.items() if key not in told}


def _kind(verb: str, key: str) -> str:
    return "person" if verb.endswith(".handed_on") and key in ("from", "to") else _KINDS.get(key, "")


def _labelled(key: str, words: str) -> str:
    if key in ("rule", "when"):
        return words
    return f"{key} {words}" if key in ("from", "to") else f"{_LABELS.get(key, key.replace('_', ' '))}: {words}"


def _words(value: object, names: Names, kind: str, zone: str) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key} {_words(one, names, kind, zone)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_words(one, names, kind, zone) for one in value) or "none"
    if isinstance(value, str):
        return _RULES.get(value) or _time(value, zone)
    return "" if value is None else now_called(kind, str(value), names) or str(value)


def _time(text: str, zone: str) -> str:
    """A moment as the reader's clock shows it; anything else as it is."""
    try:
        at = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return text
    return f"{at.astimezone(zone_of(zone)):%Y-%m-%d %H:%M}" if at is not None and at.tzinfo else text
