"""What many workspaces need: installations with sealed tokens, workspaces that leave, people who left, scoped keys.

Replicas of the release before go on beside it: every new column has a default or may be empty.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_installations"
down_revision = "2026_11_24_schedules"
branch_labels = None
depends_on = None

NEW_MESSAGES = ("steward", "personal")
LEAVING = "(SELECT 1 FROM workspaces WHERE workspaces.id = OLD.workspace_id AND workspaces.purging)"
SQLITE_UNTIL_PURGED = (
    "DROP TRIGGER audit_no_delete",
    f"""
    CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN NOT EXISTS {LEAVING}
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END
    """,
)
SQLITE_FOREVER = (
    "DROP TRIGGER audit_no_delete",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
)
POSTGRESQL_UNTIL_PURGED = (
    "DROP TRIGGER audit_append_only ON audit",
    """
    CREATE TRIGGER audit_append_only BEFORE UPDATE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()
    """,
    f"""
    CREATE FUNCTION audit_kept_until_purged() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS {LEAVING} THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'audit is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER audit_kept_until_purged BEFORE DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_kept_until_purged()
    """,
)
POSTGRESQL_FOREVER = (
    "DROP TRIGGER audit_kept_until_purged ON audit",
    "DROP FUNCTION audit_kept_until_purged()",
    "DROP TRIGGER audit_append_only ON audit",
    """
    CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()
    """,
)


def upgrade() -> None:
    """Make the new tables and columns; the audit log may go with its workspace, and in no other way."""
    with op.batch_alter_table("workspaces") as batch:
        batch.add_column(moment("left_at", nullable=True))
        batch.add_column(moment("deletes_at", nullable=True))
        batch.add_column(sa.Column("purging", sa.Boolean, nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("keeps", sa.JSON))
    with op.batch_alter_table("people") as batch:
        batch.add_column(moment("left_at", nullable=True))
    with op.batch_alter_table("api_keys") as batch:
        batch.add_column(sa.Column("scopes", sa.JSON, nullable=False, server_default='["readings:write"]'))
    make_tables()
    execute(SQLITE_UNTIL_PURGED, POSTGRESQL_UNTIL_PURGED)


def downgrade() -> None:
    """Take it back: installations go, so Slack is reached by the tokens of the environment again."""
    execute(SQLITE_FOREVER, POSTGRESQL_FOREVER)
    outbox = sa.table("outbox", sa.column("kind"))
    op.get_bind().execute(sa.delete(outbox).where(outbox.c.kind.in_(NEW_MESSAGES)))
    for name in ("seen_requests", "oauth_states", "installations"):
        op.drop_table(name)
    with op.batch_alter_table("api_keys") as batch:
        batch.drop_column("scopes")
    with op.batch_alter_table("people") as batch:
        batch.drop_column("left_at")
    with op.batch_alter_table("workspaces") as batch:
        for name in ("keeps", "purging", "deletes_at", "left_at"):
            batch.drop_column(name)


def make_tables() -> None:
    """Installations, the states of those that have begun, and the requests of the last minutes."""
    op.create_table(
        "installations",
        sa.Column("slack_id", sa.Text, nullable=False),
        sa.Column("workspace_id", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("app_id", "name", "bot_id", "bot_user_id")),
        *(sa.Column(name, sa.Text) for name in ("enterprise_id", "team_id")),
        sa.Column("token", sa.LargeBinary, nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("installed_by", sa.Text, nullable=False),
        moment("installed_at"),
        moment("ended_at", nullable=True),
        sa.Column("ending", sa.String(40)),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_installations_workspace_id"),
        sa.PrimaryKeyConstraint("slack_id", name="pk_installations"),
        sa.UniqueConstraint("workspace_id", name="uq_installations_workspace_id"),
    )
    op.create_table(
        "oauth_states",
        sa.Column("digest", sa.Text, nullable=False),
        moment("expires_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_oauth_states"),
    )
    op.create_index("ix_oauth_states_expires_at", "oauth_states", ["expires_at"])
    op.create_table(
        "seen_requests",
        sa.Column("digest", sa.Text, nullable=False),
        moment("seen_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_seen_requests"),
    )
    op.create_index("ix_seen_requests_seen_at", "seen_requests", ["seen_at"])


def execute(sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    """Run what the database at hand understands."""
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else postgresql:
        op.execute(statement)


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A point in time."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
