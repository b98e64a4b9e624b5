"""What a running bot counts and measures for Prometheus.

Label values come from closed sets or from Slack's error words, of which a bounded number is told apart: nothing that
people typed, and no id, becomes a label.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

OTHER = "other"
REASONS_MAX = 40
_ACKNOWLEDGED = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
_LAGGED = (1.0, 5.0, 15.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 21600.0)
_BEATEN = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0)


@dataclass(frozen=True, slots=True)
class Level:
    """How much of something there is right now, such as waiting messages of one state."""

    name: str
    said: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


class Meters:
    """Counters and histograms in a registry of their own; `backlog` is asked for its levels when they are read."""

    def __init__(self, backlog: Callable[[], Sequence[Level]] = tuple) -> None:
        self._registry = CollectorRegistry()
        self._reasons, self._lock = set[str](), Lock()
        self._sent = self._counter("concord_deliveries", "Messages that were tried.", "outcome", "reason")
        self._claims = self._counter("concord_claims", "Work taken on, lost or expired.", "what", "outcome")
        self._lag = self._histogram("concord_due_lag_seconds", "Between due and done.", _LAGGED, "kind")
        self._ack = self._histogram("concord_ack_seconds", "From a request to its answer.", _ACKNOWLEDGED, "kind")
        self._beat = self._histogram("concord_beat_seconds", "How long a beat took.", _BEATEN)
        self._sockets = Gauge("concord_sockets_connected", "Socket Mode connections.", registry=self._registry)
        self._registry.register(_Levels(backlog))

    def sent(self, outcome: str, reason: str = "") -> None:
        """A message was tried."""
        self._sent.labels(outcome, self._bounded(reason)).inc()

    def lagged(self, kind: str, seconds: float) -> None:
        """Something scheduled is done, so long after it was due."""
        self._lag.labels(kind).observe(max(0.0, seconds))

    def claimed(self, what: str, outcome: str, count: int = 1) -> None:
        """Work was taken on, or lost to another process, or left in doubt by one that died."""
        self._claims.labels(what, outcome).inc(count)

    def acknowledged(self, kind: str, seconds: float) -> None:
        """Slack has its answer."""
        self._ack.labels(kind).observe(seconds)

    def beaten(self, seconds: float) -> None:
        """A beat is over."""
        self._beat.observe(seconds)

    def connected(self, sockets: int) -> None:
        """So many Socket Mode connections are up."""
        self._sockets.set(sockets)

    def told(self) -> bytes:
        """All of it in the text format of Prometheus."""
        return generate_latest(self._registry)

    def _bounded(self, reason: str) -> str:
        """Slack's own word; a sentence, or a word beyond the first many, is only another reason."""
        word = reason if reason.isidentifier() else OTHER if reason else ""
        with self._lock:
            if word not in self._reasons and len(self._reasons) >= REASONS_MAX:
                return OTHER
            self._reasons.add(word)
        return word

    def _counter(self, name: str, said: str, *labels: str) -> Counter:
        return Counter(name, said, labels, registry=self._registry)

    def _histogram(self, name: str, said: str, buckets: Sequence[float], *labels: str) -> Histogram:
        return Histogram(name, said, labels, buckets=buckets, registry=self._registry)


@dataclass(frozen=True, slots=True)
class _Levels(Collector):
    """Asks for the levels at each reading."""

    ask: Callable[[], Sequence[Level]]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        for level in self.ask():
            names = [name for name, _ in level.labels]
            family = families.setdefault(level.name, GaugeMetricFamily(level.name, level.said, labels=names))
            family.add_metric([value for _, value in level.labels], level.value)
        yield from families.values()

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing yet: the database is not asked while the meters are made."""
        yield from ()
