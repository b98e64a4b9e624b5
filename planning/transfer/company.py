"""A company's own file: its departments, people, journey, segments and touchpoints."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from planning.transfer.naming import short_name
from planning.transfer.values import TransferFault
from planning.workspace.values import AlertsTo, Role


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
    weight: int = Field(3, ge=1, le=5)
    owner: str | None = None


class SegmentPart(_Part):
    """A group of customers and the larger one that it is part of."""

    name: str = Field(min_length=1)
    parent: str | None = None


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

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        try:
            return zone and ZoneInfo(zone).key
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is not a time zone such as Europe/London") from error


def read_company(content: bytes) -> Company:
    """The company in a company.json; raises TransferFault with the place of each fault."""
    try:
        return Company.model_validate_json(content)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'file'}: {fault['msg']}" for fault in error.errors())
        raise TransferFault(f"company.json cannot be read: {faults}.") from error
