"""How sure an index is: what it would be without each one of those whom it rests on (the jackknife)."""

from collections.abc import Sequence
from math import isfinite, sqrt

import numpy as np

from planning.student import student


def jackknife(value: float, without: Sequence[float], least: float = -1.0) -> tuple[float, float]:
    """The 95 % interval of an index that is 1 at most, from its values without each one; nan where there is none.

    The jackknife (Tukey 1958; of such means over pairs, Arvesen 1969, Annals of Mathematical Statistics 40(6)) needs no
    chance and never pairs a person with themselves, which would look like agreement. Where it cannot tell, all is
    possible.
    """
    known = [each for each in without if isfinite(each)]
    if len(known) < 2:
        return least, 1.0
    reach = student(len(known) - 1) * sqrt((len(known) - 1) * float(np.var(known)))
    return max(min(least, value), value - reach), min(1.0, value + reach)
