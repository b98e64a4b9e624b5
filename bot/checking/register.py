"""Whether the register can be worked with, what it lacks, and what is stuck in it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.checking.values import Check, Health, told
from bot.checking.walls import wall_checks
from bot.commands.opening import is_missing, shown, workspace_of
from bot.settings import Settings
from db.database import Database, open_database
from db.migrating import Tables, revision_of, standing
from planning.errors import PlanningError
from planning.outbox.values import Delivery
from planning.register import Register
from planning.schedules.values import OccurrenceState, Schedule, ScheduleKind
from planning.workspace.rights import Who, among

STUCK = {str(Delivery.FAILED): "did not arrive", str(Delivery.UNCERTAIN): "may or may not have arrived"}


def register_checks(settings: Settings, workspace: str | None) -> Iterator[Check]:
    """Whether the database answers, and what is in it."""
    try:
        url = make_url(settings.database_url)
    except ArgumentError:
        yield Check(
            "Database", Health.MISSING, "its address cannot be read", "Set CONCORD_DATABASE_URL; see .env.example."
        )
        return
    if is_missing(url):
        yield Check(
            "Database", Health.ADVICE, f"{shown(url)} is not there yet", "`concord run` and `concord import` make it."
        )
        return
    database = open_database(url)
    try:
        yield from _tables(database, shown(url), workspace)
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        yield Check(
            "Database", Health.MISSING, f"{shown(url)} does not answer: {cause}", "Is it running and the address right?"
        )
    finally:
        database.close()


def _tables(database: Database, address: str, workspace: str | None) -> Iterator[Check]:
    found = standing(database.engine)
    where = f"{address}, revision {revision_of(database.engine) or 'none'}"
    if found is Tables.BEHIND:
        yield Check("Database", Health.MISSING, f"{where}, is of an older version", "Run: concord db upgrade")
        return
    if found is Tables.NEWER:
        yield Check("Database", Health.ADVICE, f"{where}, is of a newer version", "Bring this program up to date.")
    else:
        yield Check("Database", Health.OK, where)
    yield from wall_checks(database.engine)
    yield _outbox(database)
    if workspace is None and len(database.workspaces()) > 1:
        yield Check("Workspace", Health.OK, "there are several", _SEVERAL)
        return
    try:
        with workspace_of(database, workspace).reading() as register:
            yield from _set_up(register)
    except PlanningError as error:
        remedy = "It is made when Concord first connects to Slack, or is installed there."
        yield Check("Workspace", Health.ADVICE, str(error), remedy)


def _set_up(register: Register) -> Iterator[Check]:
    workspace, people = register.workspaces.current(), register.people.all()
    yield Check("Workspace", Health.OK, f"{workspace.name} ({workspace.id})")
    stewards = [person.name for person in among(people, Who.STEWARD)]
    yield told("Steward", ", ".join(stewards), "Type /cx setup in Slack; the first who does can become steward.")
    departments = register.departments.all()
    yield told("Departments", ", ".join(d.name for d in departments), "Add them with /cx setup, or import a file.")
    reachable = {person.department for person in among(people, Who.LEAD) if person.reachable}
    leaderless = [department.name for department in departments if department.id not in reachable]
    if leaderless:
        found = f"nobody in Slack leads {', '.join(leaderless)}"
        yield Check("Leads", Health.ADVICE, found, "Name them with /cx setup; alerts need somebody to go to.")
    stages = ", ".join(stage.name for stage in register.journeys.current().stages)
    yield told("Journey", stages, "Name its stages with /cx setup, or import a company's folder.")
    schedules = ", ".join(str(schedule) for schedule in register.schedules.all([ScheduleKind.EXECUTIVE]))
    yield told("Digest", schedules, "Choose its channel and time with /cx setup.")
    yield from _schedules(register)


def _outbox(database: Database) -> Check:
    stuck = {pile.sort: pile.count for pile in database.backlog(datetime.now(UTC)).messages if pile.sort in STUCK}
    if not stuck:
        return Check("Outbox", Health.OK, "nothing is stuck")
    found = ", ".join(f"{count} {STUCK[sort]}" for sort, count in stuck.items())
    remedy = "See which and why: concord outbox list --state stuck, or the Home tab of a steward in Slack."
    return Check("Outbox", Health.ADVICE, found, remedy)


def _schedules(register: Register) -> Iterator[Check]:
    every = register.schedules.all()
    latest = register.schedules.latest([schedule.id for schedule in every])
    failed = [one for one in every if one.id in latest and latest[one.id].state is OccurrenceState.FAILED]
    paused = [one for one in every if one.paused]
    found = [_of_kinds(failed, "failed the last time"), _of_kinds(paused, "paused")]
    if not failed and not paused:
        yield Check("Schedules", Health.OK, f"{len(every)}, none paused, none failed the last time")
    else:
        yield Check("Schedules", Health.ADVICE, "; ".join(filter(None, found)), "Look at them with /cx schedules.")


_SEVERAL = "How one is set up: concord doctor --workspace ID, as `concord workspaces` prints it."


def _of_kinds(schedules: Sequence[Schedule], how: str) -> str:
    kinds = ", ".join(sorted({str(schedule.kind) for schedule in schedules}))
    return f"{len(schedules)} {how} ({kinds})" if schedules else ""
