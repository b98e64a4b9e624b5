"""Vectors of judged texts by encoders that were not taught with the set of the text, kept so that figures stay honest.

A file holds, for each text by its SHA-256, two vectors: that of the weights from which learning began, and that of an
encoder taught with all judged sets but the text's own and those related to it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from planning.similarity.encoder import Encoder, Floats
from planning.similarity.text import certainty
from planning.similarity.vectors import settled

KEPT = Path(__file__).parent / "unseen.npz"


@dataclass(frozen=True)
class Unseen:
    """Of each judged text the vector `before` learning and that of an encoder to which it is new, (texts, numbers)."""

    keys: Sequence[str]
    before: Floats
    after: Floats

    @classmethod
    def of(cls, texts: Sequence[str], before: Floats, after: Floats) -> "Unseen":
        """The vectors of these texts, rounded as they are stored."""
        return cls([_key(text) for text in texts], settled(before), settled(after))

    def write(self, path: Path) -> None:
        """Write the file."""
        np.savez_compressed(
            path, keys=np.array(self.keys), before=self.before.astype(np.float16), after=self.after.astype(np.float16)
        )

    @classmethod
    def read(cls, path: Path = KEPT) -> "Unseen":
        """What `write` wrote."""
        with np.load(path) as file:
            return cls(file["keys"].tolist(), file["before"].astype(np.float32), file["after"].astype(np.float32))


class KeptEncoder:
    """An `Encoder` that answers what is kept of a text, shorter for few words, and asks another one for the rest."""

    def __init__(self, keys: Sequence[str], vectors: Floats, other: Encoder, name: str) -> None:
        self._rows: Mapping[str, Floats] = dict(zip(keys, vectors, strict=True))
        self._other = other
        self.version = f"{name} of {other.version}"
        self.dimension = other.dimension

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row for each text."""
        unknown = [text for text in texts if _key(text) not in self._rows]
        made = dict(zip(unknown, self._other.encode(unknown), strict=True)) if unknown else {}
        sure = certainty(texts)
        rows = [
            made[text] if text in made else self._rows[_key(text)] * sure[place] for place, text in enumerate(texts)
        ]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]
