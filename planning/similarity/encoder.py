"""The port through which texts become vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors whose product says how alike the texts are."""

    @property
    def version(self) -> str:
        """Vectors of different versions must not be compared."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row for each text, of length one or, where few words say little, less; zeros for one it cannot read."""
