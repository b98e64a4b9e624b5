"""The names that were given, dealt anew by chance: everybody gets as many as before, none twice.

Deals are drawn by the curveball algorithm (Strona et al. 2014, Nature Communications 5:4114), in which pairs of people
pool what only one of them holds and share it out again; all trade at once (Carstens, Berger and Strona 2018,
MethodsX 5). Every deal that keeps the numbers is as likely as any other.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Held = NDArray[np.bool_]

PAIRS = 20_000
"""Pairs of people that are looked at for what is expected, about."""
MOST = 1000
"""Deals at most."""
ROUNDS = 40
"""Trades of everybody before a deal is looked at."""
SEED = 20261122


def deals(lengths: Sequence[int], supports: Sequence[int]) -> Held:
    """Random deals (deals, people, names) of names to people who take so many, each name as often as it was given.

    They depend on the numbers alone, in their order, and on nothing else.
    """
    people = len(lengths)
    count = min(MOST, -(-2 * PAIRS // (people * people)))
    held = np.repeat(_first(lengths, supports)[None], count, axis=0)
    random = np.random.default_rng(SEED)
    for _ in range(ROUNDS):
        _trade(held, random)
    return held


def _first(lengths: Sequence[int], supports: Sequence[int]) -> Held:
    """One deal that keeps the numbers: each takes the names of which most are left (Gale 1957, Ryser 1957)."""
    held, left = np.zeros((len(lengths), len(supports)), bool), np.array(supports)
    for person, length in enumerate(lengths):
        names = np.argsort(-left, kind="stable")[:length]
        held[person, names] = True
        left[names] -= 1
    return held


def _trade(held: Held, random: np.random.Generator) -> None:
    """Everybody, or all but one, shares out with one other what only one of the two holds."""
    count, people, _ = held.shape
    order = random.permuted(np.tile(np.arange(people), (count, 1)), axis=1)
    deal, (one, other) = np.arange(count)[:, None], (order[:, : people // 2], order[:, people - people // 2 :])
    first, second = held[deal, one], held[deal, other]
    loose, both = first ^ second, first & second
    places = np.where(loose, random.random(loose.shape), 2.0).argsort(axis=-1).argsort(axis=-1)
    taken = loose & (places < (first & loose).sum(axis=-1, keepdims=True))
    held[deal, one], held[deal, other] = both | taken, both | loose & ~taken
