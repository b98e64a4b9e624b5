"""`concord export`."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.commands.opening import opened, workspace_of
from bot.printing import Screen, counted
from bot.settings import Settings
from planning.findings.values import Kind, State
from planning.register import Register
from planning.transfer.exporting import Format, export_files
from planning.transfer.naming import known_in
from planning.transfer.readings.telling import Readings

_ALL = 10_000_000
_EVER = datetime(1, 1, 2, tzinfo=UTC)


def run_export(settings: Settings, folder: Path, form: Format, workspace: str | None, *, as_json: bool) -> None:
    """Write everything that a workspace has into a folder."""
    screen, now = Screen(), datetime.now(UTC)
    with opened(settings) as database, workspace_of(database, workspace).reading() as register:
        files = exported(register, now, form)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        _write(folder / name, text)
    if as_json:
        screen.json({"folder": str(folder), "files": list(files)})
    else:
        screen.line(f"Wrote {counted(len(files), 'file')} to {folder}: {', '.join(files)}.")


def exported(register: Register, now: datetime, form: Format = Format.CSV) -> dict[str, str]:
    """File name → content, of everything."""
    findings = [
        finding for kind in Kind for finding in register.findings.page(kind, now, _ALL, states=tuple(State)).items
    ]
    ordered = sorted(findings, key=lambda finding: finding.id)
    entries, readings = register.audit.since(None), Readings.of(register)
    check_ins = register.check_ins.since(_EVER)
    return export_files(known_in(register), ordered, entries, now, form, readings, check_ins)


def _write(path: Path, text: str) -> None:
    """The whole file or the old one, never a half."""
    with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, delete=False) as file:
        file.write(text)
    Path(file.name).replace(path)
