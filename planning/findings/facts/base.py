"""What every fact has, and how names are listed in a sentence."""

from collections.abc import Sequence
from math import floor, log10

from pydantic import BaseModel, ConfigDict


class FactValue(BaseModel):
    """A reason behind a finding, as a value that a reader can check."""

    model_config = ConfigDict(frozen=True)

    @property
    def essences(self) -> tuple[str, ...]:
        """What a dismissal covers: while nothing is added to it, the finding is not raised again."""
        return (self.model_dump_json(),)

    @property
    def sentence(self) -> str:
        """The fact in one plain sentence."""
        raise NotImplementedError


class Who(BaseModel):
    """An initiative as a fact names it."""

    model_config = ConfigDict(frozen=True)

    initiative: int
    title: str
    department: str

    @property
    def reference(self) -> str:
        """The name that people use in commands, such as CX-12."""
        return f"CX-{self.initiative}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names in a sentence: one, two and three."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def quoted(names: Sequence[str]) -> str:
    """Names in quotation marks, listed."""
    return listed([f"“{name}”" for name in names])


FEW_DIGITS, MOST_DIGITS = 2, 6
MINUS = "−"
"""As numbers are told; a hyphen would be read as one."""


def amount(value: float, digits: int = FEW_DIGITS) -> str:
    """A number of person-weeks or of a metric in as few digits as say it, mostly at most so many: 2.5, 14, 0.83.

    One that is too small for these gets two that count, 0.0042, so that something is never told as nothing.
    """
    if value and abs(value) < 10**-digits:
        digits = min(1 - floor(log10(abs(value))), MOST_DIGITS)
    told = f"{value:z.{digits}f}".rstrip("0").rstrip(".")
    return told.replace("-", MINUS)


def with_unit(told: str, unit: str) -> str:
    """A number that is told already with its unit, if it has one: 42 points, 42%."""
    unit = unit.strip()
    return f"{told}{'' if unit.startswith('%') or not unit else ' '}{unit}"


def apart(one: float, other: float) -> int:
    """How many digits tell two different numbers apart when a sentence sets one against the other."""
    enough = (digits for digits in range(FEW_DIGITS, MOST_DIGITS) if amount(one, digits) != amount(other, digits))
    return next(enough, MOST_DIGITS)


def person_weeks(value: float, digits: int = FEW_DIGITS) -> str:
    """An amount of work: 1 person-week, 2.5 person-weeks."""
    said = amount(value, digits)
    return f"{said} person-week{'' if said == '1' else 's'}"
