import numpy as np
import pytest

import bot.encoder
from planning.similarity.minilm import MiniLm
from tests.benchmarks.languages import GERMAN

FILES = bot.encoder.PACKAGED
TEXTS = [
    "Renewal letters in plain words. Members ring us because they cannot see why the price went up.",
    "Explain the premium.",
    "A nurse calls back. Patients who live alone are rung within two hours of coming home. " * 40,
    "Free delivery above 40 euro",
    "",
    "CX",
    "Fibre appointments. The installer and the shop use two calendars, so nobody is at home.",
]


def encoder(threads: int = 1) -> MiniLm:
    model, vocabulary = (FILES / "model.onnx").read_bytes(), (FILES / "vocab.txt").read_bytes()
    return MiniLm(model, vocabulary, version="test", threads=threads)


@pytest.fixture(scope="module")
def minilm() -> MiniLm:
    return encoder()


def test_rows_have_length_one(minilm: MiniLm) -> None:
    rows = minilm.encode(["Plain letters", "Explain the premium"])

    assert rows.shape == (2, minilm.dimension)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-6)


def test_a_text_has_the_same_vector_alone_and_in_a_batch(minilm: MiniLm) -> None:
    together = minilm.encode(TEXTS * 3)
    alone = np.concatenate([minilm.encode([text]) for text in TEXTS])

    assert np.abs(together - np.tile(alone, (3, 1))).max() < 1e-5


def test_one_and_two_threads_give_the_same_vectors(minilm: MiniLm) -> None:
    assert np.abs(minilm.encode(TEXTS) - encoder(threads=2).encode(TEXTS)).max() < 1e-5


def test_texts_about_one_thing_are_nearer_than_texts_about_two(minilm: MiniLm) -> None:
    app, parcel, nurse = minilm.encode(
        [
            "Customers can follow their order in the app",
            "Parcel tracking for shoppers on the phone",
            "A nurse rings patients after discharge",
        ]
    )

    assert float(app @ parcel) > float(app @ nurse) + 0.2


def test_case_and_accents_do_not_matter(minilm: MiniLm) -> None:
    first, second = minilm.encode(["CAFÉ Façade", "cafe facade"])

    assert np.array_equal(first, second)


@pytest.mark.parametrize("text", ["", " \n\t", "\0\0", "\u200b\u202e"], ids=["none", "blanks", "nulls", "controls"])
def test_a_text_without_words_is_like_nothing(minilm: MiniLm, text: str) -> None:
    empty, full = minilm.encode([text, "Plain letters"])

    assert not empty.any()
    assert float(empty @ full) == 0


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("word " * 8000, id="40,000 characters"),
        pytest.param("a\0b", id="null"),
        pytest.param("\ud800 alone", id="surrogate"),
        pytest.param("[SEP] [MASK] [PAD]", id="special words"),
    ],
)
def test_any_text_in_english_has_a_vector(minilm: MiniLm, text: str) -> None:
    assert np.linalg.norm(minilm.encode([text])) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 40_000, id="one long word"),
        pytest.param("🎉" * 500, id="emoji"),
        pytest.param("الوقت الذي ينتظره العميل", id="right to left"),
        pytest.param("客户" * 900, id="Chinese"),
        pytest.param(GERMAN[0], id="German"),
    ],
)
def test_a_text_that_cannot_be_read_is_like_nothing(minilm: MiniLm, text: str) -> None:
    assert not minilm.encode([text]).any()


def test_no_texts_are_no_rows(minilm: MiniLm) -> None:
    assert minilm.encode([]).shape == (0, minilm.dimension)


def test_progress_is_told_to_the_end(minilm: MiniLm) -> None:
    told: list[tuple[int, int]] = []

    minilm.encode([*TEXTS, "word " * 300] * 5, progress=lambda done, total: told.append((done, total)))

    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == (40, 40)
