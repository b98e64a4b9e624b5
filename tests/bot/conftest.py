"""The command line with a register of its own."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings
from tests.bot.commandline import FILE, Concord


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A tracker's export."""
    path = tmp_path / "tracker.csv"
    path.write_text(FILE)
    return path


@pytest.fixture
def concord(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Concord:
    """Runs a command in an empty folder, on a register there."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CONCORD_{name.upper()}", raising=False)
    runner = CliRunner()
    return lambda *arguments, **more: runner.invoke(app, list(map(str, arguments)), **more)


@pytest.fixture
def filled(concord: Concord, file: Path) -> Concord:
    """The same, with the tracker imported."""
    assert concord("import", file, "--yes").exit_code == 0
    return concord
