"""What a cell may hold: lists, formulas made harmless, words that say nothing."""

import re
from collections.abc import Iterable

_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""With the wide signs, which spreadsheets in China, Japan and Korea read as the narrow ones."""
_WORD = re.compile(r"[^\w/]+")

NOTHING = frozenset(
    {
        "", "confidential", "continuing", "continuous", "exempt", "indefinite", "indefinitely", "n a", "n f p", "n/a",
        "na", "nan", "nfp", "nil", "no date", "no end", "no end date", "none", "not applicable", "not available",
        "not for publication", "not known", "not provided", "not published", "not reported", "not set", "not specified",
        "not yet known", "null", "ongoing", "on going", "open", "open ended", "open end", "pending", "permanent",
        "perpetual", "rolling", "redacted", "tba", "tbc", "tbd", "to be advised", "to be announced", "to be confirmed",
        "to be decided", "to be determined", "unavailable", "undefined", "unknown", "unspecified", "vacant", "withheld",
    }
)  # fmt: skip
"""Words with which people say that there is nothing to say, as `worded` writes them."""


def worded(text: str) -> str:
    """Lower case, one space between words, no punctuation but the slash: for looking words up."""
    return _WORD.sub(" ", text.casefold().replace("_", " ")).strip()


def says_nothing(text: str) -> bool:
    """Whether a cell only says that nothing is known or published."""
    return worded(text) in NOTHING


def bare(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def harmless(cell: str) -> str:
    """The cell so that a spreadsheet shows it and does not run it; `bare` gives it back."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def listed(names: Iterable[str]) -> str:
    """Names as one cell; `names_in` gives them back."""
    return "; ".join(re.sub(r"([;\\])", r"\\\1", name) for name in names)


def names_in(cell: str) -> tuple[str, ...]:
    """The names in a cell, each once, in order: separated by semicolons or line ends."""
    return tuple(dict.fromkeys(part for part in _split(cell, ";\n") if part))


def piped(parts: Iterable[str]) -> str:
    """The parts of one planned contact as text; `parts_in` gives them back."""
    return "|".join(re.sub(r"([|\\])", r"\\\1", part) for part in parts)


def parts_in(text: str) -> tuple[str, ...]:
    """The parts between bars, empty ones too."""
    return tuple(_split(text, "|"))


def _split(text: str, separators: str) -> list[str]:
    """The stripped parts; a backslash before a separator or another backslash takes its meaning away."""
    parts = [""]
    for found in re.finditer(rf"\\([\\{separators}])|([{separators}])|(.)", text, re.DOTALL):
        if found[2]:
            parts.append("")
        else:
            parts[-1] += found[1] or found[3]
    return [part.strip() for part in parts]
