"""What the encoder is taught with: texts of initiatives and the grades of their pairs."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.similarity.text import text_of

Grades = NDArray[np.float32]
"""A square table, its upper triangle the grades 0 to 3 of pairs; nan where nobody judged."""
POSITIVE = 1.5
"""From this mean grade on a pair is one of which two leads would want to be told."""


class TrainingError(ValueError):
    """What the encoder should be taught with cannot be read; the text says where and what to do."""


class Told(NamedTuple):
    """What an initiative says of itself."""

    department: str
    title: str
    problem: str

    @property
    def text(self) -> str:
        """What the product reads of it."""
        return text_of(self.title, self.problem)


@dataclass(frozen=True)
class Judged:
    """Initiatives of one portfolio and what is known of their pairs."""

    name: str
    told: tuple[Told, ...]
    grades: Grades

    @property
    def texts(self) -> list[str]:
        """What the product reads of each initiative."""
        return [told.text for told in self.told]

    @property
    def pairs(self) -> NDArray[np.intp]:
        """The judged pairs as rows (first, second) into `told`, in the order of the table."""
        return np.argwhere(~np.isnan(self.grades))

    def only(self, rows: NDArray[np.intp]) -> "Judged":
        """These initiatives alone, in this order, with what is known of their pairs."""
        both = np.fmax(self.grades, self.grades.T)[np.ix_(rows, rows)]
        return Judged(self.name, tuple(self.told[row] for row in rows), upper(both))


def upper(grades: Grades) -> Grades:
    """The table with nothing known on and below its diagonal."""
    result: Grades = np.where(np.tri(len(grades), dtype=bool), np.float32(np.nan), grades)
    return result


def joined(name: str, parts: "list[Judged]", between: float) -> Judged:
    """Several as one; a pair of two different parts has the grade `between`, nan where nothing is known of it."""
    sizes = [len(part.told) for part in parts]
    grades = np.full((sum(sizes), sum(sizes)), between, np.float32)
    ends = np.cumsum(sizes)
    for part, end in zip(parts, ends, strict=True):
        inside = slice(end - len(part.told), end)
        grades[inside, inside] = part.grades
    return Judged(name, tuple(told for part in parts for told in part.told), upper(grades))
