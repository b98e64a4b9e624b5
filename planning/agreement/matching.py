"""Which of the names that people gave mean the same stage."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planning.agreement.grouping import grouped
from planning.agreement.likeness import Numbers, by_meaning, by_words
from planning.agreement.wording import folded, words_of_stage
from planning.similarity import Encoder
from planning.text import one_line

FRAME = "{} (customer journey stage)"
USUAL = (
    "awareness", "consideration", "comparison", "choice", "purchase", "payment", "delivery", "getting started", "use",
    "getting help", "change", "complaint", "return", "renewal", "loyalty", "recommendation", "leaving", "coming back",
)  # fmt: skip
WORDS = 0.7
"""How much the same words add, beside a cosine."""
ORDER = 0.7
"""How much being at the other end of the journey takes off."""
LEAST = 0.1
"""From which likeness on two names are one stage.

The three were chosen on names that were judged by hand (`python -m tests.benchmarks.naming`), so that the agreement
index comes near to that of the judged names, whether people agree, partly agree, answer in any order or mean different
things. What is missed makes people seem to agree less than they do, what is taken for one by its place alone, more.
"""
ODD = 0.05
"""Of the people who name a stage, so many may have named it twice, by two names.

Two names of one person are two stages to them. But among many people there is always somebody who tells apart what all
others call by either name, and must not keep those names apart for all. Below twenty people nobody may.
"""


@dataclass(frozen=True, slots=True)
class Concept:
    """What people mean by some names: `name` is the most used of them, on ties the one most like all."""

    name: str
    names: tuple[tuple[str, int], ...]
    """Each name with how many people used it, most used first."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The concepts that were named, and for each answer their places in the person's order, each once."""

    concepts: tuple[Concept, ...]
    answers: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Name:
    """A name however it is spelt, with who used it (places of answers) and where in their lists."""

    spellings: Counter[str]
    people: frozenset[int]
    place: float
    """From 0, the beginning of the journey, to 1, its end; the mean over the people."""


def matched(answers: Sequence[Sequence[str]], encoder: Encoder) -> Matching:
    """The concepts in ordered names of stages. Equal names are always one, two names of one person never.

    Others are one when they are alike in meaning, in words and in their place in the list. The order of the answers
    does not matter. (For the exception among many people see ODD; the first of the person's two names counts.)
    """
    lists, names = [once(answer) for answer in answers], names_in(answers)
    likeness = likeness_of([*names], [each.place for each in names.values()], encoder)
    groups = grouped(likeness, [each.people for each in names.values()], LEAST, ODD)
    keys = [*names]
    concept_of = {keys[name]: place for place, group in enumerate(groups) for name in group}
    concepts = (_concept([*names.values()], group, likeness) for group in groups)
    return Matching(tuple(concepts), tuple(tuple(dict.fromkeys(concept_of[key] for key in said)) for said in lists))


def likeness_of(names: Sequence[str], places: Sequence[float], encoder: Encoder) -> Numbers:
    """How alike stages of these names are that stand at these places of the journey."""
    far = np.abs(np.subtract.outer(places, places)) if places else 0.0
    result: Numbers = by_meaning(names, encoder, FRAME, USUAL) + WORDS * by_words(names, words_of_stage) - ORDER * far
    return result


def once(answer: Sequence[str]) -> dict[str, str]:
    """Folded name → as it is first spelt, without empty ones."""
    said: dict[str, str] = {}
    for name in map(one_line, answer):
        if name:
            said.setdefault(folded(name), name)
    return said


def names_in(answers: Sequence[Sequence[str]]) -> dict[str, Name]:
    """The names in answers by their folded form, in alphabetical order."""
    used: dict[str, list[tuple[int, str, float]]] = {}
    for person, said in enumerate(map(once, answers)):
        for place, (key, name) in enumerate(said.items()):
            used.setdefault(key, []).append((person, name, (place + 0.5) / len(said)))
    return {key: _name(used[key]) for key in sorted(used)}


def _name(used: Sequence[tuple[int, str, float]]) -> Name:
    people, names, places = zip(*used, strict=True)
    return Name(Counter(names), frozenset(people), round(float(np.mean(sorted(places))), 6))


def _concept(names: Sequence[Name], group: Sequence[int], likeness: Numbers) -> Concept:
    central = likeness[np.ix_(group, group)].sum(axis=1).round(6)
    told = [
        (-names[place].spellings.total(), -near, _spelt(names[place]))
        for place, near in zip(group, central, strict=True)
    ]
    return Concept(min(told)[2], tuple(sorted(((name, -count) for count, _, name in told), key=_most_used)))


def _most_used(name: tuple[str, int]) -> tuple[int, str]:
    return -name[1], name[0]


def _spelt(name: Name) -> str:
    return min(name.spellings.items(), key=_most_used)[0]
