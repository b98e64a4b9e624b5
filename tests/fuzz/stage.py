"""Where what is fuzzed happens: two workspaces, somebody of one of them, and the way back to how it was."""

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine

from db.database import Database
from db.holding import Held, Memory
from tests.builders import ENCODER
from tests.filled import ADA, further, twins
from tests.fuzz.mutating import Corpus
from tests.fuzz.probing import Probe
from tests.tenancy.crawling import crawl, entry_of
from tests.tenancy.messages import messages, said
from tests.tenancy.visiting import House, Json

OURS, THEIRS = "alphaqx", "betaqx"


class Forgetful(Memory):
    """Holds nothing: a file that is put back has the same versions with other contents."""

    def keep(self, workspace: str, held: Held) -> None:
        """Forget it."""

    def keep_list(self, workspace: str, name: str, version: int, values: Sequence[Any]) -> None:
        """Forget it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything is filled once; each example begins with a copy of that."""

    engine: Engine
    path: Path
    house: House
    corpus: Corpus
    probe: Probe

    @classmethod
    def set(cls, engine: Engine, path: Path) -> Self:
        """Fill two workspaces in a file that has tables, and try everything in one of them."""
        database = Database(engine, ENCODER, memory=Forgetful())
        twins(database, OURS, THEIRS)
        with database.registers(THEIRS).writing() as register:
            further(register, THEIRS)
        engine.dispose()
        shutil.copyfile(path, _kept(path))
        house = House(database)
        explorer = house.visitor(OURS)
        with database.registers(OURS).reading() as register:
            shown = [said(one) for one in messages(register).values()]
        crawl(explorer, shown)
        probe = Probe(house, OURS, explorer.slack, ADA, stranger=THEIRS)
        sent = json.loads(json.dumps(explorer.sent))  # what is shown later must not change what was sent
        return cls(engine, path, house, Corpus(tuple(map(_as_sent, sent))), probe)

    def again(self) -> None:
        """All rows are as they were at first."""
        self.engine.dispose()
        for left in self.path.parent.glob(f"{self.path.name}*"):
            left.unlink()
        shutil.copyfile(_kept(self.path), self.path)

    def flaws(self, body: Json) -> list[str]:
        """What is wrong with the answer to a request that is the first."""
        self.again()
        return self.probe.flaws(json.loads(json.dumps(body)))

    def is_tried(self, kind: str, id: str) -> bool:
        """Whether something was sent, at first, to what the app listens to."""
        tried = {entry_of(body) for body in self.corpus.bodies}
        return any(kind == known and re.fullmatch(id, one) for known, one in tried)


def _as_sent(body: Json) -> Json:
    """Without the options that the explorer has noted at menus which are looked up."""
    for block in body.get("view", {}).get("blocks", ()):
        for element in (block.get("element"), block.get("accessory"), *block.get("elements", ())):
            if isinstance(element, dict) and "external_select" in str(element.get("type")):
                element.pop("options", None)
    return body


def _kept(path: Path) -> Path:
    return path.with_suffix(".kept")
