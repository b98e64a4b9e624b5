from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.remembering import Remembering
from planning.similarity import Floats
from tests.handlers.slack import WordEncoder


@dataclass
class Counted(WordEncoder):
    """An encoder that says what it was asked to read."""

    read: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row for each text."""
        self.read.extend(texts)
        return super().encode(texts)


def test_a_text_is_read_once_and_means_the_same() -> None:
    encoder = Counted()
    remembering = Remembering(encoder)
    first, again = remembering.encode(["join", "renew"]), remembering.encode(["renew", "join", "renew"])

    assert encoder.read == ["join", "renew"]
    assert np.array_equal(again, first[[1, 0, 1]])


def test_what_was_not_used_for_longest_is_read_anew() -> None:
    encoder = Counted()
    remembering = Remembering(encoder, most=2)
    for text in ("join", "renew", "join", "leave", "join", "renew"):
        remembering.encode([text])

    assert encoder.read == ["join", "renew", "leave", "renew"]


def test_more_at_once_than_it_remembers_are_all_answered() -> None:
    vectors = Remembering(WordEncoder(), most=1).encode(["join", "renew", "join"])

    assert np.array_equal(vectors, WordEncoder().encode(["join", "renew", "join"]))


def test_of_no_texts_there_are_no_rows() -> None:
    assert Remembering(WordEncoder()).encode([]).shape == (0, WordEncoder().dimension)
