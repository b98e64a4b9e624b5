"""What a step makes smaller: from the unit vectors of a batch and the grades of its pairs to one number."""

import numpy as np
import torch

from planning.similarity.training.texts import POSITIVE, Grades

SCALE = 20.0
"""How much a cosine counts where it is an exponent: the inverse of the temperature."""
SLOPE, BIAS = 8.0, -4.0
"""From a cosine to the log-odds of being worth telling."""
NOTHING = -1e4
"""Adds nothing to a sum of exponents, and unlike minus infinity leaves its slopes finite."""
GRADES, WORTH = (0, 1, 2, 3), (0.02, 0.10, 0.80, 0.97)
"""What each grade is worth: the share of readers who would want to be told; in between it is a straight line."""


def taught(vectors: torch.Tensor, grades: Grades) -> torch.Tensor:
    """Both of the following: what is worth telling is near, and nearer than all that is not."""
    return contrast(vectors, grades) + grading(vectors, grades)


def contrast(vectors: torch.Tensor, grades: Grades) -> torch.Tensor:
    """Of all that is unlike the first of a pair, its second is to be the nearest: cross-entropy over cosines.

    InfoNCE (van den Oord and others 2018, https://arxiv.org/abs/1807.03748), with the near misses of the batch as hard
    negatives. Zero for a batch in which nothing is worth telling.
    """
    both = torch.from_numpy(np.fmax(grades, grades.T))
    logits = SCALE * vectors @ vectors.T
    others = torch.where(both < POSITIVE, logits, NOTHING).logsumexp(1, keepdim=True)
    losses = torch.nn.functional.softplus(others - logits)[both >= POSITIVE]
    return losses.mean() if len(losses) else vectors.sum() * 0


def grading(vectors: torch.Tensor, grades: Grades) -> torch.Tensor:
    """Binary cross-entropy of the cosines, as log-odds, against what the grades are worth."""
    first, second = np.nonzero(~np.isnan(grades))
    worth = torch.tensor(np.interp(grades[first, second], GRADES, WORTH), dtype=torch.float32)
    cosines = (vectors @ vectors.T)[first, second]
    return torch.nn.functional.binary_cross_entropy_with_logits(SLOPE * cosines + BIAS, worth)
