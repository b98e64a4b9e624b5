import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import app
from tests.bot.commandline import FILE

CONCORD = [sys.executable, "-m", "bot"]
ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "sqlalchemy", "matplotlib", "onnxruntime", "slack_bolt", "slack_sdk", "pydantic", "alembic")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tracker.csv").write_text(FILE)
    return tmp_path


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONCORD_")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def run(
    folder: Path, *arguments: str, stdout: int = subprocess.PIPE, **set_: str
) -> "subprocess.CompletedProcess[str]":
    """Run the program in a folder, with nothing set but what is said."""
    return subprocess.run(
        [*CONCORD, *arguments],
        check=False,
        cwd=folder,
        env=environment(**set_),
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import json, sys\n"
        "from bot.cli import main\n"
        "sys.argv = ['concord', '--help']\n"
        "try:\n    main()\n"
        f"finally:\n    print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]), file=sys.stderr)\n"
    )

    loading = [sys.executable, "-c", program]
    result = subprocess.run(loading, check=True, env=environment(), capture_output=True, text=True)

    assert json.loads(result.stderr) == []
    assert "import" in result.stdout


def test_every_command_has_help() -> None:
    commands = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}

    assert commands == {
        "demo", "run", "serve", "import", "readings", "export", "overlaps", "gaps", "propose", "digest", "season",
        "manifest", "doctor", "workspaces", "connect", "audit",
    }  # fmt: skip
    assert all(command.callback and command.callback.__doc__ for command in app.registered_commands)


def test_a_wrong_word_ends_with_2_and_a_fault_with_1(folder: Path) -> None:
    assert run(folder, "frobnicate").returncode == 2
    result = run(folder, "--database-url", "nonsense", "gaps")
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)


def test_a_setting_that_cannot_be_is_told_by_its_name(folder: Path) -> None:
    result = run(folder, "gaps", CONCORD_BEAT_SECONDS="often")

    assert (result.returncode, result.stderr.startswith("CONCORD_BEAT_SECONDS: ")) == (1, True)


def test_running_without_tokens_says_how_to_get_them(folder: Path) -> None:
    result = run(folder, "run")

    assert (result.returncode, "concord doctor" in result.stderr, "Traceback" in result.stderr) == (1, True, False)


def test_a_reader_that_goes_away_is_no_fault(folder: Path) -> None:
    assert run(folder, "import", "tracker.csv", "--yes").returncode == 0
    reader, writer = os.pipe()
    os.close(reader)

    result = run(folder, "overlaps", "--json", stdout=writer)

    os.close(writer)
    assert result.stderr == ""


@pytest.mark.parametrize("width", [40, 120])
def test_lines_are_folded_to_a_terminals_width(folder: Path, width: int) -> None:
    assert run(folder, "import", "tracker.csv", "--yes").returncode == 0

    lines = on_terminal(folder, width, "gaps")

    assert max(map(len, lines)) <= width


def on_terminal(folder: Path, width: int, *arguments: str) -> list[str]:
    """What a command prints on a terminal of that width."""
    ours, theirs = pty.openpty()
    variables = environment(COLUMNS=str(width), TERM="xterm", NO_COLOR="1")
    process = subprocess.Popen([*CONCORD, *arguments], cwd=folder, env=variables, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            some = os.read(ours, 4096)
        except OSError:  # Linux says so when the other side has closed
            break
        if not some:
            break
        said += some
    os.close(ours)
    assert process.wait() == 0
    return re.sub(r"\x1b\[[0-9;]*m|\r", "", said.decode()).split("\n")
