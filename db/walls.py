"""The second wall between workspaces: on PostgreSQL every row is seen and changed from within its workspace only.

The first one is that every query says its workspace. Should one forget it, the database still gives it nothing of
another: each transaction takes on a role that owns no table, and tells for which workspace it is. Both end with it, so
a connection of a pool, also of one between us and PostgreSQL, carries nothing over. Who owns the tables is not held by
it: migrations are not, nor are replicas of the release before.

All workspaces at once are seen through `Database.everywhere` alone: to find a workspace or what is due in it, and for
what is known before a workspace is, such as installations, their states, and requests seen before. Who does so is
listed in `tests/db/test_keys.py`, which fails when another one does.
"""

from enum import StrEnum

from sqlalchemy import Engine, text

ROLE = "concord_app"
SETTING = "concord.workspace"
_OURS = f"to_regrole('{ROLE}')"
_TAKEN = "CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END"
_READS = f"has_table_privilege({_OURS}, to_regclass('workspaces'), 'SELECT')"
INSIDE = (
    f"set_config('{SETTING}', %(workspace)s, true), "
    f"CASE WHEN pg_has_role({_OURS}, {_TAKEN}) AND {_READS} THEN set_config('role', '{ROLE}', true) END"
)
"""What a transaction selects first: it goes behind the wall where there is one."""
_STANDS = text(
    f"SELECT {_OURS} IS NOT NULL AS made, coalesce(pg_has_role({_OURS}, {_TAKEN}), false) AS ours, "
    f"coalesce({_READS}, false) AS reads"
)


class Wall(StrEnum):
    """Whether the second wall stands."""

    STANDS = "stands"
    NOT_ON_SQLITE = "not on SQLite"
    """One file for one company needs none."""
    NO_ROLE = "no role"
    """Who runs the migrations could not make the role: somebody who may must do it."""


def wall_of(engine: Engine) -> Wall:
    """Whether transactions on this database go behind the second wall."""
    if engine.dialect.name == "sqlite":
        return Wall.NOT_ON_SQLITE
    with engine.connect() as connection:
        stands = connection.execute(_STANDS).one()
    return Wall.STANDS if all(stands) else Wall.NO_ROLE


def to_raise(engine: Engine) -> str:
    """The SQL by which somebody who may make roles raises the wall, for whom Concord logs in as."""
    with engine.connect() as connection:
        user, schema = connection.execute(text("SELECT quote_ident(current_user), quote_ident(current_schema())")).one()
    make = f"DO $$ BEGIN IF {_OURS} IS NULL THEN CREATE ROLE {ROLE} NOLOGIN; END IF; END $$"
    rights = "GRANT SELECT, INSERT, UPDATE, DELETE ON"
    later = f"ALTER DEFAULT PRIVILEGES FOR ROLE {user} IN SCHEMA {schema} {rights} TABLES TO {ROLE}"
    return (
        f"BEGIN; {make}; GRANT USAGE ON SCHEMA {schema} TO {ROLE}; "
        f"{rights} ALL TABLES IN SCHEMA {schema} TO {ROLE}; {later}; GRANT {ROLE} TO {user}; COMMIT;"
    )
