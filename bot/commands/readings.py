"""`concord readings`."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.opening import opened, workspace_of
from bot.commands.reading_previews import counts_told, preview_readings, readings_json
from bot.encoder import open_encoder
from bot.importing import incoming_readings
from bot.printing import Screen
from bot.settings import Settings
from db.database import Database
from planning.metrics.readings import Via
from planning.register import Register
from planning.transfer.readings.values import ReadingOptions, ReadingsPlan
from planning.transfer.readings.writing import IncomingReadings, planned_readings, take_readings
from planning.workspace.hours import day_in


@dataclass(frozen=True)
class ReadingsWish:
    """What the person said on the command line."""

    file: Path
    overrides: dict[str, str]
    new_metrics: bool = False
    fiscal_start: int | None = None
    write: bool = False
    workspace: str | None = None
    json: bool = False


def run_readings(settings: Settings, wish: ReadingsWish) -> None:
    """Show what would be done, do it where that is wished, and tell what was done."""
    screen, now = Screen(), datetime.now(UTC)
    content = wish.file.read_bytes()
    with opened(settings) as database, workspace_of(database, wish.workspace).reading() as register:
        today = day_in(register.workspaces.current().zone, now)
        options = ReadingOptions(today, wish.new_metrics, wish.fiscal_start)
        incoming = incoming_readings(content, options, wish.overrides)
        plan = planned_readings(register, incoming)
    if not wish.json:
        preview_readings(screen, plan, wish.file.name)
    if wish.write and plan.changes:
        screen.aside("Writing the readings, then looking for what follows from them.")
        plan = _written(settings, wish, incoming, now)
    _tell(screen, wish, plan)


def _written(settings: Settings, wish: ReadingsWish, incoming: IncomingReadings, now: datetime) -> ReadingsPlan:
    """The plan as it was carried out: somebody may have recorded a reading since it was shown."""
    encoder = open_encoder(settings.encoder_folder)
    with opened(settings, encoder=encoder.version) as database, _writing(database, wish.workspace) as register:
        plan = planned_readings(register, incoming)
        take_readings(register, plan, Via.FILE, now, wish.file.name)
    return plan


def _writing(database: Database, workspace: str | None) -> AbstractContextManager[Register]:
    return workspace_of(database, workspace).writing()


def _tell(screen: Screen, wish: ReadingsWish, plan: ReadingsPlan) -> None:
    written = wish.write and plan.changes
    if wish.json:
        screen.json({"written": written, **readings_json(plan)})
    elif written:
        screen.line(f"\nTaken in: {counts_told(plan)}.")
    elif wish.write:
        screen.line("\nThere is nothing to write: the register says all of this already, or no line can go in.")
    else:
        screen.line("\nNothing was written. Say --write to take them in.")
