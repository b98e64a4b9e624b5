"""Text that people typed, made safe to store: no control characters, no stray space, no more than fits."""

import re
import unicodedata

TITLE_MAX = 400
PROBLEM_MAX = 3000
NAME_MAX = 80

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""With those that turn the direction of all text behind them; letters know their own direction."""
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """The text without controls, turns of direction and lone surrogates, in Unicode normal form C, ends stripped."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text)).strip()


def one_line(text: str) -> str:
    """The cleaned text with every run of white space as one space."""
    return _SPACES.sub(" ", clean(text))


def clip(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis, in at most `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def counted(number: int, noun: str, plural: str = "") -> str:
    """How many of what: 1 stage, 2 stages; `plural` where it is not the noun with an s."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"
