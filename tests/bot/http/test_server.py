"""The server as a part of the running bot."""

import socket
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bot.demo.cast import APP_TOKEN, BOT_TOKEN, insurer
from bot.http.server import READINGS
from bot.running import running
from bot.sandbox.server import running as local_workspace
from bot.sandbox.workspace import WorkspaceFile
from bot.settings import Settings


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
