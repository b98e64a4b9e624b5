"""Small changes that do not change what an initiative is about, so that the encoder learns to look past them."""

import re
from collections.abc import Callable

from planning.similarity.training.batches import Random
from planning.similarity.training.texts import Told

SHARE = 0.4
"""Of the texts are read with a change."""
LOST = 0.15
"""Of the words of a text that loses words."""
ENOUGH = 4
"""Sentences of a text that can do without one of them."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def varied(told: Told, random: Random) -> str:
    """The text, or in SHARE of the cases one small change of it."""
    if random.random() >= SHARE:
        return told.text
    change = _CHANGES[int(random.integers(len(_CHANGES)))]
    return change(told, random) or told.text


def _fewer_words(told: Told, random: Random) -> str:
    return " ".join(word for word in told.text.split() if random.random() >= LOST)


def _problem_alone(told: Told, _random: Random) -> str:
    return told.problem.strip()


def _with_department(told: Told, _random: Random) -> str:
    return f"{told.department}: {told.text}" if told.department else told.text


def _without_a_sentence(told: Told, random: Random) -> str:
    sentences = _SENTENCE.split(told.text)
    if len(sentences) < ENOUGH:
        return told.text
    left_out = int(random.integers(len(sentences)))
    return " ".join(sentence for place, sentence in enumerate(sentences) if place != left_out)


def _typing_error(told: Told, random: Random) -> str:
    """Two letters of one word change places."""
    text = told.text
    at = int(random.integers(max(len(text) - 1, 1)))
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


_CHANGES: tuple[Callable[[Told, Random], str], ...] = (
    _fewer_words,
    _problem_alone,
    _with_department,
    _without_a_sentence,
    _typing_error,
)
