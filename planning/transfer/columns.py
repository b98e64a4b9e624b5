"""Which column of a file holds what: told by its owner, or guessed by its name."""

from collections.abc import Mapping

from planning.transfer.cells import worded
from planning.transfer.values import OWN_FIELDS, ColumnMap, Field, Table, TransferFault

EXTRA = "extra: "
"""Written before a kept column whose name is one of ours, so that both come back."""

SYNONYMS: dict[Field, tuple[str, ...]] = {
    Field.SOURCE_ID: (
        "source id", "id", "project id", "initiative id", "external id", "record id", "issue key", "key", "ref",
        "reference", "project reference", "reference number", "project number", "project code", "code", "ticket",
        "ticket id", "number", "uid", "uuid", "goal id", "use case id", "no",
    ),
    Field.DEPARTMENT: (
        "department", "dept", "department name", "owning department", "responsible department", "lead department",
        "silo", "business unit", "bu", "division", "directorate", "function", "business area", "unit", "agency",
        "organisation", "organization", "organisation unit", "team", "owning team", "area", "group", "portfolio",
        "entity",
    ),
    Field.OWNER: (
        "owner", "project owner", "initiative owner", "owner name", "lead", "project lead", "initiative lead",
        "project manager", "programme manager", "program manager", "pm", "manager", "assignee", "assigned to",
        "responsible", "responsible person", "accountable", "contact", "contact person", "senior responsible owner",
        "sro", "sponsor",
    ),
    Field.TITLE: (
        "title", "name", "project name", "project title", "initiative", "initiative name", "initiative title",
        "project", "programme", "programme name", "program", "program name", "summary", "headline", "subject",
        "use case name", "use case", "goal name", "goal", "task name", "task", "item",
    ),
    Field.PROBLEM: (
        "problem", "customer problem", "problem statement", "description", "project description", "description aims",
        "details", "detail", "objective", "objectives", "purpose", "scope", "why", "what", "background", "need",
        "customer need", "abstract", "goal statement", "notes", "text", "summary",
    ),
    Field.STATUS: (
        "status", "project status", "state", "stage of development", "lifecycle", "lifecycle stage",
        "development stage", "delivery status", "rag", "rag status", "delivery confidence", "health", "progress",
        "phase", "current status",
    ),
    Field.START: (
        "start", "start date", "starts on", "starts", "begin", "begin date", "begins", "from", "project start date",
        "project start", "planned start", "planned start date", "actual start", "kick off", "kickoff", "date initiated",
        "commencement date", "launch date",
    ),
    Field.END: (
        "end", "end date", "ends on", "ends", "due", "due date", "finish", "finish date", "until", "to", "deadline",
        "target date", "target end date", "planned end", "planned end date", "project end date", "project end",
        "completion date", "planned completion date", "estimated completion date", "delivery date",
    ),
    Field.MOVABLE_FROM: ("movable from", "may be moved from", "earliest start", "earliest start date", "not before"),
    Field.MOVABLE_UNTIL: ("movable until", "may be moved until", "latest end", "latest end date", "not after"),
    Field.STAGES: (
        "stages", "stage", "journey stage", "journey stages", "customer journey stage", "customer journey",
        "touches stages",
    ),
    Field.SEGMENTS: (
        "segments", "segment", "customer segment", "customer segments", "audience", "audiences", "target audience",
        "target group", "customers", "customer group",
    ),
    Field.TOUCHPOINTS: (
        "touchpoints", "touchpoint", "touch points", "touch point", "channel", "channels", "customer channels",
    ),
    Field.CONTACTS: ("contacts", "planned contacts", "communications", "customer contacts"),
    Field.EFFECTS: ("metric effects", "effects on metrics"),
    Field.REQUESTS: ("requests", "resource requests"),
    Field.LINKS: ("links", "link", "url", "urls", "web page", "website", "href", "hyperlink"),
    Field.SERVES: ("serves problem", "serves", "customer problem served"),
    Field.SUPPLIES: ("supplies", "supplies parts"),
}  # fmt: skip
_ALIASES = {"description": Field.PROBLEM, "link": Field.LINKS, "id": Field.SOURCE_ID}
"""Other names that people may use with --map."""


def guess_mapping(table: Table, overrides: Mapping[str, str]) -> ColumnMap:
    """Field → column: as told by `overrides` (an empty column means none), else ours by name, else by synonyms."""
    own = _own(table.columns)
    places = dict(own)
    told = {_field(name): _place(name, column, table.columns) for name, column in overrides.items()}
    places |= {field: place for field, place in told.items() if place is not None}
    for field, names in SYNONYMS.items():
        if field not in places and field not in told:
            _guess(field, names, table.columns, places)
    if Field.TITLE not in places:
        raise TransferFault(f"No column looks like the title. {_columns_there(table.columns)} {_HOW}")
    used = set(places.values())
    kept = {name: at for at, name in enumerate(table.columns) if at not in used}
    return ColumnMap(places, {name.removeprefix(EXTRA): at for name, at in kept.items()} if own else kept)


def column_for(name: str) -> str:
    """What a kept column is called in an export."""
    return f"{EXTRA}{name}" if worded(name) in _OURS or name.startswith(EXTRA) else name


def _own(columns: tuple[str, ...]) -> dict[Field, int]:
    """The fields of a file that Concord wrote, which says where each row came from first."""
    at = {name: place for place, name in enumerate(columns)}
    if not {Field.REFERENCE, Field.SOURCE, Field.SOURCE_ID} <= at.keys():
        return {}
    return {field: at[field] for field in Field if field in at}


def _guess(field: Field, names: tuple[str, ...], columns: tuple[str, ...], places: dict[Field, int]) -> None:
    free = {worded(name): place for place, name in reversed(list(enumerate(columns))) if place not in places.values()}
    found = next((name for name in names if name in free), None)
    if found is not None:
        places[field] = free[found]


def _field(name: str) -> Field:
    wanted = worded(name).replace(" ", "_")
    if wanted in _ALIASES:
        return _ALIASES[wanted]
    if wanted not in list(Field) or Field(wanted) in OWN_FIELDS:
        fields = ", ".join(field for field in Field if field not in OWN_FIELDS)
        raise TransferFault(f"There is no field “{name}” to map to. The fields are: {fields}.")
    return Field(wanted)


def _place(name: str, column: str, columns: tuple[str, ...]) -> int | None:
    if not column.strip():
        return None
    found = [place for place, known in enumerate(columns) if known == column] or [
        place for place, known in enumerate(columns) if worded(known) == worded(column)
    ]
    if not found:
        raise TransferFault(f"There is no column “{column}” for {name}. {_columns_there(columns)}")
    return found[0]


def _columns_there(columns: tuple[str, ...]) -> str:
    return f"The file has: {', '.join(columns)}."


_HOW = f"Say which with --map title=COLUMN. The fields are: {', '.join(f for f in Field if f not in OWN_FIELDS)}."
_OURS = frozenset(worded(field) for field in Field)
