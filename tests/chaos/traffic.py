"""What people and programs do meanwhile, and what they were told: that must be there in the end, once."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from sqlalchemy.exc import SQLAlchemyError

from planning.outbox.values import Address, MessageKind, Posting
from tests.bot.sandbox.world import Json
from tests.chaos.company import PEOPLE, PLAIN, THINGS, UNREADABLE, VERBS, slack_id
from tests.chaos.people import TROUBLES, at_page, buttons, pressed, registered
from tests.chaos.world import World

PAUSE_S = 0.4
TRIES = 3
"""So often somebody begins anew whose form came to nothing."""
READ_BACK = 8
"""So many of the newest messages of a conversation somebody looks at for a button."""


@dataclass
class Traffic:
    """Plain messages, edits of them, initiatives that people register, and buttons that they press."""

    world: World
    seed: int
    queued: list[str] = field(default_factory=list)
    """The delivery keys of the messages whose transaction was confirmed."""
    registered: list[str] = field(default_factory=list)
    """The titles whose form was acknowledged."""
    pressed: list[tuple[str, int]] = field(default_factory=list)
    """The buttons that were acknowledged: action and value."""
    tried: Counter[str] = field(default_factory=Counter)
    _resting: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Begin."""
        acts = (self._queue, self._register, self._press)
        self._threads = [threading.Thread(target=self._loop, args=(act,), daemon=True) for act in acts]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End; what was begun is brought to its end."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """All of it, for as long as the block lasts."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Nobody begins anything new in the block."""
        self._resting.set()
        try:
            yield
        finally:
            self._resting.clear()

    def _loop(self, act: Callable[[Random, int], None]) -> None:
        chance, number = Random(f"{self.seed} {act.__name__}"), 0
        while not self._stopping.wait(chance.uniform(0, 2 * PAUSE_S)):
            if not self._resting.is_set():
                number += 1
                act(chance, number)

    def _queue(self, chance: Random, number: int) -> None:
        """Queue a few messages in one transaction, and now and then change an older one."""
        address = _address(chance)
        keys = [f"plain:{number}:{part}" for part in range(chance.randint(1, 3))]
        self.tried["messages begun"] += len(keys)
        try:
            with self.world.registers.writing() as register:
                for part, key in enumerate(keys):
                    payload: dict[str, object] = {"source": key, "new": number, "changed": part}
                    register.postings.add(
                        Posting(key, MessageKind.IMPORTED, number, address, payload), self.world.clocks.now()
                    )
                if chance.random() < 0.2:
                    register.postings.revise(MessageKind.IMPORTED, max(1, number - chance.randint(1, 20)))
        except SQLAlchemyError:
            return  # the database was away: whether it was kept is not known, and nobody was told that it was
        self.queued += keys

    def _register(self, chance: Random, number: int) -> None:
        """Register an initiative through its form; who comes to nothing begins anew, under another title."""
        user, words = slack_id(chance.randint(1, PEOPLE)), f"{chance.choice(VERBS)} {chance.choice(THINGS)}"
        for again in range(TRIES):
            title = f"{words} by plan {number}.{again}"
            self.tried["forms begun"] += 1
            try:
                with at_page(self.world.url, user) as page:
                    if registered(page, title):
                        self.registered.append(title)
                        return
            except TROUBLES as trouble:
                self.tried[f"forms left after {type(trouble).__name__}"] += 1
            if self._stopping.is_set():
                return

    def _press(self, chance: Random, _number: int) -> None:
        """Press one of the buttons that somebody has in their own conversation with the bot."""
        user = slack_id(chance.randint(1, PEOPLE))
        try:
            with at_page(self.world.url, user) as page:
                channel = self._own_channel(user)
                seen = page.messages(channel)[-READ_BACK:] if channel else []
                found = [(message, button) for message in seen for button in buttons(message)]
                if not found:
                    return
                message, button = chance.choice(found)
                self.tried["buttons begun"] += 1
                if pressed(page, channel, message, button, chance):
                    self.pressed.append((button["action_id"], int(button["value"])))
        except TROUBLES:
            return

    def _own_channel(self, user: str) -> str:
        known: list[Json] = self.world.control.read("conversations")["conversations"]
        own = (each["id"] for each in known if each["kind"] == "im" and user in each["members"])
        return str(next(own, ""))


def _address(chance: Random) -> Address:
    if chance.random() < 0.05:
        return Address.channel(UNREADABLE)
    if chance.random() < 0.5:
        return Address.channel(chance.choice(PLAIN))
    return Address.person(slack_id(chance.randint(1, PEOPLE)))
