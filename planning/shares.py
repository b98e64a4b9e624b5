"""How sure one can be of a share that was counted."""

from math import sqrt

from planning.student import Z


def wilson(hits: float, total: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927); everything when nothing was counted."""
    if not total:
        return 0.0, 1.0
    share, z = hits / total, Z * Z / total
    middle = (share + z / 2) / (1 + z)
    reach = sqrt(z * share * (1 - share) + z * z / 4) / (1 + z)
    return max(0.0, middle - reach), min(1.0, middle + reach)
