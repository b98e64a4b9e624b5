"""A company's own file: its departments, people and journey, and what they measure, share and want to fix."""

from datetime import date
from typing import Annotated, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from planning.journey.segments import CONTACTS_MAX
from planning.metrics.recording import VALUE_MAX
from planning.metrics.values import Cadence, Direction
from planning.problems.values import Part
from planning.resources.arranging import CAPACITY_MAX
from planning.transfer.naming import short_name
from planning.transfer.values import TransferFault
from planning.workspace.hours import zone_named
from planning.workspace.values import AlertsTo, Role


def _named(name: str) -> str:
    if not short_name(name):
        raise ValueError("is empty; say the name")
    return short_name(name)


Name = Annotated[str, AfterValidator(_named)]
"""A name that is there, as it is stored."""
Measured = Annotated[float, Field(ge=-VALUE_MAX, le=VALUE_MAX)]
Importance = Annotated[int, Field(ge=1, le=5)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class DepartmentPart(_Part):
    """A department of the file; `lead` and `leads` add up."""

    name: str = Field(min_length=1)
    lead: str | None = None
    leads: tuple[str, ...] = ()
    channel: str | None = None
    channel_id: str | None = None
    alerts_to: AlertsTo | None = None
    people: tuple[str, ...] = ()

    @property
    def all_leads(self) -> tuple[str, ...]:
        """Every lead, each once."""
        return tuple(dict.fromkeys(short_name(name) for name in (self.lead, *self.leads) if name))


class PersonPart(_Part):
    """A person with what a list of names cannot say."""

    name: str = Field(min_length=1)
    department: str | None = None
    slack_id: str | None = None
    zone: str | None = None
    roles: frozenset[Role] = frozenset()


class StagePart(_Part):
    """A stage of the journey, in its place."""

    name: str = Field(min_length=1)
    definition: str = ""
    customer_goal: str = ""
    intent: str = ""
    brand_value: str = ""
    weight: Importance | None = None
    owner: str | None = None


class SegmentPart(_Part):
    """A group of customers and the larger one that it is part of."""

    name: str = Field(min_length=1)
    parent: str | None = None
    weight: Importance | None = None
    weekly_contacts: Annotated[int, Field(ge=0, le=CONTACTS_MAX)] | None = None


class HandOffPart(_Part):
    """The edge between two stages, by their names, and the departments that give and receive."""

    before: Name
    after: Name
    giver: str | None = None
    receiver: str | None = None
    metric: str | None = None
    owner: str | None = None


class MetricPart(_Part):
    """A shared measure; `owner` is a person or a department, `feeds` another metric."""

    name: Name
    unit: str = ""
    direction: Direction | None = None
    stage: str | None = None
    segment: str | None = None
    baseline: Measured | None = None
    baseline_date: date | None = None
    target: Measured | None = None
    target_date: date | None = None
    owner: str | None = None
    feeds: str | None = None
    cadence: Cadence | None = None
    source: str = ""
    financial: bool | None = None


class TensionPart(NamedTuple):
    """Two metrics that pull against each other, and why."""

    first: Name
    second: Name
    why: str | None = None


class LeavePart(_Part):
    """Days on which a share of a pool is away."""

    start: date = Field(alias="from")
    end: date = Field(alias="to")
    share: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("ends before it begins; swap from and to")
        return self


class PoolPart(_Part):
    """A team or skill and the person-weeks that it has in a week."""

    name: Name
    capacity: float = Field(alias="capacity_person_weeks_per_week", ge=0, le=CAPACITY_MAX)
    leave: tuple[LeavePart, ...] | None = None


class ProblemPart(_Part):
    """A customer problem and the parts that a complete fix needs."""

    name: Name
    statement: str = ""
    needs: tuple[Part, ...] = ()
    owner: str | None = None


class Company(BaseModel):
    """The file; what it has beside these is kept and given back."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str = Field(min_length=1)
    timezone: str | None = None
    departments: tuple[DepartmentPart, ...] = ()
    people: tuple[PersonPart, ...] = ()
    journey: tuple[StagePart, ...] = ()
    segments: tuple[SegmentPart, ...] = ()
    touchpoints: tuple[str, ...] = ()
    hand_offs: tuple[HandOffPart, ...] = ()
    metrics: tuple[MetricPart, ...] = ()
    tensions: tuple[TensionPart, ...] = ()
    pools: tuple[PoolPart, ...] = ()
    problems: tuple[ProblemPart, ...] = ()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        if zone and zone_named(zone) is None:
            raise ValueError("is not a time zone such as Europe/London")
        return zone


def read_company(content: bytes) -> Company:
    """The company in a company.json; raises TransferFault with the place of each fault."""
    try:
        return Company.model_validate_json(content)
    except ValidationError as error:
        raise unreadable(
            [f"{'.'.join(map(str, fault['loc'])) or 'file'}: {fault['msg']}" for fault in error.errors()]
        ) from error


def unreadable(faults: list[str]) -> TransferFault:
    """The refusal of a file with these faults, each told with its place."""
    return TransferFault(f"company.json cannot be read: {'; '.join(faults)}.")
