"""An encoder that reads no text twice: what a rehearsal has read is not read again in earnest."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planning.similarity import Encoder, Floats


@dataclass(frozen=True)
class Remembering:
    """Another encoder, with what it has read."""

    encoder: Encoder
    _known: dict[str, Floats] = field(default_factory=dict)

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
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self.encoder.encode(new), strict=True))
        rows = [self._known[text] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)
