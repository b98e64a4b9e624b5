"""The browser pages that are open, and who looks at each."""

import asyncio
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from bot.sandbox.errors import Json


class Screen:
    """One open page, acted on as one person."""

    def __init__(self, user: str) -> None:
        self.user = user
        self.queue: asyncio.Queue[Json] = asyncio.Queue()


class Screens:
    """Every open page."""

    def __init__(self) -> None:
        self._open: set[Screen] = set()

    @contextmanager
    def opened(self, user: str) -> Iterator[Screen]:
        """A page that is open for a while; it is told everything from the first moment on."""
        screen = Screen(user)
        self._open.add(screen)
        try:
            yield screen
        finally:
            self._open.discard(screen)

    def tell(self, users: Collection[str], event: Json) -> None:
        """Send an event to the pages of some people."""
        for screen in self._open:
            if screen.user in users:
                screen.queue.put_nowait(event)

    def tell_all(self, event: Json) -> None:
        """Send an event to every page."""
        for screen in self._open:
            screen.queue.put_nowait(event)
