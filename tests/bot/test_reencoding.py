"""Another version of the encoder takes over: in batches, in the background, without a gap."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from sqlalchemy import event

from bot.encoder import PACKAGED, EncoderFilesError, open_encoder
from bot.reencoding import Reencoding, reencode
from db.database import Database
from db.registers import SqlRegisters
from planning.portfolio.holdings import Holdings
from planning.similarity import Encoder, Floats, settled, text_of
from tests.bot.sandbox.world import until
from tests.builders import ENCODER, NOW, draft, vector
from tests.builders import company as fill

TITLES = (
    "Clearer letters for new members",
    "Clearer letters on late bills",
    "A faster claims line",
    "Fewer forms at the counter",
    "Night shifts",
)


class Interrupted(BaseException):
    """The process is killed."""


class Watched:
    """An encoder that notes what it reads, and is killed before it has read too much."""

    def __init__(self, encoder: Encoder, patience: int = 1000) -> None:
        self.version, self.dimension = encoder.version, encoder.dimension
        self.read: list[str] = []
        self._encoder, self._patience = encoder, patience

    def encode(self, texts: Sequence[str]) -> Floats:
        if len(self.read) + len(texts) > self._patience:
            raise Interrupted
        self.read += texts
        return self._encoder.encode(texts)


@pytest.fixture(scope="module")
def shorter(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """Another version of the packaged encoder: it reads the first words of a text only."""
    folder = tmp_path_factory.mktemp("shorter")
    for name in ("model.onnx", "vocab.txt"):
        shutil.copyfile(PACKAGED / name, folder / name)
    said = json.loads((PACKAGED / "encoder.json").read_text())
    (folder / "encoder.json").write_text(json.dumps({**said, "version": "shorter-1", "max_tokens": 4}))
    return open_encoder(Path(folder))


@pytest.fixture
def five(database: Database, company: SqlRegisters) -> Database:
    """The database as it is when the packaged encoder has read five initiatives of two departments."""
    packaged = open_encoder()
    served = replace(database, encoder=packaged.version)
    with served.registers(company.workspace).writing() as register:
        for n, title in enumerate(TITLES):
            (read,) = packaged.encode([text_of(title, "")])
            register.initiatives.add(draft(title=title, problem="", department=1 + n % 2), read, NOW)
    return served


def serving(database: Database, encoder: Encoder) -> Database:
    return replace(database, encoder=encoder.version)


def rename(database: Database, table: str, to: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {to}")


def holdings(database: Database) -> Holdings:
    with database.registers("main").reading() as register:
        return register.initiatives.portfolio(NOW).holdings


def queued(database: Database) -> int:
    return database.outbox("main").depth()


def expected(encoder: Encoder) -> Floats:
    vectors = settled(encoder.encode([text_of(title, "") for title in TITLES]))
    product: Floats = vectors @ vectors.T
    return product


def cosines(database: Database) -> Floats:
    held = holdings(database)
    return held.cosines(np.arange(len(held.ids)))


def test_every_text_is_read_anew_once(five: Database, shorter: Encoder) -> None:
    assert np.array_equal(cosines(five), expected(open_encoder()))

    renewed = serving(five, shorter)
    assert (reencode(renewed, shorter, lambda: NOW, batch=2), reencode(renewed, shorter, lambda: NOW)) == (5, 0)

    assert [name for name, _ in holdings(renewed).layers] == ["shorter-1"]
    assert np.array_equal(cosines(renewed), expected(shorter))
    assert not np.array_equal(expected(shorter), expected(open_encoder()))


def test_who_is_killed_goes_on_where_it_was_and_the_old_vectors_serve_meanwhile(
    five: Database, shorter: Encoder
) -> None:
    renewed, killed = serving(five, shorter), Watched(shorter, patience=4)
    with pytest.raises(Interrupted):
        reencode(renewed, killed, lambda: NOW, batch=2)

    assert {name for name, _ in holdings(renewed).layers} == {open_encoder().version, "shorter-1"}
    new = expected(shorter)[:4, :4]
    assert np.array_equal(cosines(renewed)[:4, :4], np.maximum(new, expected(open_encoder())[:4, :4]))
    assert np.array_equal(cosines(renewed)[4], expected(open_encoder())[4].clip(0))

    again = Watched(shorter)
    assert reencode(renewed, again, lambda: NOW, batch=2) == 1
    assert [*killed.read, *again.read] == [text_of(title, "") for title in TITLES]
    assert np.array_equal(cosines(renewed), expected(shorter))


def test_what_was_changed_meanwhile_keeps_the_vector_of_its_new_text(five: Database, shorter: Encoder) -> None:
    renewed = serving(five, shorter)

    class Slow(Watched):
        def encode(self, texts: Sequence[str]) -> Floats:
            with renewed.registers("main").writing() as register:
                first = register.initiatives.by_id(1)
                changed = replace(first, draft=replace(first.draft, title="Something else"))
                register.initiatives.save(changed, vector(7, dimension=self.dimension))
            return super().encode(texts)

    reencode(renewed, Slow(shorter), lambda: NOW)

    assert cosines(renewed)[0, 0] == settled(vector(7, dimension=384)) @ settled(vector(7, dimension=384))


def test_what_it_finds_is_told_once(five: Database, shorter: Encoder) -> None:
    renewed = serving(five, shorter)
    assert queued(renewed) == 0
    reencode(renewed, shorter, lambda: NOW)
    told = queued(renewed)

    assert told > 0
    assert (reencode(renewed, shorter, lambda: NOW), queued(renewed)) == (0, told)


def test_a_workspace_that_fails_keeps_no_other_from_its_new_vectors(five: Database, shorter: Encoder) -> None:
    renewed = serving(five, shorter)
    later = renewed.registers(renewed.ensure_workspace("other", name="Other").id)
    with replace(later, encoder="older").writing() as register:
        fill(register)
        register.initiatives.add(draft(title="Another letter"), vector(), NOW)

    class Choosy(Watched):
        def encode(self, texts: Sequence[str]) -> Floats:
            if any(TITLES[0] in each for each in texts):
                raise EncoderFilesError(PACKAGED, "it cannot read this")
            return super().encode(texts)

    assert reencode(renewed, Choosy(shorter), lambda: NOW) == 1

    with later.reading() as register:
        assert [name for name, _ in register.initiatives.portfolio(NOW).holdings.layers] == ["shorter-1"]
    assert [name for name, _ in holdings(renewed).layers] == [open_encoder().version]


def test_it_works_beside_the_bot_and_stops_when_told(five: Database, shorter: Encoder) -> None:
    renewed, reading, going_on = serving(five, shorter), Event(), Event()

    class Waiting(Watched):
        def encode(self, texts: Sequence[str]) -> Floats:
            reading.set()
            going_on.wait(30)
            return super().encode(texts)

    work = Reencoding(renewed, Waiting(shorter), lambda: NOW)
    work.start()
    assert reading.wait(30)
    with renewed.registers("main").writing() as register:
        register.people.add("Somebody who registers meanwhile")
    going_on.set()
    work.stop()

    assert ENCODER not in {name for name, _ in holdings(renewed).layers}
    with renewed.registers("main").reading() as register:
        assert register.vectors.outdated_count() == 0


def test_a_database_that_is_away_at_the_start_is_waited_for(
    five: Database, shorter: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reencoding._AGAIN_S", 0.01)
    renewed, failed = serving(five, shorter), Event()
    event.listen(five.engine, "handle_error", lambda _context: failed.set())
    rename(five, "workspaces", "away")
    work = Reencoding(renewed, shorter, lambda: NOW)
    work.start()
    assert failed.wait(30)

    rename(five, "away", "workspaces")
    until(lambda: [name for name, _ in holdings(renewed).layers] == ["shorter-1"], seconds=30)
    work.stop()
