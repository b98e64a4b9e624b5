"""What commands print: for people by rich, for programs as JSON, progress and faults on stderr."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text


class Screen:
    """Where a command's answer goes. Text of people is never read as markup."""

    def __init__(self) -> None:
        self.out = Console(markup=False, highlight=False, emoji=False)
        self.err = Console(markup=False, highlight=False, emoji=False, stderr=True)

    def json(self, value: object) -> None:
        """One JSON document on stdout."""
        json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")

    def heading(self, text: str) -> None:
        """A line that opens a part, after an empty one."""
        self.out.print()
        self.line(text, style="bold")

    def line(self, text: str, *, style: str = "", indent: int = 0) -> None:
        """A line, folded at a terminal's edge and left whole in a pipe."""
        if self.out.is_terminal:
            said = Text(text, style=style, overflow="fold")
            self.out.print(_indented(said, indent) if indent else said)
        else:
            self.out.print(" " * indent + text, soft_wrap=True)

    def aside(self, text: str, *, style: str = "dim") -> None:
        """A line on stderr, for whoever looks on."""
        self.err.print(Text(text, style=style), soft_wrap=not self.err.is_terminal)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """A bar on stderr for each thing that is done; silent when nobody looks on."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self.err, disable=not self.err.is_terminal, transient=True) as bars:
            tasks: dict[str, Any] = {}

            def told(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    tasks[what] = bars.add_task(what, total=total)
                bars.update(tasks[what], completed=done, total=total)

            yield told


def _indented(text: Text, by: int) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 row, 2 rows."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def listed(names: Sequence[str], most: int = 12) -> str:
    """Names with commas; of many, the first and how many more."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
