"""What pushing needs: alerts and when people want them, plans, proposals, decisions; what follows in a thread."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "2026_11_23_plans"
down_revision = "2026_11_22_agreement"
branch_labels = None
depends_on = None

MADE = ("preferences", "alerts", "plans", "plan_pledges", "plan_acceptances", "proposals", "decisions")
NEW_MESSAGES = ("alerts", "news", "plan_news", "calendar", "decision", "proposal", "season", "pack", "morning")
PLANNED = "plan"
"""The kind of the message that opens a conversation, and the verdict that led to it."""


def upgrade() -> None:
    """Make the new tables and columns; each conversation that was opened already becomes a plan of its own."""
    with op.batch_alter_table("findings") as batch:
        for column in handed_columns():
            batch.add_column(column)
        for name in ("handed_to", "handed_by"):
            batch.create_foreign_key(*key("findings", name, "people"))
        batch.create_index("ix_findings_state_verdict_until", ["state", "verdict_until"])
    with op.batch_alter_table("initiatives") as batch:
        for column in movable_columns():
            batch.add_column(column)
    with op.batch_alter_table("workspaces") as batch:
        batch.add_column(sa.Column("alert_budget", sa.Integer, nullable=False, server_default="5"))
        batch.add_column(sa.Column("season_on", sa.Date))
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("follows", sa.Text, nullable=False, server_default=""))
    make_alerts()
    make_plans()
    make_terms()
    make_proposals()
    make_decisions()
    keep_alerts()
    keep_plans()


def downgrade() -> None:
    """Take it back: messages that the release before cannot read go, conversations are about their findings again."""
    outbox = sa.table("outbox", sa.column("kind"))
    op.get_bind().execute(sa.delete(outbox).where(outbox.c.kind.in_(NEW_MESSAGES)))
    op.execute("UPDATE outbox SET state = 'failed' WHERE state = 'dropped'")
    give_plans_back()
    findings = sa.table("findings", *map(sa.column, ("verdict_choice", "state")))
    left = findings.c.verdict_choice == "leave"
    op.get_bind().execute(sa.update(findings).where(left).values(verdict_choice="different"))
    for table in ("decisions", "proposals", "plan_acceptances", "plan_pledges", "plans", "alerts", "preferences"):
        op.drop_table(table)
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("follows")
    with op.batch_alter_table("workspaces") as batch:
        batch.drop_column("season_on")
        batch.drop_column("alert_budget")
    with op.batch_alter_table("initiatives") as batch:
        for column in movable_columns():
            batch.drop_column(column.name)
    with op.batch_alter_table("findings") as batch:
        batch.drop_index("ix_findings_state_verdict_until")
        for name in ("handed_to", "handed_by"):
            batch.drop_constraint(f"fk_findings_workspace_id_{name}", type_="foreignkey")
        for column in handed_columns():
            batch.drop_column(column.name)
    counters = sa.table("counters", sa.column("name"))
    op.get_bind().execute(sa.delete(counters).where(counters.c.name.in_(MADE)))


def make_alerts() -> None:
    """Who is told of what, and when people want to hear it."""
    owned(
        "preferences",
        ["person_id"],
        number("person_id"),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("muted", "weekdays", "off")),
        *(text(name) for name in ("begins", "ends")),
        sa.Column("quiet_until", sa.Date),
        sa.Column("morning", sa.Boolean, nullable=False),
        sa.Column("listed_on", sa.Date),
        within("preferences", "person_id", "people"),
    )
    refers = {"finding_id": "findings", "department_id": "departments", "person_id": "people"}
    numbered(
        "alerts",
        number("finding_id"),
        text("address"),
        word("reason"),
        moment("due_at"),
        *(number(name, nullable=True) for name in ("department_id", "person_id")),
        word("state"),
        moment("told_at", nullable=True),
        sa.Column("week", sa.Date),
        number("summary", nullable=True),
        sa.Column("together", sa.Boolean, nullable=False, server_default=sa.false()),
        *(within("alerts", name, table) for name, table in refers.items()),
        unique("alerts", "finding_id", "address"),
    )
    for columns in (("state", "due_at"), ("workspace_id", "address", "week"), ("workspace_id", "summary")):
        index("alerts", *columns)


def make_plans() -> None:
    """What leads agree to do together."""
    refers = {"opened_by": "people", "finding_id": "findings", "metric_id": "metrics", "closed_by": "people"}
    numbered(
        "plans",
        sa.Column("about", sa.JSON, nullable=False),
        moment("opened_at"),
        number("opened_by", nullable=True),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("departments", "people", "initiatives")),
        number("finding_id", nullable=True),
        word("state"),
        number("revision"),
        moment("changed_at", nullable=True),
        text("goal"),
        number("metric_id", nullable=True),
        *(sa.Column(name, sa.Date) for name in ("due_on", "review_on")),
        moment("session_at", nullable=True),
        text("decisions"),
        number("proposal", nullable=True),
        moment("accepted_at", nullable=True),
        number("applied", nullable=True),
        sa.Column("outcome", sa.String(40)),
        text("came_of_it"),
        *(moment(name, nullable=True) for name in ("closed_at", "next_at")),
        number("closed_by", nullable=True),
        number("reminded"),
        *(within("plans", name, table) for name, table in refers.items()),
    )
    for columns in (("workspace_id", "state"), ("workspace_id", "finding_id"), ("next_at",)):
        index("plans", *columns)


def make_terms() -> None:
    """What departments give to a plan, and that they accept it."""
    refers = {"plan_id": "plans", "department_id": "departments", "pool_id": "pools"}
    owned(
        "plan_pledges",
        ["plan_id", "position"],
        *(number(name) for name in ("plan_id", "position", "department_id", "pool_id")),
        sa.Column("person_weeks", sa.Double, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("delivered", sa.Double),
        *(within("plan_pledges", name, table) for name, table in refers.items()),
    )
    refers = {"plan_id": "plans", "department_id": "departments", "by": "people"}
    owned(
        "plan_acceptances",
        ["plan_id", "department_id"],
        *(number(name) for name in refers),
        moment("at"),
        number("revision"),
        *(within("plan_acceptances", name, table) for name, table in refers.items()),
    )


def make_proposals() -> None:
    """What is computed."""
    numbered(
        "proposals",
        text("about"),
        sa.Column("scope", sa.JSON, nullable=False),
        moment("asked_at"),
        *(number(name, nullable=True) for name in ("asked_by", "plan_id")),
        sa.Column("wishes", sa.JSON, nullable=False),
        word("progress"),
        sa.Column("best", sa.JSON),
        sa.Column("stop", sa.Boolean, nullable=False),
        moment("leased_until", nullable=True),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        moment("done_at", nullable=True),
        sa.Column("failure", sa.Text, nullable=False, server_default=""),
        within("proposals", "asked_by", "people"),
        within("proposals", "plan_id", "plans"),
    )
    for columns in (("workspace_id", "about"), ("progress",)):
        index("proposals", *columns)


def make_decisions() -> None:
    """What executives are asked for."""
    refers = {
        "finding_id": "findings",
        "proposal_id": "proposals",
        "by": "people",
        "delegate": "people",
        "plan_id": "plans",
    }
    numbered(
        "decisions",
        number("finding_id"),
        moment("asked_at"),
        number("proposal_id", nullable=True),
        sa.Column("ruling", sa.String(40)),
        number("by", nullable=True),
        moment("at", nullable=True),
        *(number(name, nullable=True) for name in ("delegate", "plan_id")),
        moment("told_at", nullable=True),
        *(within("decisions", name, table) for name, table in refers.items()),
    )
    for column in ("finding_id", "ruling"):
        index("decisions", "workspace_id", column)


def keep_alerts() -> None:
    """The cards that are out already count as told, so that nobody gets one again."""
    op.execute(
        "INSERT INTO alerts (workspace_id, id, finding_id, address, reason, due_at, state, told_at)"
        " SELECT o.workspace_id, row_number() OVER (PARTITION BY o.workspace_id ORDER BY o.id), o.subject, o.address,"
        " CASE WHEN o.address LIKE 'channel:%' THEN 'channel' ELSE 'leads' END, o.created_at, 'card', o.created_at"
        " FROM outbox o JOIN findings f ON f.workspace_id = o.workspace_id AND f.id = o.subject"
        " WHERE o.kind = 'alert'"
    )
    count("alerts")


def keep_plans() -> None:
    """A conversation's plan has the number of its finding, so that its message is about the plan from now on."""
    bind = op.get_bind()
    moments = (sa.column(name, sa.DateTime(timezone=True)) for name in ("opened_at", "verdict_at"))
    names = ("workspace_id", "id", "verdict_choice", "verdict_by")
    findings = sa.table("findings", *map(sa.column, names), *moments)
    outbox = sa.table("outbox", *map(sa.column, ("workspace_id", "kind", "subject")))
    about = (outbox.c.workspace_id == findings.c.workspace_id, outbox.c.subject == findings.c.id)
    opened = bind.execute(sa.select(findings).where(sa.exists().where(*about, outbox.c.kind == PLANNED))).all()
    members = members_of_findings()
    plans = [plan_of(row, members[row.workspace_id, row.id]) for row in opened]
    if plans:
        bind.execute(sa.insert(PLANS), plans)
    count("plans")


def plan_of(row: Any, members: Mapping[int, int]) -> dict[str, object]:
    """The plan that a conversation stands for; `members` are initiatives with their departments."""
    stands = row.verdict_choice == PLANNED
    return {
        "workspace_id": row.workspace_id,
        "id": row.id,
        "about": {"kind": "finding", "id": row.id, "quarter": ""},
        "opened_at": row.verdict_at or row.opened_at,
        "opened_by": row.verdict_by,
        "departments": sorted({*members.values()}),
        "people": [],
        "initiatives": sorted(members),
        "finding_id": row.id,
        "state": "open" if stands else "off",
        "revision": 1,
        "changed_at": row.verdict_at or row.opened_at,
        "goal": "",
        "decisions": "",
        "came_of_it": "",
        "reminded": 0,
    }


def members_of_findings() -> Mapping[tuple[str, int], dict[int, int]]:
    """Workspace and finding → its initiatives, with the department of each."""
    members = sa.table("finding_members", *map(sa.column, ("workspace_id", "finding_id", "initiative_id")))
    initiatives = sa.table("initiatives", *map(sa.column, ("workspace_id", "id", "department_id")))
    same = sa.and_(initiatives.c.workspace_id == members.c.workspace_id, initiatives.c.id == members.c.initiative_id)
    found: defaultdict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for row in op.get_bind().execute(sa.select(members, initiatives.c.department_id).join(initiatives, same)):
        found[row.workspace_id, row.finding_id][row.initiative_id] = row.department_id
    return found


def give_plans_back() -> None:
    """The conversation of a finding is about it again, and has its number; all others cannot be read before."""
    plan = "SELECT p.finding_id FROM plans p WHERE p.workspace_id = outbox.workspace_id AND p.id = outbox.subject"
    same = "n.workspace_id = p.workspace_id AND n.finding_id = p.finding_id"
    newer = f"SELECT 1 FROM plans n WHERE {same} AND n.id > p.id"  # noqa: S608 - all our own words, here and below
    last = f"{plan} AND outbox.delivery_key = 'plan:' || p.id AND p.finding_id IS NOT NULL AND NOT EXISTS ({newer})"
    op.execute(f"DELETE FROM outbox WHERE kind = '{PLANNED}' AND NOT EXISTS ({last})")  # noqa: S608 - the same
    op.execute(f"UPDATE outbox SET subject = ({plan}) WHERE kind = '{PLANNED}'")  # noqa: S608 - the same
    for prefix in ("back:", "plan:"):  # two steps, for a number may be another one's until that has its own
        op.execute(f"UPDATE outbox SET delivery_key = '{prefix}' || subject WHERE kind = '{PLANNED}'")  # noqa: S608 - the same


def count(table: str) -> None:
    """Have the numbers of a table go on after those that it has."""
    op.execute(
        f"INSERT INTO counters (workspace_id, name, last) SELECT workspace_id, '{table}', max(id)"  # noqa: S608 - the same
        f" FROM {table} GROUP BY workspace_id"
    )


def handed_columns() -> Sequence[sa.Column[Any]]:
    """To whom a finding was handed."""
    return (
        number("handed_to", nullable=True),
        number("handed_by", nullable=True),
        moment("handed_at", nullable=True),
    )


def movable_columns() -> Sequence[sa.Column[Any]]:
    """Within which days an initiative may be moved."""
    return tuple(sa.Column(name, sa.Date) for name in ("movable_from", "movable_until"))


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


def index(table: str, *columns: str) -> None:
    """An index under the name that the models give it."""
    op.create_index("_".join(("ix", table, *columns)), table, [*columns])


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


PLANS = sa.table(
    "plans",
    *(sa.column(name) for name in ("workspace_id", "id", "opened_by", "finding_id", "state", "revision")),
    *(sa.column(name) for name in ("goal", "decisions", "came_of_it", "reminded")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("opened_at", "changed_at")),
    *(sa.column(name, sa.JSON) for name in ("about", "departments", "people", "initiatives")),
)
