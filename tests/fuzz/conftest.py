"""A workspace with something of everything beside another one, and all that can be sent to it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.conftest import hasty
from tests.fuzz.stage import Stage
from tests.handlers.slack import have_bolt_wait


@pytest.fixture(autouse=True)
def bolt_waits_for_its_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    have_bolt_wait(monkeypatch)


@pytest.fixture(scope="module")
def stage(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Set once for the tests of a file; each example begins with the same rows."""
    with pytest.MonkeyPatch.context() as patch:
        have_bolt_wait(patch)
        path = tmp_path_factory.mktemp("fuzz") / "concord.db"
        shutil.copyfile(sqlite_template, path)
        stage = Stage.set(hasty(URL.create("sqlite", database=str(path))), path)
        yield stage
        stage.engine.dispose()
