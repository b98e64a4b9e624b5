"""Signs of life of the parts that work on their own."""

from time import monotonic

SILENT_S = 300.0
"""A part that has given no sign for so long is stuck: the longest thing that one does between two takes a minute."""


class Pulse:
    """When a part last came round, by a clock that nobody sets; `silent` says how long it may take."""

    def __init__(self, silent: float = SILENT_S) -> None:
        self._at, self._silent = monotonic(), silent

    def beat(self) -> None:
        """Still there."""
        self._at = monotonic()

    @property
    def age(self) -> float:
        """Seconds since the last sign."""
        return monotonic() - self._at

    @property
    def is_well(self) -> bool:
        """Whether the last sign is young enough."""
        return self.age < self._silent
