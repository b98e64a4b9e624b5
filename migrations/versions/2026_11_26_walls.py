"""A second wall between workspaces on PostgreSQL: row-level security, for a role that owns no table.

Who owns the tables is not held by it, so migrations and replicas of the release before go on as they did. Where the
role cannot be made, nothing but the wall is missing; `concord doctor` says how it is raised. The role is the server's
and not this database's: the way down leaves it there and takes its rights away.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_walls"
down_revision = "2026_11_25_installations"
branch_labels = None
depends_on = None

SETTING = "(SELECT current_setting('concord.workspace', true))"
"""Asked once a statement, and not once a row."""
MAKE_ROLE = """
    DO $$ BEGIN
        IF to_regrole('concord_app') IS NULL THEN CREATE ROLE concord_app NOLOGIN; END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN
        RAISE NOTICE 'concord_app is made by somebody else, or has to be';
    END $$
"""
GRANT_ROLE = """
    DO $$ BEGIN
        IF NOT pg_has_role(to_regrole('concord_app'), {membership}) THEN
            EXECUTE format('GRANT concord_app TO %I', current_user);
        END IF;
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO concord_app', current_schema());
        EXECUTE format('GRANT {rights} ON ALL TABLES IN SCHEMA %I TO concord_app', current_schema());
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT {rights} ON TABLES TO concord_app',
                       current_schema());
    EXCEPTION WHEN insufficient_privilege OR undefined_object THEN
        RAISE NOTICE 'concord_app is not ours to take';
    END $$
"""
TAKE_RIGHTS = """
    DO $$ BEGIN
        IF to_regrole('concord_app') IS NOT NULL THEN
            EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I REVOKE ALL ON TABLES FROM concord_app',
                           current_schema());
            EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM concord_app', current_schema());
            EXECUTE format('REVOKE ALL ON SCHEMA %I FROM concord_app', current_schema());
        END IF;
    END $$
"""
RIGHTS = "SELECT, INSERT, UPDATE, DELETE"
OWNED = sa.text("""
    SELECT quote_ident(relname) FROM pg_class
    JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'workspace_id' AND NOT attisdropped
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname
""")
BEFORE_ANY = ("oauth_states", "seen_requests")
"""What is known before a workspace is: seen together with all workspaces only."""


def upgrade() -> None:
    """Give the role its rights, and have each table show it the rows of one workspace."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute(MAKE_ROLE)
    op.execute(GRANT_ROLE.format(membership=membership(), rights=RIGHTS))
    for table, seen in walled():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({seen}) WITH CHECK ({seen})")


def downgrade() -> None:
    """Leave the first wall, which the queries are."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for table, _seen in reversed(walled()):
        op.execute(f"DROP POLICY tenant ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.execute(TAKE_RIGHTS)


def walled() -> list[tuple[str, str]]:
    """Each table with the condition under which a row of it is seen; workspaces first, as every writer takes them."""
    owned = [(table, within("workspace_id")) for table in op.get_bind().scalars(OWNED)]
    return [("workspaces", within("id")), *owned, *((table, f"{SETTING} = '*'") for table in BEFORE_ANY)]


def within(column: str) -> str:
    """Said so that the planner expects nearly every row to pass, as it does: every query says its workspace itself."""
    return f"CASE WHEN {SETTING} = '*' OR {column} = {SETTING} THEN 'seen' ELSE '' END <> ''"


def membership() -> str:
    """What has to be asked before a role is taken."""
    version = op.get_bind().scalar(sa.text("SELECT current_setting('server_version_num')::int"))
    return "'SET'" if version >= 160000 else "'MEMBER'"
