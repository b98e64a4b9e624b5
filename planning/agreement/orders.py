"""Ordered answers compared: how much two have in common in the same order, and how much that would be by chance."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import factorial

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def in_common(answers: Sequence[Sequence[int]]) -> Ints:
    """For every two answers the length of their longest common subsequence: names that both give, in one order."""
    rows = _padded(answers)
    best = np.zeros((rows.shape[1] + 1, len(rows), len(rows)), np.int64)
    for names in rows.T:
        before = best.copy()
        for place, others in enumerate(rows.T):
            same = (names[:, None] == others) & (names[:, None] >= 0)
            best[place + 1] = np.where(same, before[place] + 1, np.maximum(before[place + 1], best[place]))
    result: Ints = best[-1]
    return result


def _padded(answers: Sequence[Sequence[int]]) -> Ints:
    rows = np.full((len(answers), max(map(len, answers))), -1)
    for row, answer in enumerate(answers):
        rows[row, : len(answer)] = answer
    return rows


@lru_cache
def in_order_by_chance(size: int) -> float:
    """The expected length of the longest common subsequence of two random orders of so many names.

    It is the longest rising subsequence of a random permutation, which by the correspondence of Robinson and Schensted
    (Schensted 1961) is the first row of a Young diagram; a diagram stands for as many permutations as the square of
    its number of standard tableaux, which the hook lengths tell (Frame, Robinson and Thrall 1954).
    """
    if size == 0:
        return 0.0
    return sum(rows[0] * _tableaux(rows) ** 2 for rows in _partitions(size, size)) / factorial(size)


def _partitions(size: int, largest: int) -> Iterator[tuple[int, ...]]:
    if size == 0:
        yield ()
    for first in range(min(size, largest), 0, -1):
        for rest in _partitions(size - first, first):
            yield first, *rest


def _tableaux(rows: tuple[int, ...]) -> int:
    columns = [sum(length > column for length in rows) for column in range(rows[0])]
    hooks = 1
    for row, length in enumerate(rows):
        for column in range(length):
            hooks *= length - column + columns[column] - row - 1
    return factorial(sum(rows)) // hooks
