"""Bringing files into the register: read, decide, encode, then write everything in one transaction."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from planning.alerts.announcing import announce
from planning.alerts.values import Alert
from planning.findings.refreshing import refresh
from planning.metrics.readings import Via
from planning.register import Register, Registers
from planning.similarity import Encoder
from planning.transfer.columns import guess_mapping
from planning.transfer.company import Company, read_company
from planning.transfer.doubting import doubts
from planning.transfer.importing import plan_import
from planning.transfer.laying import laid_over
from planning.transfer.naming import Known, known_in
from planning.transfer.reading import read_table
from planning.transfer.readings.columns import reading_columns
from planning.transfer.readings.deciding import Present, plan_readings
from planning.transfer.readings.telling import OWN_HEADER
from planning.transfer.readings.values import ReadingOptions, ReadingsPlan
from planning.transfer.readings.writing import IncomingReadings, keep_readings, planned_readings
from planning.transfer.settling import apply_company
from planning.transfer.values import ColumnMap, ImportPlan, Options, Table, TransferFault
from planning.transfer.writing import ImportResult, Vectors, apply_import, texts_to_encode

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, of how much."""
_AT_ONCE = 64


@dataclass(frozen=True)
class Incoming:
    """What was read from a file or a folder, and how it is to be understood."""

    table: Table
    mapping: ColumnMap
    options: Options
    company: Company | None
    fingerprint: str
    readings: IncomingReadings | None = None


@dataclass(frozen=True)
class Outcome:
    """What an import did to the company's own settings and to the initiatives, and who is told of which overlap."""

    plan: ImportPlan
    result: ImportResult
    company_changed: bool
    readings: ReadingsPlan | None = None
    told: tuple[Alert, ...] = ()


class _TakenBack(Exception):
    """What was done is not to be kept."""


def read_path(
    path: Path,
    today: date,
    *,
    overrides: Mapping[str, str] | None = None,
    source: str = "",
    department: str = "",
    create_stages: bool = False,
    fiscal_start: int | None = None,
) -> Incoming:
    """A CSV file, or a folder with initiatives.csv, company.json and perhaps readings.csv; raises TransferFault."""
    file = path / "initiatives.csv" if path.is_dir() else path
    content = _content(file)
    about = _content(path / "company.json") if path.is_dir() else b""
    measured = _beside(path / "readings.csv") if path.is_dir() else b""
    table = read_table(content)
    name = source or (path.resolve().name if path.is_dir() else path.stem)
    return Incoming(
        table,
        guess_mapping(table, overrides or {}),
        Options(name, today, department, create_stages, fiscal_start),
        read_company(about) if about else None,
        hashlib.sha256(content + about + measured).hexdigest()[:16],
        incoming_readings(measured, ReadingOptions(today, fiscal_start=fiscal_start)) if measured else None,
    )


def _beside(file: Path) -> bytes:
    """What a file holds that need not be there; one without readings, as an export may write, holds nothing."""
    content = file.read_bytes() if file.exists() else b""
    return b"" if content.strip() == OWN_HEADER else content


def incoming_readings(
    content: bytes, options: ReadingOptions, overrides: Mapping[str, str] | None = None
) -> IncomingReadings:
    """What a file of readings holds; raises TransferFault."""
    table = read_table(content)
    mapping = reading_columns(table.columns, overrides or {}, new_metrics=options.new_metrics)
    return IncomingReadings(table, mapping, options)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise TransferFault(f"There is no file {file}. A folder needs initiatives.csv and company.json.") from error
    except IsADirectoryError as error:
        raise TransferFault(f"{file} is a folder where a file should be.") from error


def planned(known: Known, incoming: Incoming) -> tuple[ImportPlan, bool]:
    """What importing it would do, and whether it would change the company's settings."""
    after = _with_company(known, incoming)
    return plan_import(incoming.table, incoming.mapping, after, incoming.options), after != known


def planned_beside(known: Known, incoming: Incoming, present: Present) -> ReadingsPlan | None:
    """What the readings of the folder would do."""
    if incoming.readings is None:
        return None
    after, readings = _with_company(known, incoming), incoming.readings
    return plan_readings(readings.table, readings.mapping, after, present, readings.options)


def doubted(known: Known, incoming: Incoming) -> list[str]:
    """What the company's file says that may be meant otherwise."""
    return [] if incoming.company is None else [*doubts(incoming.company, _with_company(known, incoming))]


def bring_in(
    registers: Registers,
    incoming: Incoming,
    encoder: Encoder,
    now: datetime,
    progress: Progress | None = None,
    *,
    keep: bool = True,
) -> Outcome:
    """Import it: all of it or, when something goes wrong, nothing; not to `keep` it tells what would be done."""
    said = progress or (lambda _what, _done, _total: None)
    with registers.reading() as register:
        plan, _ = planned(known_in(register), incoming)
    vectors = _encoded(encoder, texts_to_encode(plan), {}, said)
    with suppress(_TakenBack), registers.writing() as register:
        outcome = _write(register, incoming, encoder, vectors, now, said)
        if not keep:
            raise _TakenBack
    return outcome


def _write(
    register: Register, incoming: Incoming, encoder: Encoder, vectors: Vectors, now: datetime, said: Progress
) -> Outcome:
    known = known_in(register)
    changed = apply_company(register, known, _with_company(known, incoming), None, now)
    known = known_in(register) if changed else known
    readings = _keep_readings(register, incoming, now)
    plan = plan_import(incoming.table, incoming.mapping, known, incoming.options)
    vectors = _encoded(encoder, texts_to_encode(plan), vectors, said)  # somebody may have changed one meanwhile
    result = apply_import(
        register, plan, vectors, None, now, incoming.fingerprint, lambda done, total: said("Writing", done, total)
    )
    if (changed or (readings and readings.changes)) and not result.wrote:
        result = replace(result, findings=refresh(register, now))
    told = announce(register, result.findings, None, now, together=True)
    return Outcome(plan, result, changed, readings, tuple(told))


def _keep_readings(register: Register, incoming: Incoming, now: datetime) -> ReadingsPlan | None:
    """Those of the folder; who writes its rows looks for what follows."""
    if incoming.readings is None:
        return None
    plan = planned_readings(register, incoming.readings)
    keep_readings(register, plan, Via.FILE, now, incoming.options.source)
    return plan


def import_folder(registers: Registers, folder: Path, encoder: Encoder, now: datetime) -> Outcome:
    """Read a company's folder whole."""
    return bring_in(registers, read_path(folder, now.date()), encoder, now)


def _with_company(known: Known, incoming: Incoming) -> Known:
    return known if incoming.company is None else laid_over(known, incoming.company)


def _encoded(encoder: Encoder, texts: Sequence[str], known: Vectors, progress: Progress) -> Vectors:
    missing = [text for text in texts if text not in known]
    vectors = dict(known)
    if missing:
        progress("Reading the texts", 0, len(missing))
    for start in range(0, len(missing), _AT_ONCE):
        some = missing[start : start + _AT_ONCE]
        vectors.update(zip(some, encoder.encode(some), strict=True))
        progress("Reading the texts", start + len(some), len(missing))
    return vectors
