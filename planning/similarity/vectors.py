"""Vectors as they are stored and compared.

A stored component is a multiple of 1/2048: float16 holds it without loss, and a product of two vectors is a sum of
multiples of 2⁻²² below two, which float32 adds without rounding. So the similarity of two texts is one exact number:
alone or among a hundred thousand, in any order, on any number of threads.
"""

import numpy as np

from planning.similarity.encoder import Floats

STEPS = np.float32(2048)
_STORED = np.dtype("<f2")


def settled(vectors: Floats) -> Floats:
    """The vectors as they are stored: each component the nearest multiple of 1/2048."""
    result: Floats = np.rint(vectors * STEPS) / STEPS
    return result


def to_bytes(vector: Floats) -> bytes:
    """One vector as it is stored: little-endian float16."""
    return settled(vector).astype(_STORED).tobytes()


def from_bytes(stored: bytes) -> Floats:
    """The vector that `to_bytes` wrote."""
    return np.frombuffer(stored, _STORED).astype(np.float32)
