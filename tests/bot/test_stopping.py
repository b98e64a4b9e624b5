"""The end of a process is bounded, whatever a part does."""

from threading import Barrier, Event

from bot.stopping import InOrder, stop_together


class Part:
    def __init__(self, name: str = "", waits: float = 0.0, told: list[str] | None = None) -> None:
        self.name, self.waits, self.told = name, waits, told if told is not None else []

    def start(self) -> None:
        self.told.append(f"start {self.name}")

    def stop(self) -> None:
        Event().wait(self.waits)
        self.told.append(f"stop {self.name}")


class Meeting(Part):
    """Stops when all the others do."""

    def __init__(self, met: Barrier) -> None:
        super().__init__()
        self.met = met

    def stop(self) -> None:
        self.met.wait(30)


class Broken(Part):
    def stop(self) -> None:
        raise RuntimeError("no")


def test_parts_stop_at_the_same_time() -> None:
    met = Barrier(5)

    assert stop_together([Meeting(met) for _ in range(5)], seconds=5.0) == []
    assert not met.broken


def test_a_part_that_does_not_stop_is_left() -> None:
    assert stop_together([Part(), Part(waits=30.0)], seconds=0.2) == ["Part"]


def test_a_part_that_fails_to_stop_does_not_keep_the_others_going() -> None:
    told: list[str] = []

    assert stop_together([Broken(), Part("other", told=told)], seconds=5.0) == []
    assert told == ["stop other"]


def test_what_needs_another_part_is_stopped_before_it() -> None:
    told: list[str] = []
    both = InOrder(Part("first", told=told), Part("second", told=told))
    both.start()
    both.stop()

    assert told == ["start first", "start second", "stop second", "stop first"]
