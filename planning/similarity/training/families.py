"""Families of initiatives, written for this product: the same work in other words, and what merely looks like it.

A file holds the families of one organisation, a line of JSON each: `w` the organisation, `need` what the first two
share, `i` the initiatives as [role, department, title, problem]. Its families are about different needs.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from planning.similarity.training.texts import Grades, Judged, Told, TrainingError, upper

CORPUS = Path(__file__).parent / "corpus"
TAUGHT, HELD_OUT = CORPUS / "taught", CORPUS / "held_out"
"""What is learnt from, and what tells how much of it carries over to other organisations."""


class Role(StrEnum):
    """What an initiative is to its family."""

    ANCHOR = "a"
    SAME = "s"
    """The same work, told by another department in its own words."""
    COORDINATE = "c"
    """Other work on the same need: worth planning together."""
    NEAR = "n"
    """Shares words or a theme with the anchor; no concrete reason to talk."""
    OTHER = "x"
    """Shares words, and is about something else."""


_ONE_WORK = (Role.ANCHOR, Role.SAME)
_GRADES: Mapping[frozenset[Role], float] = {
    frozenset(_ONE_WORK): 3,
    frozenset({Role.SAME}): 3,
    **{frozenset({role, Role.COORDINATE}): 2 for role in _ONE_WORK},
    **{frozenset({role, Role.NEAR}): 1 for role in (*_ONE_WORK, Role.COORDINATE)},
    **{frozenset({role, Role.OTHER}): 0 for role in (*_ONE_WORK, Role.COORDINATE)},
}
"""What a careful reader says of two of one family; of the pairs that are not here nothing is known."""


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True)

    w: str
    need: str
    i: tuple[tuple[Role, str, str, str], ...]


def read_families(folder: Path) -> list[list[Judged]]:
    """The families of each organisation, in the order of the files; raises TrainingError."""
    return [_organisation(path) for path in sorted(folder.glob("*.jsonl"))]


def _organisation(path: Path) -> list[Judged]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_family(line, f"{path.name}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _family(line: str, place: str) -> Judged:
    try:
        read = _Line.model_validate(json.loads(line))
    except (json.JSONDecodeError, ValidationError) as error:
        raise TrainingError(f"{place} is not a family of initiatives: {error}") from error
    return Judged(read.need, tuple(Told(*told) for _, *told in read.i), _grades([role for role, *_ in read.i]))


def _grades(roles: list[Role]) -> Grades:
    table = [[_GRADES.get(frozenset({one, other}), np.nan) for other in roles] for one in roles]
    return upper(np.array(table, np.float32))
