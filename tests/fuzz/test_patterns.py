"""No regular expression takes longer than in proportion to what it is given."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from timeit import repeat
from types import ModuleType

import bot
import db
import handlers
import planning

PACKAGES = (bot, db, handlers, planning)
APART = ("bot.__main__", "bot.sandbox.__main__", "planning.similarity.training")
"""Programs, and what only developers run."""
SEEDS = (
    "a",
    " ",
    "1",
    "1,",
    "1.",
    "'",
    '"',
    '""',
    "<",
    "<a|",
    "{",
    "cx-",
    "- ",
    "\n",
    ";",
    "2027-01-01 to ",
    "1 a",
    "@",
)
SHORT, LONG = 4_000, 16_000
TOO_MUCH = 9.0
"""Four times as much takes four times as long; what is quadratic takes sixteen times."""
NOTHING_S = 0.01
USES = ("match", "fullmatch", "search", "sub", "finditer", "findall", "split")
Use = Callable[[str], object]


def _modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(APART):
                yield importlib.import_module(found.name)


def uses() -> dict[tuple[str, str], Use]:
    """Every compiled expression of a module, in each way in which the module uses it."""
    found: dict[tuple[str, str], Use] = {}
    for module in _modules():
        source = Path(str(module.__file__)).read_text()
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                for use in set(re.findall(rf"\b{name}\.(\w+)\(", source)) & {*USES}:
                    found[value.pattern, use] = _using(value, use)
    return found


def _using(pattern: "re.Pattern[str]", use: str) -> Use:
    if use == "sub":
        return lambda text: pattern.sub("", text)
    if use == "finditer":
        return lambda text: list(pattern.finditer(text))
    method: Use = getattr(pattern, use)
    return method


def _seconds(use: Use, text: str) -> float:
    return min(repeat(lambda: use(text), number=1, repeat=2))


def test_no_expression_hangs() -> None:
    slow, every = set(), uses()
    for text, use in every.items():
        for seed in SEEDS:
            short, long = ((seed * size)[:size] + "\0" for size in (SHORT, LONG))
            seconds = _seconds(use, long)
            if seconds > NOTHING_S and seconds > TOO_MUCH * _seconds(use, short):
                slow.add(text)

    assert len(every) > 20
    assert slow == set()
