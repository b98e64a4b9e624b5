"""How much is registered at all, beside the gaps: printed for people and told as values."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.printing import Screen
from planning.portfolio.silence import Registered


def print_silence(screen: Screen, together: Registered, departments: Sequence[Registered]) -> None:
    """Who has registered nothing, then how much of the others' work is likely registered; unclear ones in one line."""
    if not departments:
        return
    screen.heading("How much is registered")
    clear = [one for one in departments if one.silent or one.likely is not None]
    for one in (together, *clear) if together.owned else clear:
        screen.line(one.sentence, indent=2)
        screen.line(one.ground, style="dim", indent=4)
    unclear = [one.name for one in departments if one not in clear]
    if unclear:
        screen.line(f"Too little is registered to say how much it is: {', '.join(unclear)}", style="dim", indent=2)


def silence_told(together: Registered, departments: Sequence[Registered]) -> dict[str, Any]:
    """All departments together under "registered", and each under "silence", the silent first."""
    return {"registered": _told(together), "silence": [_told(one) for one in departments]}


def _told(one: Registered) -> dict[str, Any]:
    values = asdict(one) | {"department": one.name, "id": one.department}
    del values["name"]
    shares = {"share": _rounded(one.share), "likely": [*map(_rounded, one.likely)] if one.likely else None}
    return {
        **values,
        "silent": one.silent,
        **shares,
        "unregistered": one.unregistered,
        "sentence": one.sentence,
        "ground": one.ground,
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
