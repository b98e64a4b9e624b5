from collections import Counter

import numpy as np
import pytest

from planning.similarity.training.augmenting import LOST, SHARE, varied
from planning.similarity.training.texts import Told
from tests.planning.similarity.training.given import told

DRAWS = 4000
LETTERS = told(
    "Renewal letter in plain words",
    "Members ring us because they cannot see why the price went up. A tenth of all calls in May was about it. "
    "We write what changed, in numbers, and who can help.",
)


def made(one: Told = LETTERS, seed: int = 7, count: int = DRAWS) -> list[str]:
    random = np.random.default_rng(seed)
    return [varied(one, random) for _ in range(count)]


def test_about_its_share_of_the_texts_is_changed() -> None:
    changed = sum(text != LETTERS.text for text in made())

    assert changed / DRAWS == pytest.approx(SHARE, abs=0.03)


def test_every_change_keeps_most_words_of_a_text_of_several_sentences() -> None:
    words = Counter(LETTERS.text.split())

    kept = [(Counter(text.split()) & words).total() / words.total() for text in made()]

    assert min(kept) > 1 / 2
    assert np.mean(kept) > 1 - LOST


def test_a_change_invents_no_letters() -> None:
    known = Counter(f"{LETTERS.department}: {LETTERS.text}")

    assert all(Counter(text) <= known for text in made())


@pytest.mark.parametrize(
    "change",
    [LETTERS.problem, f"Claims: {LETTERS.text}", LETTERS.text.removeprefix("Renewal letter in plain words. ")],
    ids=["the problem alone", "the department before it", "a sentence less"],
)
def test_a_change_that_a_person_would_make_is_among_them(change: str) -> None:
    assert change in made()


def test_a_typing_error_turns_two_letters_round() -> None:
    assert "Letters".replace("et", "te") in made(told("Letters", ""))


@pytest.mark.parametrize(("seed", "same"), [(7, True), (8, False)], ids=["same seed", "another seed"])
def test_the_seed_decides_the_texts(seed: int, same: bool) -> None:
    assert (made(count=50) == made(count=50, seed=seed)) is same


@pytest.mark.parametrize("word", ["Letters", "🚀", "x", "客户"])
def test_a_text_of_one_word_keeps_its_letters(word: str) -> None:
    texts = made(told(word, "", department=""), count=500)

    assert all(sorted(text) == sorted(word) for text in texts)


def test_an_empty_text_stays_empty() -> None:
    assert set(made(told("", "", department=""), count=500)) == {""}


def test_a_text_without_words_is_never_lost() -> None:
    assert "" not in made(told("…", " \n 🚀🚀 ", department=""), count=500)
