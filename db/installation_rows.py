"""Rows of what belongs to no workspace yet, or is known before one is: installations, states, requests."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Row
from planning.installations.values import Ending, Installation


class InstallationRow(Row):
    """Where Concord is installed; `token` is sealed."""

    __tablename__ = "installations"

    slack_id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), unique=True)
    app_id: Mapped[str]
    name: Mapped[str]
    bot_id: Mapped[str]
    bot_user_id: Mapped[str]
    enterprise_id: Mapped[str | None]
    team_id: Mapped[str | None]
    token: Mapped[bytes] = mapped_column(LargeBinary)
    scopes: Mapped[list[object]]
    installed_by: Mapped[str]
    installed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[Ending | None]
    revision: Mapped[int]

    def value(self, token: str = "") -> Installation:
        """The row as planning knows it; its token is opened elsewhere, where it is needed."""
        return Installation(
            slack_id=self.slack_id,
            workspace=self.workspace_id,
            name=self.name,
            app_id=self.app_id,
            bot_id=self.bot_id,
            bot_user_id=self.bot_user_id,
            token=token,
            scopes=frozenset(str(scope) for scope in self.scopes),
            installed_by=self.installed_by,
            installed_at=self.installed_at,
            enterprise_id=self.enterprise_id,
            team_id=self.team_id,
            ended_at=self.ended_at,
            ending=self.ending,
            revision=self.revision,
        )


class OauthStateRow(Row):
    """An installation that has begun: the digest of its state, which counts once."""

    __tablename__ = "oauth_states"

    digest: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SeenRequestRow(Row):
    """A request of the last minutes, by the digest of its signature: the same one again changes nothing."""

    __tablename__ = "seen_requests"

    digest: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)
