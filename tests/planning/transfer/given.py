"""What the tests of import and export share."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from planning.journey.values import Journey, Segment, Stage, Touchpoint
from planning.register import Register
from planning.similarity import Floats
from planning.transfer.columns import guess_mapping
from planning.transfer.drafts import NamedDraft
from planning.transfer.importing import plan_import
from planning.transfer.naming import Known, known_in
from planning.transfer.reading import read_table
from planning.transfer.values import ImportPlan, Options
from planning.transfer.writing import ImportResult, apply_import, texts_to_encode
from planning.workspace.values import Workspace
from tests.builders import ENCODER, NOW, TODAY

EMPTY = Known(Workspace("main", "Harbour Insurance"), (), (), Journey(1))
JOURNEY = Journey(
    1,
    (Stage(1, "Join", 0), Stage(2, "Claim", 1)),
    (Segment(1, "Members"), Segment(2, "Young drivers", 1)),
    (Touchpoint(1, "Letter"), Touchpoint(2, "Phone line")),
)


class Scattered:
    """An encoder for which no two texts are alike."""

    version = ENCODER
    dimension = 256

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row of its own for each text."""
        rows = np.stack([_scattered(text, self.dimension) for text in texts])
        unit: Floats = rows.astype(np.float32)
        return unit


def _scattered(text: str, dimension: int) -> Floats:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    row = np.random.default_rng(seed).normal(size=dimension)
    unit: Floats = row / np.linalg.norm(row)
    return unit


def planned(text: str, known: Known = EMPTY, overrides: dict[str, str] | None = None, **options: Any) -> ImportPlan:
    """What importing the text as a file would do."""
    table = read_table(text.encode())
    return plan_import(table, guess_mapping(table, overrides or {}), known, told(**options))


def told(source: str = "tracker", today: date = TODAY, **options: Any) -> Options:
    """What the person said beside the file."""
    return Options(source, today, **options)


def only(text: str, known: Known = EMPTY, **options: Any) -> NamedDraft:
    """The one row of the text as it will be."""
    (row,) = planned(text, known, **options).rows
    return row.draft


def issues(plan: ImportPlan) -> list[str]:
    """Everything told, with its line."""
    return [f"{issue.line}: {issue.text}" for issue in plan.issues]


def imported(register: Register, text: str, fingerprint: str = "f1", **options: Any) -> ImportResult:
    """Import the text as a file."""
    plan = planned(text, known_in(register), **options)
    texts = texts_to_encode(plan)
    vectors = dict(zip(texts, Scattered().encode(texts), strict=True)) if texts else {}
    return apply_import(register, plan, vectors, None, NOW, fingerprint)
