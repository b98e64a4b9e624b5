"""What binds the end of an installation to its beginning: a word that only the browser knows, and that counts once."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from slack_sdk.oauth import OAuthStateStore, OAuthStateUtils

from bot.clock import Clock
from db.oauth_states import OauthStates

LIVES = timedelta(minutes=10)


@dataclass(frozen=True)
class StateStore(OAuthStateStore):
    """Bolt's store of states; what is kept of one is its digest."""

    states: OauthStates
    now: Clock

    def issue(self, *_args: object, **_more: object) -> str:
        """A state that was never there before."""
        state, now = token_urlsafe(32), self.now()
        self.states.begin(_digest(state), now + LIVES, now)
        return state

    def consume(self, state: str) -> bool:
        """Whether it was issued not long ago, and is shown for the first time."""
        return self.states.take(_digest(state), self.now())


class StateCookie(OAuthStateUtils):
    """Bolt's cookie, which no page of another site can have sent along but by leading the browser here."""

    def build_set_cookie_for_new_state(self, state: str) -> str:
        """The browser keeps the state for as long as it counts."""
        return f"{super().build_set_cookie_for_new_state(state)}; SameSite=Lax"


def _digest(state: str) -> str:
    return sha256(state.encode(errors="replace")).hexdigest()
