"""Teaches the text encoder anew and writes its files.

Begins with all-MiniLM-L6-v2 and learns from the families beside this module, and with --judged-epochs also from judged
pairs, which brought nothing more (CARD.md). Its figures on the judged sets are of encoders that were taught without the
set and those related to it. Needs the extra `train`. The same seed on the same machine gives the same files.
"""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np

from planning.similarity.encoder import Floats
from planning.similarity.training.batches import family_batches, judged_batches
from planning.similarity.training.card import Facts, card
from planning.similarity.training.evaluating import figures, in_order, related
from planning.similarity.training.export import agreement, exported, write
from planning.similarity.training.families import HELD_OUT, TAUGHT, read_families
from planning.similarity.training.judgements import FURTHER, judged_sets, read_judgements
from planning.similarity.training.learner import Base, Learner
from planning.similarity.training.learning import Batches, Lesson, Say, teach
from planning.similarity.training.losses import taught
from planning.similarity.training.texts import Judged
from planning.similarity.training.unseen import KEPT, Unseen

SEED = 20261122
FAMILY_EPOCHS, FAMILY_RATE = 4, 1e-4
JUDGED_RATE = 2e-5

Vectors = Mapping[str, Floats]
"""Set → a row for each of its initiatives."""


@dataclass(frozen=True)
class Material:
    """What is learnt from and measured by; `sets` with all judgements there are, `measured` with those of the file."""

    organisations: Sequence[Sequence[Judged]]
    held_out: Sequence[Judged]
    sets: Sequence[Judged]
    measured: Sequence[Judged]


@dataclass(frozen=True)
class Course:
    """An encoder that is taught, with what, and how often it goes through the judged pairs."""

    learner: Learner
    material: Material
    judged_epochs: int
    seed: int
    say: Say

    def measured(self) -> Vectors:
        """The vectors of the judged initiatives."""
        return self.encoded(self.material.measured)

    def encoded(self, sets: Sequence[Judged]) -> Vectors:
        """The vectors of the initiatives of these sets."""
        return {judged.name: self.learner.encode(judged.texts) for judged in sets}

    def in_order(self) -> float:
        """How often pairs of families that are never learnt from are in the right order."""
        families = self.material.held_out
        return in_order(families, [self.learner.encode(family.texts) for family in families])

    def take(self, name: str, batches: Batches, epochs: int, rate: float) -> None:
        """One lesson."""
        teach(self.learner, Lesson(name, batches, taught, epochs, rate), self.seed, self.say)

    def take_judged(self, name: str, sets: Sequence[Judged]) -> None:
        """The lesson of the judged pairs of these sets."""
        if self.judged_epochs:
            self.take(name, partial(judged_batches, sets), self.judged_epochs, JUDGED_RATE)


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn, measure, check and write, saying each step on stderr."""
    told = _parser().parse_args(arguments)
    base, say = Base.packaged(), partial(_say, time.monotonic())
    course = Course(Learner(base), _material(told.judgements, told.portfolios), told.judged_epochs, told.seed, say)
    before, ordered = course.measured(), course.in_order()
    say(f"before learning: mean average precision {figures(course.material.measured, before).mean}")
    course.take("families", partial(family_batches, course.material.organisations), FAMILY_EPOCHS, FAMILY_RATE)
    after = _unseen(course)
    say(f"sets left out: mean average precision {figures(course.material.measured, after).mean}")
    course.take_judged("judged pairs", course.material.sets)
    _finish(course, base, told.to, _Found(before, after, ordered, course.in_order()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m planning.similarity.training", description=__doc__)
    parser.add_argument("--judgements", type=Path, required=True, metavar="FILE", help="a file of judged pairs")
    parser.add_argument("--portfolios", type=Path, required=True, metavar="FOLDER", help="where their portfolios are")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where the encoder's files go")
    parser.add_argument(
        "--judged-epochs", type=int, default=0, metavar="N", help="go N times through the judged pairs (default: never)"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="another number, another encoder (default: %(default)s)")
    return parser


def _say(began: float, line: str) -> None:
    sys.stderr.write(f"{(time.monotonic() - began) / 60:6.1f} min  {line}\n")


def _material(judgements: Path, portfolios: Path) -> Material:
    measured = read_judgements(judgements)
    further = chain.from_iterable(read_judgements(file) for file in sorted(FURTHER.glob("*.csv")))
    names = {judgement.set for judgement in measured}
    known = [*measured, *(judgement for judgement in further if judgement.set in names)]
    held_out = list(chain.from_iterable(read_families(HELD_OUT)))
    return Material(read_families(TAUGHT), held_out, judged_sets(known, portfolios), judged_sets(measured, portfolios))


def _unseen(course: Course) -> Vectors:
    """The vectors of each set by an encoder taught without its group; the encoder is then as it was."""
    start, vectors = course.learner.state(), dict[str, Floats]()
    for group in related(course.material.measured):
        names = {judged.name for judged in group}
        others = [judged for judged in course.material.sets if judged.name not in names]
        course.take_judged(f"without {', '.join(sorted(names))}", others)
        vectors |= course.encoded(group)
        course.learner.restore(start)
    return {judged.name: vectors[judged.name] for judged in course.material.measured}


@dataclass(frozen=True)
class _Found:
    before: Vectors
    after: Vectors
    ordered_before: float
    ordered_after: float


def _finish(course: Course, base: Base, folder: Path, found: _Found) -> None:
    material = course.material
    model = exported(course.learner, base)
    agreed = agreement(model, base, course.learner, material.measured)
    course.say(f"export: cosine at least {agreed.least:.4f}, rank correlation {agreed.rank:.5f}")
    facts = Facts(
        seed=course.seed,
        families=sum(map(len, material.organisations)),
        texts=sum(len(family.told) for families in material.organisations for family in families),
        judged=sum(len(judged.pairs) for judged in material.sets) if course.judged_epochs else 0,
        held_out=len(material.held_out),
        ordered_before=found.ordered_before,
        ordered_after=found.ordered_after,
        before=figures(material.measured, found.before),
        after=figures(material.measured, found.after),
        agreement=agreed,
    )
    size = write(folder, model, base, card(model, base, facts))
    texts = [text for judged in material.measured for text in judged.texts]
    Unseen.of(texts, *(np.concatenate(list(each.values())) for each in (found.before, found.after))).write(KEPT)
    course.say(f"{size / 1e6:.1f} MB written to {folder}, the vectors of the judged texts to {KEPT.name}")


if __name__ == "__main__":
    main()
