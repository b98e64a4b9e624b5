"""Ids that look like Slack's and never repeat within a run."""

from collections import Counter


class Ids:
    """Counts up, one series for each prefix."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def next(self, prefix: str) -> str:
        """A fresh id such as D0L00000001."""
        self._used[prefix] += 1
        return f"{prefix}0L{self._used[prefix]:08d}"
