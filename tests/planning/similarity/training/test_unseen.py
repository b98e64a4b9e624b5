from collections.abc import Sequence
from pathlib import Path

import numpy as np

from planning.similarity import Floats, certainty
from planning.similarity.training.unseen import KeptEncoder, Unseen
from planning.similarity.vectors import settled
from tests.planning.transfer.given import Scattered

ENOUGH = " and after that a dozen words, so that the text is a sure one."
TEXTS = [f"{start}{ENOUGH}" for start in ("Plain letters.", "Calls", "", "🚀")]


class Asked(Scattered):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.texts.extend(texts)
        return super().encode(texts)


def kept() -> Unseen:
    before = Scattered().encode(TEXTS)
    return Unseen.of(TEXTS, before, before[::-1])


def test_what_was_written_is_read_back_exactly(tmp_path: Path) -> None:
    kept().write(tmp_path / "unseen.npz")

    read = Unseen.read(tmp_path / "unseen.npz")

    assert read.keys == kept().keys
    assert np.array_equal(read.before, kept().before)
    assert np.array_equal(read.after, kept().after)
    assert read.before.dtype == read.after.dtype == np.float32


def test_a_vector_is_kept_as_the_product_stores_it() -> None:
    assert np.array_equal(kept().before, settled(Scattered().encode(TEXTS)))


def test_a_file_holds_no_text(tmp_path: Path) -> None:
    kept().write(tmp_path / "unseen.npz")

    assert not any("letters" in key for key in Unseen.read(tmp_path / "unseen.npz").keys)


def test_texts_that_are_kept_are_answered_and_the_rest_asked_for_in_order() -> None:
    other = Asked()
    encoder = KeptEncoder(kept().keys, kept().after, other, "kept")

    rows = encoder.encode(["Offers", TEXTS[1], "Visits", TEXTS[0]])

    assert other.texts == ["Offers", "Visits"]
    offers, visits = Scattered().encode(["Offers", "Visits"])
    assert np.array_equal(rows, np.stack([offers, kept().after[1], visits, kept().after[0]]))
    assert rows.dtype == np.float32


def test_where_every_text_is_kept_nobody_is_asked() -> None:
    other = Asked()

    rows = KeptEncoder(kept().keys, kept().before, other, "kept").encode(TEXTS)

    assert np.array_equal(rows, kept().before)
    assert other.texts == []


def test_kept_vectors_are_never_compared_with_those_of_the_other_encoder() -> None:
    encoder = KeptEncoder(kept().keys, kept().after, Scattered(), "kept")

    assert encoder.version != Scattered().version
    assert encoder.dimension == Scattered().dimension


def test_of_few_words_what_is_kept_is_less_sure() -> None:
    short = Unseen.of(["Calls"], Scattered().encode(["Calls"]), Scattered().encode(["Calls"]))

    (row,) = KeptEncoder(short.keys, short.after, Asked(), "kept").encode(["Calls"])

    assert np.allclose(row, short.after[0] * certainty(["Calls"])[0])
    assert np.linalg.norm(row) < 0.9
