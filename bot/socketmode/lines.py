"""One Socket Mode connection: how it is opened, and what it takes for Slack to open one."""

from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event
from time import monotonic

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

REFUSED = "Slack refuses the app token ({}). `concord doctor` says how to get one that works."
UNREACHABLE = "Slack cannot be reached ({})."
OWN_FAULT = "Slack has a fault of its own ({})."
_ITS_FAULTS = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
_RECEIVED_MAX = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the connections wait for what, in seconds."""

    opening: float = 10.0
    ping: float = 10.0
    pong: float = 15.0
    """Without an answer to a ping for so long, a connection is dead."""
    closing: float = 1.0
    retiring: float = 30.0
    """For Slack to end a connection that it wanted to be replaced."""
    answering: float = 3.5
    """For what is under way at the end; listeners have three seconds."""
    steady: float = 5.0
    """A connection that ends sooner counts as a failure."""
    pause: float = 0.5
    longest_pause: float = 30.0


class NotOpened(Exception):
    """A connection could not be opened; the text says why, `after` when Slack wants to be asked again."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


@dataclass(eq=False)
class Line:
    """One connection. It serves from Slack's greeting until it retires or ends."""

    socket: ClientConnection
    greeted: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)
    is_retiring: bool = False
    since: float = field(default_factory=monotonic)

    @property
    def serves(self) -> bool:
        """Whether Slack sends by it."""
        return self.greeted.is_set() and not self.is_retiring and not self.ended.is_set()


def open_line(client: WebClient, app_token: str, patience: Patience) -> Line:
    """A connection at an address that Slack gives for it; raises NotOpened."""
    address = _address(client, app_token)
    try:
        socket = connect(
            address,
            open_timeout=patience.opening,
            ping_interval=patience.ping,
            ping_timeout=patience.pong,
            close_timeout=patience.closing,
            compression=None,
            max_size=_RECEIVED_MAX,
        )
    except (OSError, WebSocketException) as error:
        raise NotOpened(UNREACHABLE.format(type(error).__name__)) from error
    return Line(socket)


def _address(client: WebClient, app_token: str) -> str:
    try:
        return str(client.apps_connections_open(app_token=app_token)["url"])
    except SlackApiError as error:
        raise _refusal(error) from error
    except (OSError, HTTPException, SlackClientError) as error:
        raise NotOpened(UNREACHABLE.format(type(error).__name__)) from error


def _refusal(error: SlackApiError) -> NotOpened:
    word = str(error.response.get("error", "")) or "no reason given"
    if word in {"ratelimited", "rate_limited"}:
        headers = {name.lower(): value for name, value in error.response.headers.items()}
        return NotOpened("Slack wants to be asked less often.", float(headers.get("retry-after", 30)))
    return NotOpened((OWN_FAULT if word in _ITS_FAULTS else REFUSED).format(word))
