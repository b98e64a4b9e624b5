"""What came of a poll: only what no single answer can be read from."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Index(_Value):
    """An agreement index with its 95 % interval: 0 as by chance, 1 identical; below 0, people contradict each other."""

    value: float
    low: float
    high: float
    people: int
    """How many answers it rests on."""


class DepartmentIndex(_Value):
    """How far the people of one department agree; None where too few answered to tell without telling whose."""

    department: int
    name: str
    asked: int
    answered: int
    index: Index | None = None


class ProposedStage(_Value):
    """A stage that people named: under its most used name, with all the names that were used and how often."""

    name: str
    support: int
    """How many people named it."""
    names: tuple[tuple[str, int], ...]


class NamingResult(_Value):
    """What came of a naming round; `proposed` in order, `others` were named by too few to be proposed."""

    kind: Literal["naming"] = "naming"
    asked: int
    answered: int
    overall: Index | None = None
    between: Index | None = None
    """Of people of different departments only."""
    departments: tuple[DepartmentIndex, ...] = ()
    proposed: tuple[ProposedStage, ...] = ()
    others: tuple[ProposedStage, ...] = ()
    hidden: int = 0
    """How many names are not told, because nobody but one or two people used names of their own."""


class Confusion(_Value):
    """Two stages that people took for each other, and in how many pairs of answers of how many."""

    first: str
    second: str
    pairs: int
    of: int


class PulseResult(_Value):
    """What came of a pulse: Krippendorff's alpha, nominal."""

    kind: Literal["pulse"] = "pulse"
    asked: int
    answered: int
    initiatives: tuple[str, ...]
    """Their references, such as CX-12."""
    alpha: Index | None = None
    confused: Confusion | None = None
    """The pair of stages most often taken for each other."""
    left_out: int = 0
    """How often a stage was named that was taken out of the journey meanwhile; that does not count."""


class MeasureNamed(_Value):
    """A measure that leads named for a stage, how many did, and the targets they gave, ascending."""

    name: str
    support: int
    targets: tuple[float, ...]
    unit: str = ""


class ScoreResult(_Value):
    """What came of a score test: the measures named, most named first, and how far the leads agree."""

    kind: Literal["score"] = "score"
    stage: int
    name: str
    asked: int
    answered: int
    measures: tuple[MeasureNamed, ...] = ()
    agreed: bool = False
    """Whether all who answered, two at least, named one measure and one target."""


Result = Annotated[NamingResult | PulseResult | ScoreResult, Field(discriminator="kind")]
RESULT: TypeAdapter[Result] = TypeAdapter(Result)
