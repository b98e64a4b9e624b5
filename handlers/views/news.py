"""What follows in the thread of an overlap's card: one plain sentence each."""

from collections.abc import Callable, Mapping

from handlers.views.coverage import listed
from handlers.views.findings import NEXT, SAID, person_name
from handlers.views.names import Names
from handlers.views.text import Message, escape_within, paragraph
from planning.findings.values import Choice

Payload = Mapping[str, object]
SHOWN = 6


def news_message(payload: Payload, names: Names) -> Message:
    """The sentence of one event."""
    told = f"{_about(payload)}{WORDS[str(payload['what'])](payload, names)}"
    return Message(escape_within(told), [paragraph(told)])


def _about(payload: Payload) -> str:
    """Below a summary of many, which one is meant."""
    ids = payload.get("about")
    return f"About {listed([f'CX-{id}' for id in ids], SHOWN)}: " if isinstance(ids, list) else ""


def _decided(payload: Payload, names: Names) -> str:
    choice = Choice(str(payload["choice"]))
    return f"{_person(payload, names, 'by')} said “{SAID[choice]}”. {NEXT[choice]}"


def _undone(payload: Payload, names: Names) -> str:
    choice = Choice(str(payload["choice"]))
    return f"{_person(payload, names, 'by')} took “{SAID[choice]}” back: it is open again."


def _late(payload: Payload, names: Names) -> str:
    second, first = _person(payload, names, "by"), _person(payload, names, "first")
    said = SAID[Choice(str(payload["choice"]))]
    return (
        f"{second} pressed “{said}” when {first} had decided already. {first}’s word stands; please talk to each other."
    )


def _handed(payload: Payload, names: Names) -> str:
    return f"{_person(payload, names, 'by')} asked {_person(payload, names, 'to')} to decide it."


def _taken_back(payload: Payload, names: Names) -> str:
    return f"{_person(payload, names, 'by')} no longer asks {_person(payload, names, 'to')} to decide it."


def _back(_payload: Payload, _names: Names) -> str:
    return "It is back: its cause has returned, so it is open again."


def _woken(_payload: Payload, _names: Names) -> str:
    return "The time for which it was put off is over: it asks again."


def _gained(payload: Payload, _names: Names) -> str:
    ids = payload.get("initiatives")
    return f"{listed([f'CX-{id}' for id in ids] if isinstance(ids, list) else [], SHOWN)} runs into it too."


def _asked(_payload: Payload, _names: Names) -> str:
    return "Nobody has settled it yet, so the executives are asked to decide. You can still settle it yourselves."


def _more(_payload: Payload, _names: Names) -> str:
    return "More has changed today than is said here; the cards show how it stands now."


WORDS: Mapping[str, Callable[[Payload, Names], str]] = {
    "decided": _decided,
    "undone": _undone,
    "late": _late,
    "handed": _handed,
    "taken_back": _taken_back,
    "back": _back,
    "woken": _woken,
    "gained": _gained,
    "asked": _asked,
    "more": _more,
}
"""What happened → its sentence; the names are those that `planning.alerts.news.news` is given."""


def _person(payload: Payload, names: Names, key: str) -> str:
    return person_name(names, int(str(payload[key])))
