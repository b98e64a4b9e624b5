"""The server as a part of the running bot."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bot.demo.cast import APP_TOKEN, BOT_TOKEN, insurer
from bot.http.bodies import BYTES_MAX
from bot.http.server import READINGS, HttpServer, readings_app
from bot.running import running
from bot.sandbox.server import running as local_workspace
from bot.sandbox.workspace import WorkspaceFile
from bot.settings import Settings
from db.database import Database
from db.registers import SqlRegisters
from planning.workspace.keying import make_key
from tests.builders import NOW, steward


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def status(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", READINGS, body=b"{}", headers={"Content-Type": "application/json"})
    answered = connection.getresponse().status
    connection.close()
    return answered


def heard(port: int, said: bytes) -> bytes:
    """All that the server says to a caller who says this and no more."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as caller:
        caller.sendall(said)
        return b"".join(iter(lambda: caller.recv(65536), b""))


@pytest.fixture
def port(database: Database, company: SqlRegisters) -> Iterator[int]:
    """Where a server listens that waits for a second only."""
    with company.writing() as register:
        make_key(register, "Survey tool", "cx_one", steward(id=1), NOW)
    server = HttpServer(readings_app(database, lambda: NOW, 1), "127.0.0.1", 0, patience_s=1)
    server.start()
    yield server.port
    server.stop()


CALL = f"POST {READINGS} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer cx_one\r\n".encode()
JSON = CALL + b"Content-Type: application/json\r\n"


@pytest.mark.parametrize("said", [b"", CALL], ids=["nothing", "half a head"])
def test_who_does_not_say_what_is_wanted_is_hung_up_on(port: int, said: bytes) -> None:
    assert heard(port, said) == b""


def test_a_body_that_does_not_come_is_not_waited_for(port: int) -> None:
    answer = heard(port, JSON + b"Content-Length: 90\r\n\r\n{")

    assert answer.startswith(b"HTTP/1.1 408")
    assert b"Send it again" in answer


def test_what_is_too_much_is_refused_before_it_ends(port: int) -> None:
    part = b"%x\r\n%b\r\n" % (BYTES_MAX + 1, b" " * (BYTES_MAX + 1))

    assert heard(port, JSON + b"Transfer-Encoding: chunked\r\n\r\n" + part).startswith(b"HTTP/1.1 413")


def test_a_compressed_body_is_refused_as_such(port: int) -> None:
    answer = heard(port, JSON + b"Content-Encoding: gzip\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    assert b"not compressed" in answer


def test_the_bot_listens_where_a_port_is_set_until_it_stops(tmp_path: Path) -> None:
    port = free_port()
    with local_workspace(WorkspaceFile.model_validate(insurer().workspace())) as slack:
        settings = Settings(
            _env_file=None,
            database_url=f"sqlite:///{tmp_path / 'concord.db'}",
            slack_api_url=slack.api_url,
            slack_bot_token=BOT_TOKEN,
            slack_app_token=APP_TOKEN,
            http_port=port,
        )
        with running(settings):
            assert status(port) == 401
        with pytest.raises(ConnectionRefusedError):
            status(port)
