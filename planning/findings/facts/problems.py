"""Why a customer problem is not being fixed as one."""

from typing import Literal

from planning.findings.facts.base import FactValue, Who, listed


class SplitParts(FactValue):
    """Several departments work on one customer problem."""

    kind: Literal["split_parts"] = "split_parts"
    problem: str
    departments: tuple[str, ...]

    @property
    def essences(self) -> tuple[str, ...]:
        """The members say which problem, and who takes part."""
        return (self.kind,)

    @property
    def sentence(self) -> str:
        """Who works on the problem."""
        return f"{listed(self.departments)} each work on a part of “{self.problem}”."


class ServingPart(FactValue, Who):
    """What one initiative brings to the fix."""

    kind: Literal["serving_part"] = "serving_part"
    supplies: tuple[str, ...]

    @property
    def essences(self) -> tuple[str, ...]:
        """The members say who takes part."""
        return ()

    @property
    def sentence(self) -> str:
        """Which parts it brings."""
        brings = f"covers {listed(self.supplies)}" if self.supplies else "does not say which part it covers"
        return f"{self.reference} “{self.title}” ({self.department}) {brings}."


class MissingParts(FactValue):
    """Parts of a complete fix that nobody brings."""

    kind: Literal["missing_parts"] = "missing_parts"
    problem: str
    missing: tuple[str, ...]

    @property
    def essences(self) -> tuple[str, ...]:
        """One for each part, so that fewer missing ones are covered; the member says which problem."""
        return tuple(f"{self.kind}:{part}" for part in self.missing)

    @property
    def sentence(self) -> str:
        """What is missing."""
        return f"The fix of “{self.problem}” still lacks {listed(self.missing)}."
