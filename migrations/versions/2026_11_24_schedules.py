"""What steadiness needs: schedules of every kind, occurrences that are claimed, check-ins, work that waits, paces.

Replicas of the release before go on beside it: every column that they read stays, and what is new to them is not due
in the columns that they know.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "2026_11_24_schedules"
down_revision = "2026_11_23_plans"
branch_labels = None
depends_on = None

MADE = ("check_ins", "detections")
NEW_MESSAGES = ("department_digest", "check_in", "stuck")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OPEN = sa.text("state IN ('due', 'running')")
RUNS = sa.text("NOT paused")
DUE_INDEXES = {"ix_schedules_due_at": ["due_at"], "ix_schedules_workspace_due_at": ["workspace_id", "due_at"]}


def upgrade() -> None:
    """Make the new columns and tables; what was due weekly is due by a cron, mornings are schedules of their own."""
    with op.batch_alter_table("schedules") as batch:
        batch.add_column(sa.Column("kind", sa.String(40), nullable=False, server_default="executive"))
        batch.add_column(sa.Column("subject", sa.Integer, nullable=False, server_default="0"))
        batch.add_column(sa.Column("cron", sa.Text, nullable=False, server_default=""))
        batch.add_column(moment("due_at", nullable=True))
        batch.add_column(moment("skips_at", nullable=True))
        for name in ("weekday", "hour", "minute"):
            batch.alter_column(name, existing_type=sa.Integer, existing_nullable=False, server_default="0")
        batch.alter_column("next_due_at", existing_type=sa.DateTime(timezone=True), nullable=True)
    with op.batch_alter_table("occurrences") as batch:
        batch.add_column(sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
        batch.add_column(sa.Column("failures", sa.Integer, nullable=False, server_default="0"))
        batch.add_column(moment("leased_until", nullable=True))
        batch.add_column(moment("not_before", nullable=True))
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(moment("shown_at", nullable=True))
    with op.batch_alter_table("preferences") as batch:
        batch.alter_column("morning", existing_type=sa.Boolean, existing_nullable=False, server_default=sa.false())
    keep_only_one_schedule()
    keep_weekly()
    keep_mornings()
    with op.batch_alter_table("schedules") as batch:
        batch.create_unique_constraint("uq_schedules_workspace_id_kind_subject", ["workspace_id", "kind", "subject"])
    for name, columns in DUE_INDEXES.items():
        op.create_index(name, "schedules", columns, sqlite_where=RUNS, postgresql_where=RUNS)
    open_columns = ["workspace_id", "due_at"]
    op.create_index("ix_occurrences_open", "occurrences", open_columns, sqlite_where=OPEN, postgresql_where=OPEN)
    index("outbox", "workspace_id", "address", "shown_at")
    make_tables()


def downgrade() -> None:
    """Take it back: only the executives' digest stays, and who had a list each morning has it again."""
    give_mornings_back()
    give_weekly_back()
    outbox = sa.table("outbox", sa.column("kind"))
    op.get_bind().execute(sa.delete(outbox).where(outbox.c.kind.in_(NEW_MESSAGES)))
    for name in ("paces", "detections", "check_ins"):
        op.drop_table(name)
    op.drop_index("ix_outbox_workspace_id_address_shown_at", "outbox")
    op.drop_index("ix_occurrences_open", "occurrences")
    for name in DUE_INDEXES:
        op.drop_index(name, "schedules")
    with op.batch_alter_table("preferences") as batch:
        batch.alter_column("morning", existing_type=sa.Boolean, existing_nullable=False, server_default=None)
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("shown_at")
    with op.batch_alter_table("occurrences") as batch:
        for name in ("not_before", "leased_until", "failures", "attempts"):
            batch.drop_column(name)
    with op.batch_alter_table("schedules") as batch:
        batch.drop_constraint("uq_schedules_workspace_id_kind_subject", type_="unique")
        batch.alter_column("next_due_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        for name in ("minute", "hour", "weekday"):
            batch.alter_column(name, existing_type=sa.Integer, existing_nullable=False, server_default=None)
        for name in ("skips_at", "due_at", "cron", "subject", "kind"):
            batch.drop_column(name)
    counters = sa.table("counters", sa.column("name"))
    op.get_bind().execute(sa.delete(counters).where(counters.c.name.in_(MADE)))


def keep_only_one_schedule() -> None:
    """A workspace had one by the form; should a second one have been written by hand, it becomes a pause of itself."""
    connection = op.get_bind()
    second = (
        SCHEDULES.c.id
        > sa.select(sa.func.min(FIRST.c.id)).where(FIRST.c.workspace_id == SCHEDULES.c.workspace_id).scalar_subquery()
    )
    connection.execute(sa.update(SCHEDULES).where(second).values(subject=-SCHEDULES.c.id, paused=True))


def keep_weekly() -> None:
    """The executives' digest, as a cron."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(SCHEDULES)).mappings().all():
        cron = f"{row['minute']} {row['hour']} * * {WEEKDAYS[row['weekday']]}"
        connection.execute(sa.update(SCHEDULES).where(*same(row)).values(cron=cron, due_at=row["next_due_at"]))


def keep_mornings() -> None:
    """Each person who wants a list in the morning has a schedule, due when their next day of work begins."""
    connection = op.get_bind()
    now = datetime.now(UTC)
    for row in connection.execute(sa.select(WANTING)).mappings().all():
        begins = time.fromisoformat(row["begins"])
        days = ",".join(WEEKDAYS[int(day)] for day in sorted(row["weekdays"])) or "*"
        number = next_number(row["workspace_id"], "schedules")
        connection.execute(
            sa.insert(SCHEDULES).values(
                workspace_id=row["workspace_id"],
                id=number,
                kind="personal",
                subject=row["person_id"],
                channel="",
                cron=f"{begins.minute} {begins.hour} * * {days}",
                zone=str(zone_of(row["zone"])),
                due_at=next_morning(begins, {int(day) for day in row["weekdays"]}, zone_of(row["zone"]), now),
                paused=False,
                next_due_at=None,
            )
        )


def give_mornings_back() -> None:
    """Who has a list that is not paused wants one."""
    connection = op.get_bind()
    wanting = sa.select(SCHEDULES.c.subject).where(
        SCHEDULES.c.workspace_id == PREFERENCES.c.workspace_id,
        SCHEDULES.c.kind == "personal",
        SCHEDULES.c.subject == PREFERENCES.c.person_id,
        ~SCHEDULES.c.paused,
    )
    connection.execute(sa.update(PREFERENCES).values(morning=sa.exists(wanting)))


def give_weekly_back() -> None:
    """The other schedules go, with their occurrences; what was not done yet is due again."""
    connection = op.get_bind()
    kept = sa.select(SCHEDULES.c.id).where(
        SCHEDULES.c.workspace_id == OCCURRENCES.c.workspace_id, SCHEDULES.c.kind == "executive"
    )
    connection.execute(sa.delete(OCCURRENCES).where(OCCURRENCES.c.schedule_id.not_in(kept)))
    connection.execute(sa.delete(SCHEDULES).where(SCHEDULES.c.kind != "executive"))
    waiting = OCCURRENCES.c.state.in_(("due", "running"))
    for row in connection.execute(sa.select(OCCURRENCES).where(waiting)).mappings().all():
        mine = (SCHEDULES.c.workspace_id == row["workspace_id"], SCHEDULES.c.id == row["schedule_id"])
        connection.execute(sa.update(SCHEDULES).where(*mine).values(due_at=row["due_at"]))
    connection.execute(sa.delete(OCCURRENCES).where(waiting))
    connection.execute(sa.update(OCCURRENCES).where(OCCURRENCES.c.state == "failed").values(state="skipped"))
    connection.execute(sa.update(SCHEDULES).values(next_due_at=SCHEDULES.c.due_at))


def make_tables() -> None:
    """Check-ins, detection that waits, and how fast Slack may be called."""
    refers = {"initiative_id": "initiatives", "person_id": "people"}
    numbered(
        "check_ins",
        *(number(name) for name in refers),
        moment("asked_at"),
        sa.Column("answer", sa.String(40)),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        moment("answered_at", nullable=True),
        *(within("check_ins", name, table) for name, table in refers.items()),
        sa.UniqueConstraint(
            "workspace_id", "initiative_id", "asked_at", name="uq_check_ins_workspace_id_initiative_id_asked_at"
        ),
    )
    index("check_ins", "workspace_id", "person_id")
    numbered(
        "detections",
        moment("queued_at"),
        sa.Column("change", sa.JSON, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        moment("not_before", nullable=True),
        moment("leased_until", nullable=True),
    )
    op.create_table(
        "paces",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        moment("free_at"),
        moment("held_until", nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_paces_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "method", name="pk_paces"),
    )


def next_number(workspace: str, table: str) -> int:
    """The next number of a table in a workspace."""
    connection = op.get_bind()
    mine = (COUNTERS.c.workspace_id == workspace, COUNTERS.c.name == table)
    last = connection.execute(sa.select(COUNTERS.c.last).where(*mine)).scalar()
    if last is None:
        connection.execute(sa.insert(COUNTERS).values(workspace_id=workspace, name=table, last=1))
        return 1
    connection.execute(sa.update(COUNTERS).where(*mine).values(last=last + 1))
    return int(last) + 1


def next_morning(begins: time, weekdays: set[int], zone: tzinfo, now: datetime) -> datetime:
    """The first time after now at which a day of work begins there, in UTC."""
    today = now.astimezone(zone).date()
    coming = (datetime.combine(day, begins, zone).astimezone(UTC) for day in days_from(today) if works(day, weekdays))
    return next(at for at in coming if at > now)


def works(day: date, weekdays: set[int]) -> bool:
    """Whether it is a day of work; all are where none was chosen."""
    return not weekdays or day.weekday() in weekdays


def days_from(first: date) -> Iterator[date]:
    """Two weeks of days."""
    return (first + timedelta(days=ahead) for ahead in range(15))


def zone_of(name: str) -> tzinfo:
    """The zone of that name; UTC where it is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def same(row: Mapping[Any, Any]) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """The schedule of a row."""
    return SCHEDULES.c.workspace_id == row["workspace_id"], SCHEDULES.c.id == row["id"]


def numbered(table: str, *items: SchemaItem) -> None:
    """A table whose rows have a number in their workspace."""
    op.create_table(
        table,
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id"),
        *items,
        sa.PrimaryKeyConstraint("workspace_id", "id", name=f"pk_{table}"),
    )


def within(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    """A foreign key that cannot leave the workspace."""
    target = [f"{referred}.workspace_id", f"{referred}.id"]
    return sa.ForeignKeyConstraint(["workspace_id", column], target, name=f"fk_{table}_workspace_id_{column}")


def index(table: str, *columns: str) -> None:
    """An index under the name that the models give it."""
    op.create_index("_".join(("ix", table, *columns)), table, [*columns])


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A point in time."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def number(name: str) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=False, autoincrement=False)


SCHEDULES = sa.table(
    "schedules",
    *(sa.column(name) for name in ("workspace_id", "id", "kind", "subject", "channel", "cron", "zone")),
    *(sa.column(name, sa.Integer) for name in ("weekday", "hour", "minute")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("due_at", "next_due_at")),
    sa.column("paused", sa.Boolean),
)
FIRST = SCHEDULES.alias()
OCCURRENCES = sa.table(
    "occurrences",
    *(sa.column(name) for name in ("workspace_id", "id", "schedule_id", "state")),
    sa.column("due_at", sa.DateTime(timezone=True)),
)
PREFERENCES = sa.table(
    "preferences",
    *(sa.column(name) for name in ("workspace_id", "person_id", "begins")),
    sa.column("morning", sa.Boolean),
    sa.column("weekdays", sa.JSON),
)
PEOPLE = sa.table("people", *(sa.column(name) for name in ("workspace_id", "id", "zone")))
COUNTERS = sa.table("counters", *(sa.column(name) for name in ("workspace_id", "name", "last")))
WANTING = (
    sa.select(PREFERENCES, PEOPLE.c.zone)
    .join(PEOPLE, sa.and_(PEOPLE.c.workspace_id == PREFERENCES.c.workspace_id, PEOPLE.c.id == PREFERENCES.c.person_id))
    .where(PREFERENCES.c.morning)
).subquery()
