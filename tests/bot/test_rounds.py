"""How a part goes round, and how it ends."""

import threading
from collections.abc import Callable

from bot.rounds import Rounds
from tests.bot.sandbox.world import until


class Turning(Rounds):
    """Rests after each round as it is given, and then for long; something may happen in its first one."""

    def __init__(self, *rests: float, meanwhile: Callable[["Turning"], None] = lambda _turning: None) -> None:
        super().__init__("turning", 0.01, self.make_ready)
        self.rests, self.meanwhile, self.made = list(rests), meanwhile, 0
        self.ready = threading.Event()

    def make_ready(self) -> None:
        """Not that it matters."""
        self.ready.set()
        raise OSError("there is no room for another process")

    def _round(self) -> float:
        self.made += 1
        if self.made == 1:
            self.meanwhile(self)
        return self.rests.pop(0) if self.rests else 60.0


def fail(_turning: Turning) -> None:
    """As anything may."""
    raise RuntimeError("broken")


def made_by(turning: Turning, least: int) -> int:
    """How many rounds it makes, at least so many, until it is stopped; its thread has ended then."""
    turning.start()
    until(lambda: turning.made >= least)
    turning.stop()
    assert "turning" not in [thread.name for thread in threading.enumerate()]
    return turning.made


def test_it_goes_on_at_once_while_there_is_something_to_do_and_then_rests() -> None:
    assert made_by(Turning(0.0, 0.0), 3) == 3


def test_who_is_woken_at_work_looks_again() -> None:
    assert made_by(Turning(meanwhile=Turning.wake), 2) == 2


def test_it_outlives_a_fault_and_rests_after_it() -> None:
    assert made_by(Turning(meanwhile=fail), 2) == 2


def test_what_cannot_be_prepared_keeps_nothing_from_being_done() -> None:
    turning = Turning()

    assert made_by(turning, 1) == 1
    assert turning.ready.is_set()
