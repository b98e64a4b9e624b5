"""Judged pairs of real or invented portfolios: a file of judgements and the portfolios that it speaks of."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from planning.journey.values import Journey
from planning.similarity.training.texts import Judged, Told, TrainingError
from planning.transfer.columns import guess_mapping
from planning.transfer.importing import plan_import
from planning.transfer.naming import Known
from planning.transfer.reading import read_table
from planning.transfer.values import Options
from planning.workspace.values import Workspace

FURTHER = Path(__file__).parent / "judgements"
"""Judgements that were made beside those of the benchmark, on the same portfolios."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What readers said of two initiatives, each named as its portfolio names it; `grade` is the mean, 0 to 3."""

    set: str
    portfolio: str
    first: str
    second: str
    grade: float


def read_judgements(path: Path) -> list[Judgement]:
    """The rows of a file of judgements: set, portfolio, id_a, id_b, grade_1 and, where two readers judged, grade_2."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return [_judgement(row) for row in csv.DictReader(file)]


def _judgement(row: Mapping[str, str]) -> Judgement:
    grades = [float(row[name]) for name in ("grade_1", "grade_2") if (row.get(name) or "").strip()]
    return Judgement(row["set"], row["portfolio"], row["id_a"], row["id_b"], sum(grades) / len(grades))


def judged_sets(judgements: Iterable[Judgement], folder: Path) -> list[Judged]:
    """A set for each name, in order, with the texts of its portfolio, found below `folder`; raises TrainingError.

    The first judgement of a pair counts.
    """
    sets: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        sets.setdefault(judgement.set, []).append(judgement)
    return [_judged(name, said, _told(folder / said[0].portfolio)) for name, said in sets.items()]


def _judged(name: str, said: Sequence[Judgement], told: Mapping[str, Told]) -> Judged:
    ids = list(dict.fromkeys(id for judgement in said for id in (judgement.first, judgement.second)))
    if missing := [id for id in ids if id not in told]:
        raise TrainingError(f"{said[0].portfolio} has no initiative {missing[0]}, which the judgements name.")
    rows = {id: row for row, id in enumerate(ids)}
    grades = np.full((len(ids), len(ids)), np.nan, np.float32)
    for judgement in reversed(said):
        grades[tuple(sorted((rows[judgement.first], rows[judgement.second])))] = judgement.grade
    return Judged(name, tuple(told[id] for id in ids), grades)


def _told(path: Path) -> dict[str, Told]:
    """Id → what each initiative of a portfolio says, as an import reads it."""
    if not path.exists():
        raise TrainingError(f"The judgements speak of {path.name}, which is not below the folder of portfolios.")
    table = read_table(path.read_bytes())
    empty = Known(Workspace("training", "Training"), (), (), Journey(version=1))
    plan = plan_import(table, guess_mapping(table, {}), empty, Options("training", date(2026, 11, 21)))
    return {row.source_id: Told(row.draft.department, row.draft.title, row.draft.problem) for row in plan.rows}
