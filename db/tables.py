"""What all tables share: names of constraints, types of columns, and the workspace in every key."""

import re
from datetime import UTC, datetime
from enum import Enum

from sqlalchemy import JSON, Dialect, ForeignKey, ForeignKeyConstraint, MetaData, Text
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """A point in time: kept in UTC, given back aware; one without a zone is refused."""

    impl = SqlDateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"a time without a zone cannot be stored: {value}")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The stored moment, aware; SQLite stores no zone."""
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


class Wording(TypeDecorator[str]):
    """Text of any length, without what no driver takes: null bytes and lone surrogates."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """The text as it can be stored."""
        return value and _UNSTORABLE.sub("", value)


class Row(DeclarativeBase):
    """The parent of all rows."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        str: Wording(),
        datetime: Moment(),
        dict[str, object]: JSON(none_as_null=True),
        list[object]: JSON(none_as_null=True),
        Enum: SqlEnum(Enum, native_enum=False, length=40, values_callable=lambda words: [word.value for word in words]),
    }


class Owned:
    """A row of one workspace."""

    workspace_id: Mapped[str] = mapped_column(primary_key=True, sort_order=-2)


class Numbered:
    """A row of one workspace with a number that counts from 1 in that workspace and table."""

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True, sort_order=-2)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)


class Named(Numbered):
    """A row with a name."""

    name: Mapped[str] = mapped_column(sort_order=-1)


def within(column: str, table: str) -> ForeignKeyConstraint:
    """A foreign key that cannot leave the workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])


def folded(*texts: str) -> str:
    """Texts as they are searched: the same on every database, whatever its collation."""
    return _UNSTORABLE.sub("", "\n".join(texts)).casefold()
