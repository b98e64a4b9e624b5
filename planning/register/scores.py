"""Stores of what is measured: readings of metrics, measures of the portfolio, keys of programs that send readings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from planning.metrics.readings import Reading
from planning.portfolio.measurements import Measure, Measurement
from planning.workspace.keys import ApiKey


class Readings(Protocol):
    def latest(self) -> dict[int, Reading]:
        """Metric id → its reading of the latest day, in the version that counts."""
        ...

    def of(self, *metrics: int) -> dict[int, list[Reading]]:
        """Metric id → its readings that count, by day; every id asked for is there."""
        ...

    def former(self, *metrics: int) -> list[Reading]:
        """What they said before it was amended, by metric, day and version."""
        ...

    def versions(self, metric: int, on: date) -> list[Reading]:
        """All that was said of a day, the first first."""
        ...

    def add_all(self, readings: Sequence[Reading]) -> None:
        """Store them, each with its version; a version that is on record already is refused."""
        ...


class Measurements(Protocol):
    def of(self, measure: Measure, limit: int) -> list[Measurement]:
        """Those of the last quarters, the oldest first."""
        ...

    def save(self, measurement: Measurement) -> None:
        """Write it in the place of the quarter's last one."""
        ...


class ApiKeys(Protocol):
    def all(self) -> list[ApiKey]: ...
    def by_id(self, id: int) -> ApiKey: ...
    def by_digest(self, digest: str) -> ApiKey | None: ...
    def add(self, key: ApiKey) -> ApiKey:
        """Store a key (its `id` is ignored and assigned)."""
        ...

    def save(self, key: ApiKey) -> None: ...


class Pictures(Protocol):
    """Pictures that Slack has already, so that each is uploaded once."""

    def file(self, key: str) -> str | None:
        """The id of the file in Slack that shows what the key stands for."""
        ...

    def keep(self, key: str, file: str, now: datetime) -> None: ...
    def forget(self, before: datetime, limit: int) -> list[str]:
        """The files of those made before then, the oldest first, at most so many; they are not known any more.

        Those in messages stay, for these go on showing them.
        """
        ...
