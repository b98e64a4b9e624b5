"""What comes of a score test: the measures that the leads of a stage named, and whether they mean one target."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planning.agreement.answers import SaidScore
from planning.agreement.grouping import grouped
from planning.agreement.likeness import by_meaning, by_words
from planning.agreement.results import MeasureNamed, ScoreResult
from planning.agreement.wording import folded, words_of_measure
from planning.similarity import Encoder
from planning.text import one_line

FRAME = "{} (measure)"
UNITS_TOLD = 3
UNKNOWN = 0
"""Ids count from 1."""
USUAL = ("satisfaction", "effort", "loyalty", "waiting time", "share", "number", "rate", "cost", "revenue", "quality")
WORDS = 1.0
"""How much the same words add, beside a cosine."""
LEAST = 0.9
"""From which likeness on two names are one measure.

High, because two measures taken for one would tell people that they agree who do not: on judged names
(`python -m tests.benchmarks.naming`) hardly a pair that is told as one is wrong, and half are told.
"""


@dataclass(frozen=True, slots=True)
class _Measure:
    """A measure as some spelt it; `metric` is UNKNOWN where it is none on record."""

    name: str
    metric: int
    answers: tuple[SaidScore, ...]


def score_result(
    stage: int, name: str, answers: Sequence[SaidScore], asked: int, metrics: Mapping[int, str], encoder: Encoder
) -> ScoreResult:
    """The result of a score test on a stage; `metrics` are the names of those on record, by id.

    One measure are answers with the same metric or the same name, and names that mean the same; never two metrics.
    What one person alone answered is not told.
    """
    spelt = _spelt(answers, metrics)
    likeness = by_meaning([one.name for one in spelt], encoder, FRAME, USUAL)
    likeness += WORDS * by_words([one.name for one in spelt], words_of_measure)
    on_record = [{"on record"} if one.metric else frozenset[str]() for one in spelt]
    groups = grouped(likeness, on_record, LEAST)
    measures = [_named([spelt[place] for place in group]) for group in groups]
    named = sorted(measures, key=lambda measure: (-measure.support, measure.name))
    return ScoreResult(
        stage=stage,
        name=name,
        asked=asked,
        answered=len(answers),
        measures=tuple(named) if len(answers) > 1 else (),
        agreed=len(answers) > 1 and len(named) == 1 and len(set(named[0].targets)) == 1 and _one_unit(answers),
    )


def _spelt(answers: Sequence[SaidScore], metrics: Mapping[int, str]) -> list[_Measure]:
    """The answers put together that have one metric or, spellings aside, one name; by name."""
    known = {folded(name): id for id, name in sorted(metrics.items(), reverse=True)}
    by_key: dict[tuple[int, str], list[SaidScore]] = {}
    for answer in answers:
        metric = answer.metric if answer.metric in metrics else known.get(folded(answer.measure))
        by_key.setdefault((metric or UNKNOWN, "" if metric else folded(answer.measure)), []).append(answer)
    spelt = [_Measure(_name(key[0], said, metrics), key[0], tuple(said)) for key, said in by_key.items()]
    return sorted(spelt, key=lambda one: (folded(one.name), one.metric))


def _name(metric: int, said: Sequence[SaidScore], metrics: Mapping[int, str]) -> str:
    return metrics[metric] if metric else _most_used([one_line(answer.measure) for answer in said])


def _most_used(words: Sequence[str]) -> str:
    counts = Counter(words)
    return min(counts, key=lambda word: (-counts[word], word))


def _named(together: Sequence[_Measure]) -> MeasureNamed:
    """Under the name of the metric on record, or that which most used."""
    first = min(together, key=lambda one: (not one.metric, -len(one.answers), one.name))
    answers = [answer for one in together for answer in one.answers]
    return MeasureNamed(
        name=first.name,
        support=len(answers),
        targets=tuple(sorted(answer.target for answer in answers)),
        unit=" or ".join(_units(answers)[:UNITS_TOLD]),
    )


def _units(answers: Sequence[SaidScore]) -> list[str]:
    """The units that were given, each as most spelt it: targets that differ in nothing else are told apart by them."""
    spelt: dict[str, list[str]] = {}
    for unit in filter(None, (one_line(answer.unit) for answer in answers)):
        spelt.setdefault(folded(unit), []).append(unit)
    return [_most_used(words) for _, words in sorted(spelt.items(), key=lambda item: (-len(item[1]), item[0]))]


def _one_unit(answers: Sequence[SaidScore]) -> bool:
    """Whether those who gave a unit gave the same; who gave none means the usual one."""
    return len({folded(answer.unit) for answer in answers if answer.unit.strip()}) < 2
