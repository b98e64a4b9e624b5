"""Everything that a workspace has, as files: what an import reads back, and what is only for the record."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from planning.audit.values import Entry
from planning.checkins.values import CheckIn
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.transfer.cells import harmless, listed, piped
from planning.transfer.columns import column_for
from planning.transfer.naming import Known, named
from planning.transfer.readings.telling import NO_READINGS, Readings, readings_told
from planning.transfer.telling import draft_told, entry_told, finding_told
from planning.transfer.telling_check_ins import check_ins_told
from planning.transfer.telling_company import company_told
from planning.transfer.values import Field


class Format(StrEnum):
    """How the initiatives are written; an import reads csv."""

    CSV = "csv"
    JSON = "json"


class _Line:
    """Where the csv module writes: gives the line back."""

    def write(self, line: str) -> str:
        return line


def export_files(
    known: Known,
    findings: Iterable[Finding],
    entries: Iterable[Entry],
    now: datetime,
    form: Format = Format.CSV,
    readings: Readings = NO_READINGS,
    check_ins: Iterable[CheckIn] = (),
) -> dict[str, str]:
    """File name → content."""
    rows = [_row(initiative, known) for initiative in known.by_number.values()]
    initiatives = ("initiatives.csv", _csv(rows)) if form is Format.CSV else ("initiatives.json", _json(rows))
    told = [finding_told(finding, known, finding.state(now)) for finding in findings]
    log = (json.dumps(entry_told(entry, known.people_names), ensure_ascii=False) for entry in entries)
    return {
        initiatives[0]: initiatives[1],
        "company.json": _json(company_told(known)),
        "readings.csv": readings_told(readings.counting, known.metric_names),
        "amended_readings.csv": readings_told(readings.amended, known.metric_names),
        "check_ins.csv": check_ins_told(check_ins, known.people_names),
        "findings.json": _json(told),
        "audit.jsonl": "".join(f"{line}\n" for line in log),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _row(initiative: Initiative, known: Known) -> dict[str, Any]:
    """An initiative by the columns of an export, with its kept columns under `extras`."""
    source, source_id = known.origin(initiative)
    draft = named(initiative.draft, known)
    return {
        Field.REFERENCE: initiative.reference,
        Field.SOURCE: source,
        Field.SOURCE_ID: source_id,
        **draft_told(draft),
        Field.JOINED: f"CX-{initiative.joined}" if initiative.joined else "",
        "extras": dict(draft.extras),
    }


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    extras = list(dict.fromkeys(name for row in rows for name in row["extras"]))
    write = csv.writer(_Line(), lineterminator="\n").writerow
    lines = [write([harmless(cell) for cell in (*Field, *map(column_for, extras))])]
    for row in rows:
        cells = [_cell(row[field]) for field in Field] + [row["extras"].get(name, "") for name in extras]
        lines.append(write([harmless(cell) for cell in cells]))
    return "".join(lines)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return listed(piped(map(str, each.values())) if isinstance(each, dict) else each for each in value)
    return str(value)
