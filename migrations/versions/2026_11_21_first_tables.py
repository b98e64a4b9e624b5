"""The first tables: the record, the findings, the outbox, the schedules and the audit log."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "2026_11_21_first_tables"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    *("workspaces", "counters", "departments", "people", "stages", "segments", "touchpoints", "initiatives"),
    *("initiative_stages", "initiative_segments", "initiative_touchpoints", "initiative_links", "initiative_contacts"),
    *("findings", "finding_members", "outbox", "schedules", "occurrences", "audit"),
)

SQLITE_APPEND_ONLY = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
)
POSTGRESQL_APPEND_ONLY = (
    """
    CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()
    """,
)


def upgrade() -> None:
    """Create all tables."""
    workspaces()
    departments_and_people()
    journey()
    initiatives()
    initiative_links()
    findings()
    outbox()
    schedules()
    audit()


def downgrade() -> None:
    """Drop all tables with what is in them."""
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append_only()")


def workspaces() -> None:
    """The tenants, and the last number of each of their tables."""
    op.create_table(
        "workspaces",
        text("id"),
        text("name"),
        text("zone"),
        text("slack_id", nullable=True),
        json("extras"),
        sa.Column("journey_version", sa.Integer, nullable=False, server_default="1"),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
        sa.UniqueConstraint("slack_id", name="uq_workspaces_slack_id"),
    )
    owned("counters", ["name"], text("name"), number("last"))


def departments_and_people() -> None:
    """Who takes part."""
    channel = (text("channel_name", nullable=True), text("channel_id", nullable=True))
    numbered("departments", text("name"), text("folded"), *channel, word("alerts_to"), unique("departments", "name"))
    numbered(
        "people",
        text("name"),
        text("folded"),
        text("slack_id", nullable=True),
        number("department_id", nullable=True),
        text("zone"),
        json("roles"),
        within("people", "department_id", "departments"),
        unique("people", "slack_id"),
    )


def journey() -> None:
    """Stages, segments and touchpoints; only the stages that are not retired need a name of their own."""
    texts = (text("name"), text("folded"), text("definition"), text("customer_goal"), text("intent"))
    numbers = (number("position"), number("weight"), number("owner_id", nullable=True))
    retired = sa.Column("retired", sa.Boolean, nullable=False)
    numbered("stages", *texts, *numbers, retired, within("stages", "owner_id", "people"))
    current = sa.text("NOT retired")
    keys = ["workspace_id", "name"]
    op.create_index(
        "uq_stages_workspace_id_name", "stages", keys, unique=True, sqlite_where=current, postgresql_where=current
    )
    names = (text("name"), text("folded"))
    parent = (number("parent_id", nullable=True), within("segments", "parent_id", "segments"))
    numbered("segments", *names, *parent, unique("segments", "name"))
    numbered("touchpoints", text("name"), unique("touchpoints", "name"))


def initiatives() -> None:
    """The initiatives, with the vectors of their texts."""
    people = ("owner_id", "registered_by")
    numbered(
        "initiatives",
        *(text(name) for name in ("title", "problem", "folded")),
        number("department_id"),
        *(number(name, nullable=True) for name in (*people, "joined_id")),
        word("status"),
        *(sa.Column(name, sa.Date) for name in ("starts_on", "ends_on")),
        text("serves"),
        json("extras"),
        *(moment(name) for name in ("registered_at", "changed_at")),
        *(text(name, nullable=True) for name in ("source", "source_id")),
        text("encoder"),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        within("initiatives", "department_id", "departments"),
        *(within("initiatives", name, "people") for name in people),
        within("initiatives", "joined_id", "initiatives"),
        unique("initiatives", "source", "source_id"),
    )
    for column in ("status", "department_id", "owner_id"):
        index("initiatives", "workspace_id", column)


def initiative_links() -> None:
    """What initiatives name, in the order in which they name it."""
    for what in ("stage", "segment", "touchpoint"):
        table, column = f"initiative_{what}s", f"{what}_id"
        part(table, [column], number(column), within(table, column, f"{what}s"))
    for column in ("stage_id", "segment_id"):
        index(f"initiative_{column.removesuffix('_id')}s", "workspace_id", column)
    part("initiative_links", ["position"], text("url"))
    part(
        "initiative_contacts",
        ["position"],
        *(number(f"{what}_id") for what in ("segment", "touchpoint")),
        word("intent"),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("starts_on", "ends_on")),
        *(within("initiative_contacts", f"{what}_id", f"{what}s") for what in ("segment", "touchpoint")),
    )


def findings() -> None:
    """Overlaps and gaps with their members, the verdict, and the answer given on saving."""
    numbered(
        "findings",
        text("key"),
        *(word(name) for name in ("rule", "kind", "state")),
        sa.Column("score", sa.Double, nullable=False),
        json("facts"),
        *(moment(name) for name in ("opened_at", "changed_at")),
        moment("closed_at", nullable=True),
        *said("verdict"),
        *said("answer"),
        unique("findings", "key"),
    )
    index("findings", "workspace_id", "kind", "state", "score")
    owned(
        "finding_members",
        ["finding_id", "position"],
        number("finding_id"),
        number("position"),
        *(number(name, nullable=True) for name in ("initiative_id", "stage_id")),
        within("finding_members", "finding_id", "findings"),
        within("finding_members", "initiative_id", "initiatives"),
        within("finding_members", "stage_id", "stages"),
    )
    index("finding_members", "workspace_id", "initiative_id")


def outbox() -> None:
    """What is to be said in Slack."""
    numbered(
        "outbox",
        text("delivery_key"),
        word("kind"),
        number("subject"),
        text("address"),
        json("payload"),
        word("state"),
        moment("created_at"),
        *(number(name) for name in ("wanted", "shown", "attempts")),
        *(moment(name, nullable=True) for name in ("not_before", "leased_until")),
        *(text(name, nullable=True) for name in ("channel", "ts")),
        sa.Column("error", sa.Text, nullable=False, server_default=""),
        unique("outbox", "delivery_key"),
    )
    index("outbox", "workspace_id", "kind", "subject")
    keys, unseen = ["workspace_id", "address", "id"], sa.text("shown < wanted")
    op.create_index("ix_outbox_unseen", "outbox", keys, sqlite_where=unseen, postgresql_where=unseen)


def schedules() -> None:
    """When digests are due, and what became of each due time."""
    beat = (number("weekday"), number("hour"), number("minute"), text("zone"), moment("next_due_at"))
    numbered("schedules", text("channel"), *beat, sa.Column("paused", sa.Boolean, nullable=False))
    index("schedules", "next_due_at")
    numbered(
        "occurrences",
        number("schedule_id"),
        moment("due_at"),
        word("state"),
        moment("claimed_at"),
        json("digest", nullable=True),
        text("reason"),
        within("occurrences", "schedule_id", "schedules"),
        unique("occurrences", "schedule_id", "due_at"),
    )


def audit() -> None:
    """Who did what: rows are added, never changed."""
    numbered(
        "audit",
        moment("at"),
        text("verb"),
        text("subject"),
        number("actor_id", nullable=True),
        json("details"),
        within("audit", "actor_id", "people"),
    )
    index("audit", "workspace_id", "at", "id")
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in POSTGRESQL_APPEND_ONLY if on_postgresql else SQLITE_APPEND_ONLY:
        op.execute(statement)


def numbered(table: str, *items: SchemaItem) -> None:
    """A table whose rows have a number in their workspace."""
    home = sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id")
    owned(table, ["id"], sa.Column("id", sa.Integer, autoincrement=False, nullable=False), home, *items)


def part(table: str, keys: Sequence[str], *items: SchemaItem) -> None:
    """A table of what initiatives name."""
    home = within(table, "initiative_id", "initiatives")
    owned(table, ["initiative_id", *keys], number("initiative_id"), number("position"), home, *items)


def owned(table: str, keys: Sequence[str], *items: SchemaItem) -> None:
    """A table whose key begins with the workspace."""
    key = sa.PrimaryKeyConstraint("workspace_id", *keys, name=f"pk_{table}")
    op.create_table(table, text("workspace_id"), *items, key)


def within(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    """A foreign key that cannot leave the workspace."""
    home, target = ["workspace_id", column], [f"{referred}.workspace_id", f"{referred}.id"]
    return sa.ForeignKeyConstraint(home, target, name=f"fk_{table}_workspace_id_{column}")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """Values that a workspace has once."""
    return sa.UniqueConstraint("workspace_id", *columns, name="_".join(("uq", table, "workspace_id", *columns)))


def index(table: str, *columns: str) -> None:
    """An index under its usual name."""
    op.create_index("_".join(("ix", table, *columns)), table, list(columns))


def said(prefix: str) -> Sequence[SchemaItem]:
    """What a person said of a finding."""
    return (
        word(f"{prefix}_choice", nullable=True),
        number(f"{prefix}_by", nullable=True),
        moment(f"{prefix}_at", nullable=True),
        text(f"{prefix}_fingerprint", nullable=True),
        moment(f"{prefix}_until", nullable=True),
        within("findings", f"{prefix}_by", "people"),
    )


def text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """Text of any length."""
    return sa.Column(name, sa.Text, nullable=nullable)


def word(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """One of a few words."""
    return sa.Column(name, sa.String(40), nullable=nullable)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=nullable, autoincrement=False)


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """A point in time, in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def json(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """Values that the database does not look into."""
    return sa.Column(name, sa.JSON, nullable=nullable)
