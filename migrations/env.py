"""How Alembic reaches the database.

The program hands over an open connection in the config's attributes, with the tables to compare with where there are
any. By hand, the address is given by `-x url=…` or CONCORD_DATABASE_URL.
"""

import os

from alembic import context
from sqlalchemy import Connection, create_engine

ATTRIBUTES = context.config.attributes


def by_hand() -> None:
    """Open the database that the command line or the environment names."""
    url = context.get_x_argument(as_dictionary=True).get("url") or os.environ.get("CONCORD_DATABASE_URL")
    if not url:
        raise SystemExit("Which database? Add -x url=… or set CONCORD_DATABASE_URL.")
    engine = create_engine(url)
    with engine.begin() as connection:
        migrate(connection)
    engine.dispose()


def migrate(connection: Connection) -> None:
    """Run the migrations on a connection; its owner commits."""
    context.configure(
        connection=connection,
        target_metadata=ATTRIBUTES.get("target_metadata"),
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


if given := ATTRIBUTES.get("connection"):
    migrate(given)
else:
    by_hand()
