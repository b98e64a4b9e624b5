"""Teaching: step after step over batches, a rate that rises and falls, progress told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from planning.similarity.training.augmenting import varied
from planning.similarity.training.batches import Random
from planning.similarity.training.learner import Learner
from planning.similarity.training.texts import Grades, Judged

Loss = Callable[[torch.Tensor, Grades], torch.Tensor]
Batches = Callable[[Random], Sequence[Judged]]
Say = Callable[[str], None]

WARM_UP = 0.1
"""The share of all steps over which the rate rises; then it falls to nothing in a straight line."""
MAX_TOKENS = 128
"""Of a text while learning: longer ones cost much and teach little."""
OFTEN = 25
"""Steps after which progress is told: the mean loss of the last ones."""
STEEPEST = 1.0
"""A longer gradient is shortened to this."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learnt, how often it is gone through, and by how much a step changes the weights at most."""

    name: str
    batches: Batches
    loss: Loss
    epochs: int
    rate: float


def teach(learner: Learner, lesson: Lesson, seed: int, say: Say) -> None:
    """Go through the lesson; the same seed on the same machine gives the same weights."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    epochs = [lesson.batches(random) for _ in range(lesson.epochs)]
    optimiser = torch.optim.AdamW(learner.parameters(), lesson.rate, weight_decay=0.01)
    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, _rise_and_fall(sum(map(len, epochs))))
    for number, batches in enumerate(epochs, 1):
        losses: list[float] = []
        for batch in batches:
            losses.append(_step(learner, lesson.loss, batch, optimiser, random))
            rates.step()
            if len(losses) % OFTEN == 0 or len(losses) == len(batches):
                at = f"time {number} of {lesson.epochs}, step {len(losses)} of {len(batches)}"
                say(f"{lesson.name}, {at}: loss {np.mean(losses[-OFTEN:]):.3f}")


def _step(learner: Learner, loss: Loss, batch: Judged, optimiser: torch.optim.Optimizer, random: Random) -> float:
    texts = [varied(told, random) for told in batch.told]
    value = loss(learner.vectors(texts, MAX_TOKENS), batch.grades)
    optimiser.zero_grad()
    value.backward()
    torch.nn.utils.clip_grad_norm_(learner.parameters(), STEEPEST)
    optimiser.step()
    return float(value.item())


def _rise_and_fall(steps: int) -> Callable[[int], float]:
    rising = max(1.0, WARM_UP * steps)
    return lambda step: min((step + 1) / rising, max(0.0, (steps - step) / steps))
