"""The clock, starting again, and the process as a whole."""

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.sandbox.server import running
from tests.bot.sandbox.world import ANA, GENERAL, AtPage, Control, Json, exchange, workspace_file


def test_the_clock_moves_to_a_moment_and_the_page_sees_it(control: Control, at_page: AtPage) -> None:
    ana = at_page(ANA)
    moment = datetime.now(UTC) + timedelta(days=7)

    moved = control.post("clock", {"to": moment.isoformat()})

    assert abs(moved["now"] - moment.timestamp()) < 1
    assert ana.next_event("clock")["offset_s"] == moved["offset_s"]


def test_the_clock_never_goes_back(control: Control) -> None:
    control.post("clock", {"advance_s": 60})

    assert "cannot go back" in control.post("clock", {"offset_s": 10})["error"]
    assert control.read("clock")["offset_s"] == 60


@pytest.mark.parametrize("order", [{}, {"offset_s": 1, "advance_s": 1}, {"to": "2026-11-21T10:00:00"}])
def test_a_clock_order_that_is_not_clear_is_refused(control: Control, order: Json) -> None:
    assert control.post("clock", order)["error"] == "malformed"


def test_a_person_comes_to_another_zone(client: WebClient, control: Control) -> None:
    assert control.post(f"people/{ANA}", {"tz": "Asia/Tokyo"}) == {"ok": True, "tz": "Asia/Tokyo"}

    assert client.users_info(user=ANA)["user"]["tz"] == "Asia/Tokyo"
    assert control.post("people/U0NOBODY", {"tz": "Asia/Tokyo"})["error"] == "user_not_found"
    assert control.post(f"people/{ANA}", {"tz": "Mars/Olympus"})["error"] == "malformed"


def test_a_person_is_switched_off(client: WebClient, control: Control) -> None:
    control.post(f"people/{ANA}", {"deleted": True})

    assert client.users_info(user=ANA)["user"]["deleted"] is True


def test_starting_again_forgets_everything(client: WebClient, control: Control) -> None:
    client.chat_postMessage(channel=GENERAL, text="x")

    control.post("reset", {})

    assert [each["text"] for each in control.messages()] == ["Good morning"]
    assert control.calls("chat.postMessage") == []


def test_conversations_are_listed_for_tests(control: Control) -> None:
    names = [each["name"] for each in control.read("conversations")["conversations"]]

    assert names == ["general", "quiet", "closed"]
    assert len(control.read("messages?name=general")["messages"]) == 1


def test_the_process_says_where_it_is_and_ends_on_a_signal(tmp_path: Path) -> None:
    path = tmp_path / "workspace.json"
    path.write_text(workspace_file().model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "bot.sandbox", "--workspace", str(path), "--port", "0"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        ready = json.loads(process.stdout.readline())
        assert ready["url"].startswith("http://127.0.0.1:")
        assert exchange(f"{ready['url']}/control/clock")["offset_s"] == 0
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=10)

    assert process.returncode == 0
    assert "127.0.0.1 only" in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"chanels": []}, "chanels"),
        ({"people": []}, "people who are not listed"),
        ({"people": [{"id": ANA, "name": "ana", "real_name": "Ana", "tz": "Mars/Base"}]}, "no IANA time zone"),
    ],
    ids=["misspelt key", "unknown member", "unknown zone"],
)
def test_a_workspace_file_that_is_wrong_is_refused(tmp_path: Path, change: Json, words: str) -> None:
    path = tmp_path / "workspace.json"
    path.write_text(json.dumps({**workspace_file().model_dump(mode="json"), **change}), encoding="utf-8")
    command = [sys.executable, "-m", "bot.sandbox", "--workspace", str(path), "--port", "0"]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)

    assert ended.returncode == 2
    assert words in ended.stderr


def test_the_clock_begins_when_the_file_says() -> None:
    moment = datetime(2027, 1, 4, 8, tzinfo=UTC)

    with running(workspace_file().model_copy(update={"starts_at": moment})) as sandbox:
        assert 0 <= exchange(f"{sandbox.url}/control/clock")["now"] - moment.timestamp() < 60
