"""Which metrics follow when one moves, up to money."""

from collections.abc import Sequence

from planning.metrics.values import Metric
from planning.text import clip

SHOWN, MOST = 5, 120
"""Of a longer chain, what is in its middle is left out; the names share so many characters."""
ARROW, MONEY = " → ", " (money)"


def chain_words(chain: Sequence[Metric], most: int = MOST) -> str:
    """The metrics with arrows between them: Satisfaction → Renewal rate (money)."""
    shown = [*chain[: SHOWN - 2], *chain[-2:]] if len(chain) > SHOWN else list(chain)
    each = (most - len(MONEY)) // max(1, len(shown)) - len(ARROW)
    told = [f"{clip(metric.name, each)}{MONEY if metric.financial else ''}" for metric in shown]
    return ARROW.join([*told[: SHOWN - 2], "…", *told[-2:]] if len(chain) > SHOWN else told)
