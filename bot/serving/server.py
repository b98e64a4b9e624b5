"""gunicorn as a replica has it: one master, which starts its worker again when that dies, and nothing to configure."""

import signal
import socket
from typing import Any, ClassVar

import structlog
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.sock import TCP6Socket, TCPSocket

from bot.seeing.logs import set_up_logs
from bot.serving.credentials import credentials_of
from bot.serving.worker import Worker
from bot.settings import Settings
from bot.stopping import leave

STOP_S = 9
"""For the worker to end; whoever runs a replica is promised ten seconds for all of it."""
KEPT_OPEN_S = 15
"""For a connection to be used again, or at all."""
IDLE = 400
"""So many connections may wait besides those that are answered."""
BACKLOG = 1024


log = structlog.get_logger()


class Lines(Logger):
    """gunicorn's lines go where ours go."""

    def __init__(self, cfg: Config) -> None:
        super().__init__(cfg)
        self.error_log.propagate = True

    def setup(self, cfg: Config) -> None:
        """Nothing of its own."""
        self.cfg = cfg

    def error(self, msg: object, *args: object, **more: Any) -> None:
        """What became of the worker, in full; all else may quote requests, of which the log tells less."""
        log.error("of the server", said=str(msg) % args, exc_info=more.get("exc_info"))


class Master(Arbiter):
    """Hears what `concord run` hears, and nothing that would have a second worker beside the first."""

    SIGNALS: ClassVar[list[int]] = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT]

    def __init__(self, server: "Server", listener: socket.socket) -> None:
        super().__init__(server)
        kind = TCP6Socket if listener.family == socket.AF_INET6 else TCPSocket
        type(self).LISTENERS = [kind(listener.getsockname(), self.cfg, Lines(self.cfg), fd=listener.detach())]

    def handle_int(self) -> None:
        """As when it is told to end in order; a second one ends it at once."""
        self.handle_term()

    handle_hup = handle_int


class Server(BaseApplication):
    """What gunicorn is told."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__(prog="concord serve")

    def load_config(self) -> None:
        """All that differs from its defaults."""
        threads = self.settings.serve_threads
        told: dict[str, Any] = {
            "workers": 1,
            "worker_class": Worker,
            "threads": threads,
            "worker_connections": threads + IDLE,
            "keepalive": KEPT_OPEN_S,
            "timeout": 0,  # whether it lives is said by its health; a slow start is no death
            "graceful_timeout": STOP_S,
            "logger_class": Lines,
            "control_socket_disable": True,
            "proc_name": "concord",
        }
        for name, value in told.items():
            self.cfg.set(name, value)


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    credentials_of(settings)
    set_up_logs(settings.log_level)
    master = Master(Server(settings), listening_at(settings.serve_host, settings.serve_port))
    try:
        master.run()
    except SystemExit as ended:
        leave(int(ended.code or 0))


def listening_at(host: str, port: int) -> socket.socket:
    """Where requests come in; raises OSError, with what to do, where nothing can be heard."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        message = f"{host}:{port} cannot be listened on ({error.strerror}); set CONCORD_SERVE_PORT to a free port"
        raise OSError(message) from error
