"""An encoder that reads no text twice: a form that comes back says what it said, and an import what its preview did."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from planning.similarity import Encoder, Floats

TEXTS = 1_000
"""As many as a bot remembers: the forms of an hour and the stages of its workspaces."""


@dataclass(frozen=True)
class Remembering:
    """Another encoder, with what it has read last: `most` texts, or all. Shared by threads."""

    encoder: Encoder
    most: int | None = None
    _known: OrderedDict[str, Floats] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def version(self) -> str:
        """The other's."""
        return self.encoder.version

    @property
    def dimension(self) -> int:
        """The other's."""
        return self.encoder.dimension

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row for each text."""
        vectors = self._remembered(texts)
        new = [text for text in dict.fromkeys(texts) if text not in vectors]
        if new:
            vectors |= {text: row.copy() for text, row in zip(new, self.encoder.encode(new), strict=True)}
        self._remember(vectors)
        rows = [vectors[text] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)

    def _remembered(self, texts: Sequence[str]) -> dict[str, Floats]:
        with self._lock:
            return {text: self._known[text] for text in texts if text in self._known}

    def _remember(self, vectors: Mapping[str, Floats]) -> None:
        with self._lock:
            for text, vector in vectors.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while self.most is not None and len(self._known) > self.most:
                self._known.popitem(last=False)
