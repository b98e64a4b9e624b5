"""How well names of stages are matched: `python -m tests.benchmarks.naming [--json]`.

The names are those of `tests.benchmarks.stage_names`, judged by hand. Counted are pairs of two names of one set: told
as one stage, and judged to be one; equal names are not counted, they always match. Beside what Concord does stand
meaning alone, words alone and both, each with and without the order, from the likeness on that is best for each on the
sets to choose by: as people wrote them, with neighbours swapped, with every answer in an order by chance (which then
says nothing), and with one person of each company (who mostly mean different things).

“Later” are lists that were written after the word families, “real” those of the data beside this checkout. “Off” is how
far the agreement index is from that of the judged names, on average.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from bot.encoder import open_encoder
from planning.agreement import matching, scoring
from planning.agreement.grouping import grouped
from planning.agreement.likeness import Numbers, by_meaning, by_words
from planning.agreement.matching import names_in, once
from planning.agreement.naming_index import naming_indices
from planning.agreement.wording import folded, words_of_measure, words_of_stage
from planning.similarity import Encoder
from tests.benchmarks.stage_names import Answers, Groups, answers, measures
from tests.benchmarks.truth import figure, share

SEED = 20261122
TURNS = 6
"""So many sets of one person of each company."""
CHOSEN_BY = ("written", "swapped", "shuffled", "mixed")
Weights = tuple[float, float, float]
VARIANTS: Mapping[str, Weights] = {
    "meaning": (1, 0, 0),
    "words": (0, 1, 0),
    "meaning and words": (1, matching.WORDS, 0),
    "meaning and order": (1, 0, matching.ORDER),
    "words and order": (0, 1, matching.ORDER),
    "meaning, words and order": (1, matching.WORDS, matching.ORDER),
}
"""What meaning, words and distance weigh; the last is what Concord does."""
LEAST = tuple(each / 20 for each in range(-4, 17))


@dataclass(frozen=True, slots=True)
class Counted:
    """Pairs of names told as one, judged to be one, and both."""

    told: int
    true: int
    right: int

    @property
    def balance(self) -> float:
        """The harmonic mean of precision and recall."""
        return share(2 * self.right, self.told + self.true) or 0.0

    def __str__(self) -> str:
        return f"{figure(share(self.right, self.told))} {figure(share(self.right, self.true))}"


@dataclass(frozen=True)
class Pieces:
    """One set: what its names have in common, each apart; who used them, in what order, and what they are judged."""

    meaning: Numbers
    words: Numbers
    far: Numbers
    people: Sequence[frozenset[int]]
    concepts: Sequence[str]
    said: Sequence[Sequence[int]]

    def groups(self, weights: Weights, least: float) -> list[list[int]]:
        """How the names fall together by these weights from this likeness on."""
        meaning, words, order = weights
        return grouped(meaning * self.meaning + words * self.words - order * self.far, self.people, least)

    def off(self, weights: Weights, least: float) -> float:
        """How far the agreement index is from that of the judged names."""
        group_of = {place: number for number, group in enumerate(self.groups(weights, least)) for place in group}
        told = index([[group_of[place] for place in answer] for answer in self.said])
        return abs(told - index([[self.concepts[place] for place in answer] for answer in self.said]))


def pieces_of(said: Answers, encoder: Encoder) -> Pieces:
    """The pieces of answers with their judged concepts."""
    plain = [[name for name, _ in answer] for answer in said]
    names, judged = names_in(plain), {folded(name): concept for answer in said for name, concept in answer}
    place_of, places = {key: place for place, key in enumerate(names)}, [each.place for each in names.values()]
    return Pieces(
        by_meaning([*names], encoder, matching.FRAME, matching.USUAL),
        by_words([*names], words_of_stage),
        np.abs(np.subtract.outer(places, places)),
        [each.people for each in names.values()],
        [judged[key] for key in names],
        [[place_of[key] for key in once(answer)] for answer in plain],
    )


def counted(groups: Sequence[Sequence[int]], concepts: Sequence[str]) -> Counted:
    """The pairs of names in these groups beside those that are judged to be one."""
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    both = (np.array([group_of[place] for place in range(len(concepts))]), np.array(concepts))
    told, true = (np.equal.outer(each, each)[np.triu_indices(len(concepts), 1)] for each in both)
    return Counted(int(told.sum()), int(true.sum()), int((told & true).sum()))


def added(each: Iterable[Counted]) -> Counted:
    """Several sets as one."""
    rows = np.array([(one.told, one.true, one.right) for one in each]).sum(axis=0)
    return Counted(*rows.tolist())


def index(said: Sequence[Sequence[int]] | Sequence[Sequence[str]]) -> float:
    """How far people agree who gave these concepts."""
    found = naming_indices(said, [1] * len(said)).overall
    return 0.0 if found is None else found.value


def harder(groups: Groups) -> dict[str, Sequence[Answers]]:
    """The groups as they were written, and the first of them in the ways that make matching harder."""
    random, first = Random(SEED), list(groups["written"].values())
    return {
        **{name: list(group.values()) for name, group in groups.items()},
        "swapped": [[_swapped(answer, random) for answer in said] for said in first],
        "shuffled": [[random.sample(answer, len(answer)) for answer in said] for said in first],
        "mixed": [[said[turn % len(said)] for said in first] for turn in range(TURNS)],
    }


def _swapped(answer: Sequence[tuple[str, str]], random: Random) -> list[tuple[str, str]]:
    place = random.randrange(len(answer) - 1)
    return [*answer[:place], answer[place + 1], answer[place], *answer[place + 2 :]]


def run(groups: Groups, encoder: Encoder) -> dict[str, Any]:
    """All tables, as they are written to JSON."""
    sets = {name: [pieces_of(said, encoder) for said in each] for name, each in harder(groups).items()}
    *_, shipped = VARIANTS.values()
    return {
        "variants": [_row(sets, name, weights, _best(sets, weights)) for name, weights in VARIANTS.items()],
        "thresholds": [_row(sets, "Concord", shipped, least) for least in LEAST if -0.15 <= least <= 0.4],
        "measures": str(_measures(encoder)),
    }


def _best(sets: Mapping[str, Sequence[Pieces]], weights: Weights) -> float:
    """The likeness from which these weights do best on the groups to choose by, all of which count the same."""
    return max(LEAST, key=lambda least: sum(_counted(sets[name], weights, least).balance for name in CHOSEN_BY))


def _counted(sets: Iterable[Pieces], weights: Weights, least: float) -> Counted:
    return added(counted(each.groups(weights, least), each.concepts) for each in sets)


def _row(sets: Mapping[str, Sequence[Pieces]], name: str, weights: Weights, least: float) -> dict[str, Any]:
    off = {group: float(np.mean([one.off(weights, least) for one in each])) for group, each in sets.items()}
    counts = {group: str(_counted(each, weights, least)) for group, each in sets.items()}
    return {"name": name, "least": least, "precision and recall": counts, "off": off}


def _measures(encoder: Encoder) -> Counted:
    names, concepts = zip(*((name, line[0]) for line in measures() for name in line), strict=True)
    likeness = by_meaning(names, encoder, scoring.FRAME, scoring.USUAL)
    likeness += scoring.WORDS * by_words(names, words_of_measure)
    return counted(grouped(likeness, [()] * len(names), scoring.LEAST), concepts)


def show(report: dict[str, Any]) -> None:
    """Print the tables: precision and recall in each group, then how far the index is off."""
    for rows in (report["variants"], report["thresholds"]):
        print(f"\n{'':<26}{'from':>5}", *(f"{name:>14}" for name in rows[0]["off"]))
        for row in rows:
            told = (f"{each} {row['off'][group]:4.2f}" for group, each in row["precision and recall"].items())
            print(f"{row['name']:<26}{row['least']:5.2f}", *told)
    print("\nEach column: precision, recall, off. Measures: precision and recall", report["measures"])


def as_json(report: dict[str, Any]) -> str:
    """The report as it is written to a file."""
    return json.dumps(report, indent=1, ensure_ascii=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the packaged encoder on all names that are there."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.naming", description="Names of stages matched")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    told = parser.parse_args(arguments)
    report = run(answers(), open_encoder())
    print(as_json(report)) if told.json else show(report)


if __name__ == "__main__":
    main()
