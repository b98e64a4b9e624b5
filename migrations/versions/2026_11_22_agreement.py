"""What agreement and scores need: polls, ratifications, readings, measures, keys, versions of the journey, owners."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "2026_11_22_agreement"
down_revision = "2026_11_22_detection"
branch_labels = None
depends_on = None

MADE = (
    *("polls", "invitations", "ratifications", "stances", "readings", "measurements"),
    *("api_keys", "pictures", "journey_versions"),
)
NEW_RULES = ("metric_stale", "score_disputed")
NEW_MESSAGES = ("question", "reminder", "result", "ratification")
OWNED = ("hand_offs", "problems", "findings")
"""What a person can raise a hand for, from now on."""


def upgrade() -> None:
    """Make the new tables and columns; nothing that is on record changes."""
    make_polls()
    make_ratifications()
    make_scores()
    for table in OWNED:
        with op.batch_alter_table(table) as batch:
            batch.add_column(number("owner_id", nullable=True))
            batch.create_foreign_key(*key(table, "owner_id", "people"))
    with op.batch_alter_table("metrics") as batch:
        for column in metric_columns():
            batch.add_column(column)
        batch.create_foreign_key(*key("metrics", "segment_id", "segments"))
    with op.batch_alter_table("stages") as batch:
        batch.add_column(sa.Column("brand_value", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Take it back: findings and messages that the release before cannot read go."""
    forget_findings()
    outbox = sa.table("outbox", sa.column("kind"))
    op.get_bind().execute(sa.delete(outbox).where(outbox.c.kind.in_(NEW_MESSAGES)))
    with op.batch_alter_table("stages") as batch:
        batch.drop_column("brand_value")
    with op.batch_alter_table("metrics") as batch:
        batch.drop_constraint("fk_metrics_workspace_id_segment_id", type_="foreignkey")
        for column in metric_columns():
            batch.drop_column(column.name)
    for table in OWNED:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_workspace_id_owner_id", type_="foreignkey")
            batch.drop_column("owner_id")
    for table in reversed(MADE):
        op.drop_table(table)
    counters = sa.table("counters", sa.column("name"))
    op.get_bind().execute(sa.delete(counters).where(counters.c.name.in_(MADE)))


def forget_findings() -> None:
    """Take the findings of the new rules off the record."""
    findings = sa.table("findings", *map(sa.column, ("workspace_id", "id", "rule")))
    members = sa.table("finding_members", *map(sa.column, ("workspace_id", "finding_id")))
    new = findings.c.rule.in_(NEW_RULES)
    same = (findings.c.workspace_id == members.c.workspace_id, findings.c.id == members.c.finding_id)
    op.get_bind().execute(sa.delete(members).where(sa.exists().where(*same, new)))
    op.get_bind().execute(sa.delete(findings).where(new))


def make_polls() -> None:
    """Polls, and who is asked in them."""
    numbered(
        "polls",
        word("kind"),
        *(moment(name) for name in ("opened_at", "closes_at")),
        number("opened_by", nullable=True),
        *(number(name) for name in ("size", "seed")),
        sa.Column("about", sa.JSON, nullable=False),
        *(moment(name, nullable=True) for name in ("next_at", "closed_at")),
        sa.Column("result", sa.JSON),
        within("polls", "opened_by", "people"),
    )
    op.create_index("ix_polls_next_at", "polls", ["next_at"])
    refers = {"poll_id": "polls", "person_id": "people", "department_id": "departments"}
    numbered(
        "invitations",
        *(number(name) for name in refers),
        *(moment(name, nullable=True) for name in ("reminded_at", "answered_at")),
        sa.Column("answer", sa.JSON),
        *(within("invitations", name, table) for name, table in refers.items()),
        unique("invitations", "poll_id", "person_id"),
    )
    op.create_index("ix_invitations_workspace_id_person_id", "invitations", ["workspace_id", "person_id"])


def make_ratifications() -> None:
    """What is put to the leads, what departments say of it, and what the journey was."""
    numbered(
        "ratifications",
        sa.Column("stages", sa.JSON, nullable=False),
        moment("opened_at"),
        number("opened_by"),
        moment("closed_at", nullable=True),
        number("ratified_by", nullable=True),
        number("over"),
        sa.Column("asked", sa.JSON, nullable=False),
        *(within("ratifications", name, "people") for name in ("opened_by", "ratified_by")),
    )
    refers = {"ratification_id": "ratifications", "department_id": "departments", "stage_id": "stages"}
    owned(
        "stances",
        [*refers],
        *(number(name) for name in (*refers, "by")),
        sa.Column("agrees", sa.Boolean, nullable=False),
        text("reason"),
        moment("at"),
        *(within("stances", name, table) for name, table in {**refers, "by": "people"}.items()),
    )
    owned(
        "journey_versions",
        ["version"],
        number("version"),
        moment("at"),
        number("by", nullable=True),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("stages", "told")),
        within("journey_versions", "by", "people"),
    )


def make_scores() -> None:
    """Readings, measures of the portfolio, keys, and the pictures that Slack has."""
    owned(
        "readings",
        ["metric_id", "on", "version"],
        number("metric_id"),
        sa.Column("on", sa.Date, nullable=False),
        number("version"),
        sa.Column("value", sa.Double, nullable=False),
        number("respondents", nullable=True),
        moment("recorded_at", nullable=True),
        number("by", nullable=True),
        word("via"),
        within("readings", "metric_id", "metrics"),
        within("readings", "by", "people"),
    )
    owned(
        "measurements",
        ["measure", "quarter"],
        word("measure"),
        sa.Column("quarter", sa.Date, nullable=False),
        sa.Column("value", sa.Double, nullable=False),
        *(sa.Column(name, sa.Double) for name in ("low", "high")),
        sa.Column("details", sa.JSON, nullable=False),
        moment("measured_at"),
        home("measurements"),
    )
    numbered(
        "api_keys",
        *(text(name) for name in ("name", "digest")),
        moment("made_at"),
        number("made_by"),
        *(moment(name, nullable=True) for name in ("used_at", "revoked_at")),
        within("api_keys", "made_by", "people"),
        sa.UniqueConstraint("digest", name="uq_api_keys_digest"),
    )
    owned("pictures", ["key"], *(text(name) for name in ("key", "file")), moment("made_at"), home("pictures"))


def metric_columns() -> Sequence[sa.Column[Any]]:
    """What is new of a metric."""
    return (
        number("segment_id", nullable=True),
        sa.Column("baseline_on", sa.Date),
        sa.Column("cadence", sa.String(40)),
        sa.Column("source", sa.Text, nullable=False, server_default=""),
        sa.Column("financial", sa.Boolean, nullable=False, server_default=sa.false()),
    )


def numbered(table: str, *items: SchemaItem) -> None:
    """A table whose rows have a number in their workspace."""
    owned(table, ["id"], sa.Column("id", sa.Integer, autoincrement=False, nullable=False), home(table), *items)


def home(table: str) -> sa.ForeignKeyConstraint:
    """The workspace that a row belongs to."""
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id")


def owned(table: str, keys: Sequence[str], *items: SchemaItem) -> None:
    """A table whose key begins with the workspace."""
    primary = sa.PrimaryKeyConstraint("workspace_id", *keys, name=f"pk_{table}")
    op.create_table(table, text("workspace_id"), *items, primary)


def within(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    """A foreign key that cannot leave the workspace."""
    name, _, home, target = key(table, column, referred)
    return sa.ForeignKeyConstraint(home, [f"{referred}.{column}" for column in target], name=name)


def key(table: str, column: str, referred: str) -> tuple[str, str, list[str], list[str]]:
    """Name, target and columns of a foreign key that cannot leave the workspace."""
    return f"fk_{table}_workspace_id_{column}", referred, ["workspace_id", column], ["workspace_id", "id"]


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """Values that a workspace has once."""
    return sa.UniqueConstraint("workspace_id", *columns, name="_".join(("uq", table, "workspace_id", *columns)))


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A point in time."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def text(name: str) -> sa.Column[str]:
    """Text of any length."""
    return sa.Column(name, sa.Text, nullable=False)


def word(name: str) -> sa.Column[str]:
    """One of a few words."""
    return sa.Column(name, sa.String(40), nullable=False)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=nullable, autoincrement=False)
