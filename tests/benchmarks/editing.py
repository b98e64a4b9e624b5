"""Small edits of what initiatives say, after which they are about the same thing, and judged pairs read with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from planning.similarity import Encoder, Floats, settled
from planning.similarity.training.measures import SEED
from planning.similarity.training.texts import Told
from tests.benchmarks.gold import Pool

LETTERS_PER_ERROR = 60
"""A text has one typing error in so many letters, and at least one."""
BOILERPLATE = "This initiative is part of our strategy to put the customer at the heart of everything that we do."

Change = Callable[[Told], str]


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the text of one of two initiatives, or where `both` says so of each."""

    name: str
    change: Change
    both: bool = False


def as_written(told: Told) -> str:
    """The text as it is."""
    return told.text


def upper_case(told: Told) -> str:
    """The text in capital letters."""
    return told.text.upper()


def typing_errors(told: Told) -> str:
    """One letter in LETTERS_PER_ERROR changes places with the next; in one text the same ones each time."""
    letters = list(told.text)
    random = np.random.default_rng([SEED, crc32(told.text.encode(errors="replace"))])
    errors = max(1, len(letters) // LETTERS_PER_ERROR)
    for at in random.permutation(max(len(letters) - 1, 0))[:errors]:
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def boilerplate(told: Told) -> str:
    """The text and a sentence that any initiative might end with."""
    return f"{told.text} {BOILERPLATE}"


def department_in_front(told: Told) -> str:
    """The text after the name of its department."""
    return f"{told.department}: {told.text}"


def title_alone(told: Told) -> str:
    """The title without the problem."""
    return told.title.strip()


EDITS = (
    Edit("upper case", upper_case),
    Edit("typing errors", typing_errors),
    Edit("boilerplate", boilerplate),
    Edit("department in front", department_in_front),
    Edit("boilerplate on both", boilerplate, both=True),
    Edit("title alone", title_alone),
)


@dataclass(frozen=True)
class Reading:
    """The pairs of a set, what each initiative of its portfolio says, and who reads it."""

    pool: Pool
    told: tuple[Told, ...]
    encoder: Encoder

    @classmethod
    def of(cls, pool: Pool, departments: Mapping[str, str], encoder: Encoder) -> "Reading":
        """`departments`: text → the name of the department that wrote it."""
        drafts = [each.draft for each in pool.initiatives]
        named = [departments.get(text, "") for text in pool.texts]
        told = tuple(Told(name, draft.title, draft.problem) for name, draft in zip(named, drafts, strict=True))
        return cls(pool, told, encoder)

    def read(self, change: Change) -> Floats:
        """A vector, as it is stored, of each text that is judged, after the change; zeros for the others."""
        rows = np.unique(self.pool.pairs)
        vectors = np.zeros((len(self.told), self.encoder.dimension), np.float32)
        vectors[rows] = settled(self.encoder.encode([change(self.told[row]) for row in rows]))
        return vectors

    def after(self, change: Change) -> Pool:
        """The pool with both texts of each pair changed."""
        vectors = self.read(change)
        return beside(self.pool, vectors, vectors)


def beside(pool: Pool, first: Floats, second: Floats) -> Pool:
    """The pool, its cosines those of the first initiatives' rows in one table and the second ones' in the other."""
    ones, others = pool.pairs.T
    return replace(pool, cosines=np.einsum("ij,ij->i", first[ones], second[others]).astype(float))
