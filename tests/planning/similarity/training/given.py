"""What the tests of what the encoder is taught with share."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from planning.similarity.training.texts import Judged, Told, upper


def told(title: str = "Plain letters", problem: str = "People ring us.", department: str = "Claims") -> Told:
    """What an initiative says of itself."""
    return Told(department, title, problem)


def judged(pairs: Mapping[tuple[int, int], float], size: int = 4, name: str = "a set") -> Judged:
    """A set of so many initiatives, each with a title of its own, in which these pairs, in table order, were judged."""
    grades = np.full((size, size), np.nan, np.float32)
    for pair, grade in pairs.items():
        grades[pair] = grade
    return Judged(name, tuple(told(f"{name} {row}") for row in range(size)), upper(grades))


def family(name: str, size: int = 3) -> Judged:
    """A family of which all pairs are the same work."""
    return judged({(row, column): 3 for row in range(size) for column in range(row + 1, size)}, size, name)


def known(sets: Sequence[Judged]) -> dict[frozenset[str], float]:
    """The titles of each pair of which something is known, and its grade."""
    return {
        frozenset({one.told[first].title, one.told[second].title}): float(one.grades[first, second])
        for one in sets
        for first, second in one.pairs.tolist()
    }


def written(folder: Path, roles: str, name: str = "A-01.jsonl") -> Path:
    """A folder in which a file holds one family, its initiatives in these roles."""
    initiatives = [[role, "Claims", f"Title {place}", f"Problem {place}."] for place, role in enumerate(roles)]
    (folder / name).write_text(json.dumps({"w": "Insurer", "need": "plain letters", "i": initiatives}) + "\n")
    return folder
