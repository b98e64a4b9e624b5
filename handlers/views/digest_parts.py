"""The parts of a digest: a heading with as many rows as its share of the message takes."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block

from handlers.views.text import Part, bullets, header, rich

Row = Sequence[Part]


def part_blocks(title: str, rows: Iterable[Row], total: int, budget: int) -> list[Block]:
    """A heading and as many rows as the budget takes; nothing when there is nothing to tell."""
    return [header(title), *row_blocks(rows, total, budget)] if total else []


def row_blocks(rows: Iterable[Row], total: int, budget: int) -> list[Block]:
    """As many rows as the budget takes, and how many more there are of the `total`."""
    shown = _fitting(list(rows), budget)
    hidden = total - len(shown)
    tail: list[Row] = [(f"…and {hidden} more",)] if hidden else []
    return [rich(bullets([*shown, *tail]))] if total else []


def _fitting(rows: list[Row], budget: int) -> list[Row]:
    spent = 0
    for number, row in enumerate(rows):
        spent += sum(_length(part) for part in row)
        if spent > budget:
            return rows[:number]
    return rows


def _length(part: Part) -> int:
    return len(part) if isinstance(part, str) else len(str(part.get("text", "a mention")))
