"""Which metrics people mean when they type."""

from collections.abc import Sequence

from handlers.ids import COMMAND
from planning.errors import NotFound
from planning.metrics.values import Metric
from planning.text import clip, one_line


def metrics_called(typed: str, metrics: Sequence[Metric]) -> list[Metric]:
    """The one of that name, else all that have it in theirs; raises NotFound when there is none."""
    wanted = one_line(typed).casefold()
    exact = [metric for metric in metrics if metric.name.casefold() == wanted]
    found = exact or [metric for metric in metrics if wanted in metric.name.casefold()]
    if not found:
        raise NotFound(f"No metric is called “{clip(typed, 60)}”. “{COMMAND} metrics” lists them.")
    return found
