"""What every command needs: the settings, the database, a workspace, and faults told in plain words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError
from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.encoder import EncoderFilesError
from bot.settings import Settings
from db.database import Database, open_database
from db.migrating import current, pending, upgrade
from planning.errors import PlanningError
from planning.journey.values import Journey
from planning.metrics.readings import Reading
from planning.register import Registers
from planning.transfer.naming import Known, known_in
from planning.workspace.values import Workspace


class Fault(Exception):
    """What a person is told on stderr; the command ends with `code`: 1 for a fault, 2 for a wrong use."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


@contextmanager
def plainly() -> Iterator[None]:
    """Faults that a person can do something about are told without a traceback."""
    try:
        with _in_our_words():
            yield
    except Fault as fault:
        typer.echo(fault, err=True)
        raise typer.Exit(fault.code) from fault


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except (PlanningError, EncoderFilesError) as error:
        raise Fault(str(error)) from error
    except ArgumentError as error:
        raise Fault("CONCORD_DATABASE_URL is not an address of a database; see .env.example.") from error
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        raise Fault(f"The database refuses: {str(cause).strip()}. `concord doctor` looks closer.") from error
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Fault(f"That did not work: {error}.") from error


def settings_with(overrides: dict[str, Any]) -> Settings:
    """The settings of the environment and `.env`, with what the command line says over them."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        faults = (f"CONCORD_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise Fault("\n".join(faults)) from error


@contextmanager
def opened(settings: Settings, *, encoder: str = "") -> Iterator[Database]:
    """The database of the settings, whose tables must be there and be new enough."""
    url = make_url(settings.database_url)
    if is_missing(url):
        raise Fault(f"There is no register at {shown(url)} yet. `concord import` or `concord run` makes one.")
    database = open_database(url, encoder=encoder)
    try:
        if pending(database.engine):
            raise Fault(
                "The register was written by another version of Concord. Bring it up to date: concord db upgrade"
            )
        yield database
    finally:
        database.close()


@contextmanager
def opened_or_made(settings: Settings, *, encoder: str) -> Iterator[Database]:
    """The database, made when there is none."""
    if is_new(settings):
        upgrade(settings.database_url)
    with opened(settings, encoder=encoder) as database:
        yield database


def known_now(settings: Settings, id: str | None) -> Known:
    """What the workspace with that id, or the only one, has; nothing when it is still to be made."""
    nothing = Known(Workspace(id or "main", ""), (), (), Journey(1))
    if is_new(settings):
        return nothing
    with opened(settings) as database:
        known = [workspace.id for workspace in database.workspaces()]
        if not known or (id is not None and id not in known):
            return nothing
        with workspace_of(database, id).reading() as register:
            return known_in(register)


def readings_now(settings: Settings, id: str | None, metrics: Collection[int]) -> Mapping[int, Sequence[Reading]]:
    """The readings of these metrics in the workspace with that id, or the only one."""
    if not metrics:
        return {}
    with opened(settings) as database, workspace_of(database, id).reading() as register:
        return register.readings.of(*metrics)


def workspace_of(database: Database, id: str | None) -> Registers:
    """The workspace with that id, or the only one."""
    if id is None:
        return database.workspace(None)
    known = [workspace.id for workspace in database.workspaces()]
    if id not in known:
        raise Fault(f"There is no workspace “{id}”. There is: {', '.join(known) or 'none yet'}.")
    return database.registers(id)


def workspace_or_new(database: Database, id: str | None, name: str) -> Registers:
    """The workspace with that id, or the only one; made when there is none."""
    if id is not None or not database.workspaces():
        return database.registers(database.ensure_workspace(id or "main", name=name).id)
    return database.workspace(None)


def is_new(settings: Settings) -> bool:
    """Whether no register was ever made at the address."""
    url = make_url(settings.database_url)
    return is_missing(url) or current(url) is None


def is_missing(url: URL) -> bool:
    """Whether the address is a SQLite file that is not there."""
    return url.get_backend_name() == "sqlite" and bool(url.database) and not Path(str(url.database)).exists()


def shown(url: URL) -> str:
    """The address without its password."""
    return url.render_as_string(hide_password=True)
