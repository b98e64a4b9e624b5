"""Codes: what an app is handed when somebody allows its installation; good once, for ten minutes."""

from dataclasses import dataclass
from secrets import token_hex

from bot.sandbox.clock import Clock
from bot.sandbox.errors import SlackError

CODE_SECONDS = 10 * 60.0


@dataclass(frozen=True)
class Allowed:
    """What somebody allowed: in one team, or in the whole organisation (no team)."""

    workspace: str
    team: str | None
    scopes: frozenset[str]
    person: str
    redirect_uri: str


@dataclass
class _Given:
    allowed: Allowed
    made_at: float
    is_used: bool = False


class Codes:
    """Every code that was ever given out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._given: dict[str, _Given] = {}

    def give(self, allowed: Allowed) -> str:
        """A fresh code."""
        code = f"{len(self._given) + 1}.{token_hex(24)}"
        self._given[code] = _Given(allowed, self._clock.now())
        return code

    def spend(self, code: str, redirect_uri: str) -> Allowed:
        """What the code stands for; it must come from where it was sent to."""
        given = self._given.get(code)
        if given is None or self._clock.now() - given.made_at > CODE_SECONDS:
            raise SlackError("invalid_code")
        if given.is_used:
            raise SlackError("code_already_used")
        if redirect_uri != given.allowed.redirect_uri:
            raise SlackError("bad_redirect_uri")
        given.is_used = True
        return given.allowed
