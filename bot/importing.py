"""Bringing files into the register: read, decide, encode, then write everything in one transaction."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from planning.findings.refreshing import refresh
from planning.register import Registers
from planning.similarity import Encoder
from planning.transfer.columns import guess_mapping
from planning.transfer.company import Company, read_company
from planning.transfer.importing import plan_import
from planning.transfer.laying import laid_over
from planning.transfer.naming import Known, known_in
from planning.transfer.reading import read_table
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


@dataclass(frozen=True)
class Outcome:
    """What an import did to the company's own settings and to the initiatives."""

    plan: ImportPlan
    result: ImportResult
    company_changed: bool


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
    """Read a CSV file, or a folder with initiatives.csv and company.json; raises TransferFault."""
    file = path / "initiatives.csv" if path.is_dir() else path
    content = _content(file)
    about = _content(path / "company.json") if path.is_dir() else b""
    table = read_table(content)
    name = source or (path.resolve().name if path.is_dir() else path.stem)
    return Incoming(
        table,
        guess_mapping(table, overrides or {}),
        Options(name, today, department, create_stages, fiscal_start),
        read_company(about) if about else None,
        hashlib.sha256(content + about).hexdigest()[:16],
    )


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


def bring_in(
    registers: Registers, incoming: Incoming, encoder: Encoder, now: datetime, progress: Progress | None = None
) -> Outcome:
    """Import it: all of it or, when something goes wrong, nothing."""
    told = progress or (lambda _what, _done, _total: None)
    with registers.reading() as register:
        plan, _ = planned(known_in(register), incoming)
    vectors = _encoded(encoder, texts_to_encode(plan), {}, told)
    with registers.writing() as register:
        known = known_in(register)
        changed = apply_company(register, known, _with_company(known, incoming), None, now)
        known = known_in(register) if changed else known
        plan = plan_import(incoming.table, incoming.mapping, known, incoming.options)
        vectors = _encoded(encoder, texts_to_encode(plan), vectors, told)  # somebody may have changed one meanwhile
        result = apply_import(
            register, plan, vectors, None, now, incoming.fingerprint, lambda done, total: told("Writing", done, total)
        )
        if changed and not result.wrote:
            result = replace(result, findings=refresh(register, now))
    return Outcome(plan, result, changed)


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
