"""Student's t: how wide a 95 % interval has to be when the scatter is itself estimated from a few readings."""

Z = 1.959964
"""Of the standard normal distribution, 95 % lie between minus this and this."""
_TABLE = (12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004)
"""For 1 to 8 degrees of freedom; published in every table of the distribution."""
_TERMS = (
    (Z**3 + Z) / 4,
    (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
    (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
)


def student(freedom: int) -> float:
    """The 97.5 % quantile for so many degrees of freedom (at least 1).

    Beyond the table, the expansion around the normal quantile of Abramowitz and Stegun (1964), 26.7.5, whose error
    is below 0.0003 from 9 degrees of freedom on.
    """
    if freedom <= len(_TABLE):
        return _TABLE[freedom - 1]
    expansion = (term / float(freedom) ** power for power, term in enumerate(_TERMS, start=1))
    return Z + float(sum(expansion))
