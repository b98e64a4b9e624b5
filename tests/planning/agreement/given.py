"""What the tests of naming and scoring share."""

from collections.abc import Sequence

import numpy as np

from planning.similarity import Floats
from tests.builders import DIMENSION, ENCODER


class Unreading:
    """An encoder that cannot read anything, so that only words and places speak."""

    version = ENCODER
    dimension = DIMENSION

    def encode(self, texts: Sequence[str]) -> Floats:
        """Zeros for every text."""
        return np.zeros((len(texts), self.dimension), np.float32)
