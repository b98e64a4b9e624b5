"""Judged pairs of real initiatives: portfolios read by the product's own importer, grades from a file of judgements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from planning.initiatives.values import Initiative
from planning.overlaps.evidence import evidence_of, probability
from planning.overlaps.weights import Evidence
from planning.similarity import Encoder, Floats, settled, text_of
from planning.similarity.training.judgements import Judgement
from planning.similarity.training.texts import POSITIVE
from tests.benchmarks.importing import imported
from tests.planning.transfer.given import Scattered


@dataclass(frozen=True)
class Pool:
    """The judged pairs of one set: rows (pairs, 2) into `initiatives`, their grades, and the cosines of their texts.

    `before` are the cosines by the encoder before it learnt, where they are known.
    """

    name: str
    initiatives: tuple[Initiative, ...]
    pairs: NDArray[np.intp]
    grades: NDArray[np.float64]
    cosines: NDArray[np.float64]
    before: NDArray[np.float64] | None = None

    @cached_property
    def positive(self) -> NDArray[np.bool_]:
        """Which pairs are worth telling of."""
        result: NDArray[np.bool_] = self.grades >= POSITIVE
        return result

    @cached_property
    def texts(self) -> list[str]:
        """The text of each initiative of the portfolio, judged or not."""
        return [text_of(each.draft.title, each.draft.problem) for each in self.initiatives]

    @cached_property
    def evidence(self) -> NDArray[np.float64]:
        """A row of evidence for each pair, as the product gathers it."""
        rows = [
            evidence_of(self.initiatives[one], self.initiatives[two], float(cosine))
            for (one, two), cosine in zip(self.pairs, self.cosines, strict=True)
        ]
        return np.array(rows, dtype=float).reshape(len(rows), len(Evidence._fields))

    @cached_property
    def probabilities(self) -> NDArray[np.float64]:
        """Concord's score of each pair."""
        return np.array([probability(Evidence(*map(float, row))) for row in self.evidence])

    @cached_property
    def alone(self) -> NDArray[np.float64]:
        """The same without that both name one problem: by this score leads are told."""
        rows = (Evidence(*map(float, row)) for row in self.evidence)
        return np.array([probability(row._replace(problem=0.0)) for row in rows])

    @cached_property
    def same_problem(self) -> NDArray[np.bool_]:
        """Which pairs name the same customer problem: a finding of its own tells of those as well."""
        result: NDArray[np.bool_] = self.evidence[:, Evidence._fields.index("problem")] == 1
        return result

    def only(self, wanted: NDArray[np.bool_]) -> "Pool":
        """The pool of these pairs alone."""
        before = None if self.before is None else self.before[wanted]
        return replace(
            self, pairs=self.pairs[wanted], grades=self.grades[wanted], cosines=self.cosines[wanted], before=before
        )


class NoSuchPortfolio(ValueError):
    """A judgement names a portfolio or an initiative that is not among the files given."""


def read_portfolio(path: Path) -> tuple[Initiative, ...]:
    """The initiatives of a CSV file or of a company's folder, as an import into an empty register leaves them."""
    folder = path.parent if path.name == "initiatives.csv" and (path.parent / "company.json").exists() else path
    with imported(folder, Scattered()) as register:
        return tuple(register.initiatives.all())


def pools(judgements: Sequence[Judgement], portfolios: Sequence[Path], encoder: Encoder) -> list[Pool]:
    """A pool for each set, in the order of the file; a portfolio is found by the end of its path."""
    read: dict[Path, tuple[Initiative, ...]] = {}
    found = []
    for name in dict.fromkeys(judgement.set for judgement in judgements):
        judged = [judgement for judgement in judgements if judgement.set == name]
        path = portfolio_for(judged[0].portfolio, portfolios)
        initiatives = read.setdefault(path, ()) or read_portfolio(path)
        read[path] = initiatives
        found.append(_pool(name, initiatives, judged, encoder))
    return found


def portfolio_for(named: str, portfolios: Sequence[Path]) -> Path:
    """The file whose path ends most like the name; the only file there is, whatever it is called."""
    if len(portfolios) == 1:
        return portfolios[0]
    alike = {path: _same_end(Path(named).parts, _file(path).parts) for path in portfolios}
    best = max(portfolios, key=lambda path: alike[path], default=None)
    if best is None or not alike[best]:
        raise NoSuchPortfolio(f"The judgements speak of {named}; name that file with --portfolio.")
    return best


def _file(path: Path) -> Path:
    return path / "initiatives.csv" if path.is_dir() else path


def _same_end(first: Sequence[str], second: Sequence[str]) -> int:
    ends = zip(reversed(first), reversed(second), strict=False)
    return next((at for at, (one, two) in enumerate(ends) if one != two), min(len(first), len(second)))


def _pool(name: str, initiatives: tuple[Initiative, ...], judged: Sequence[Judgement], encoder: Encoder) -> Pool:
    rows = {initiative.source_id: row for row, initiative in enumerate(initiatives)}
    pairs = np.array([_rows(judgement, rows) for judgement in judged], dtype=np.intp)
    grades = np.array([judgement.grade for judgement in judged])
    return Pool(name, initiatives, pairs, grades, cosines_of(initiatives, pairs, encoder))


def cosines_of(initiatives: Sequence[Initiative], pairs: NDArray[np.intp], encoder: Encoder) -> NDArray[np.float64]:
    """How alike the encoder finds the two texts of each pair of rows."""
    vectors = _vectors(initiatives, set(pairs.ravel().tolist()), encoder)
    result: NDArray[np.float64] = np.einsum("ij,ij->i", vectors[pairs[:, 0]], vectors[pairs[:, 1]]).astype(float)
    return result


def _rows(judgement: Judgement, rows: Mapping[str, int]) -> tuple[int, int]:
    missing = [id for id in (judgement.first, judgement.second) if id not in rows]
    if missing:
        raise NoSuchPortfolio(f"{judgement.portfolio} has no initiative {missing[0]}, which the judgements name.")
    return rows[judgement.first], rows[judgement.second]


def _vectors(initiatives: Sequence[Initiative], rows: Iterable[int], encoder: Encoder) -> Floats:
    """The vectors of the initiatives in these rows, as they are stored; zeros for the others."""
    wanted = sorted(rows)
    vectors = np.zeros((len(initiatives), encoder.dimension), np.float32)
    drafts = [initiatives[row].draft for row in wanted]
    vectors[wanted] = settled(encoder.encode([text_of(draft.title, draft.problem) for draft in drafts]))
    return vectors
