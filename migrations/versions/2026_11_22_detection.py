"""What detection needs: metrics, pools, problems, hand-offs, vectors by encoder, verdicts on members and facts."""

import hashlib
import json as json_text
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "2026_11_22_detection"
down_revision = "2026_11_21_first_tables"
branch_labels = None
depends_on = None

MADE = (
    *("metrics", "tensions", "pools", "pool_leave", "problems", "problem_needs", "hand_offs", "vectors"),
    *("initiative_effects", "initiative_requests", "initiative_supplies"),
)
KNOWN_RULES = (
    *("duplicate_effort", "contact_collision", "stage_without_work", "single_department_stage"),
    "initiative_incomplete",
)
"""The rules that the release before this one knows."""
NEW_MEMBERS = ("hand_off", "segment", "metric", "problem", "pool")
SAID = ("verdict", "answer")
CHOICES = tuple(f"{name}_choice" for name in SAID)
NAMED = ("problem_id", "revision")
FORMER: dict[str, sa.types.TypeEngine[Any]] = {"serves": sa.Text(), "encoder": sa.Text(), "vector": sa.LargeBinary()}
"""Columns of initiatives that the release before this one has."""

Columns = dict[str, Any]


def upgrade() -> None:
    """Make the new tables and columns, and move what is on record into them."""
    make_tables()
    for table, columns in added().items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.add_column(column)
    name_problems()
    move_vectors()
    cover_what_was_dismissed()
    with op.batch_alter_table("initiatives") as batch:
        for name in FORMER:
            batch.drop_column(name)
        batch.create_foreign_key(*key("initiatives", "problem_id", "problems"))
        for name in NAMED:
            batch.create_index(f"ix_initiatives_workspace_id_{name}", ["workspace_id", name])
    with op.batch_alter_table("findings") as batch:
        batch.alter_column("thread", existing_type=sa.Text, nullable=False)
        for name in SAID:
            batch.drop_column(f"{name}_fingerprint")
        for name in ("thread", *CHOICES):
            batch.create_index(f"ix_findings_workspace_id_{name}", ["workspace_id", name])
    with op.batch_alter_table("finding_members") as batch:
        for name in NEW_MEMBERS:
            batch.create_foreign_key(*key("finding_members", f"{name}_id", f"{name}s"))
        for name in ("stage", *NEW_MEMBERS):
            batch.create_index(f"ix_finding_members_workspace_id_{name}_id", ["workspace_id", f"{name}_id"])


def downgrade() -> None:
    """Take it back: what the release before cannot read goes, the rest stays."""
    with op.batch_alter_table("initiatives") as batch:
        for name, kind in FORMER.items():
            batch.add_column(sa.Column(name, kind))
    with op.batch_alter_table("findings") as batch:
        for name in SAID:
            batch.add_column(text(f"{name}_fingerprint", nullable=True))
    forget_new_findings()
    put_names_of_problems_back()
    put_vectors_back()
    put_fingerprints_back()
    drop_columns_of_findings()
    drop_columns_of_initiatives()
    for table in ("segments", "workspaces"):
        with op.batch_alter_table(table) as batch:
            for column in added()[table]:
                batch.drop_column(column.name)
    for table in reversed(MADE):
        op.drop_table(table)
    op.get_bind().execute(sa.delete(COUNTERS).where(COUNTERS.c.name.in_(MADE)))


def drop_columns_of_findings() -> None:
    """Threads, covers and the new kinds of members."""
    with op.batch_alter_table("finding_members") as batch:
        for name in ("stage", *NEW_MEMBERS):
            batch.drop_index(f"ix_finding_members_workspace_id_{name}_id")
        for name in NEW_MEMBERS:
            batch.drop_constraint(f"fk_finding_members_workspace_id_{name}_id", type_="foreignkey")
            batch.drop_column(f"{name}_id")
    with op.batch_alter_table("findings") as batch:
        for name in ("thread", *CHOICES):
            batch.drop_index(f"ix_findings_workspace_id_{name}")
        for name in ("thread", *(f"{name}_covers" for name in SAID)):
            batch.drop_column(name)


def drop_columns_of_initiatives() -> None:
    """The problem and the revision; what was there before is needed again."""
    with op.batch_alter_table("initiatives") as batch:
        for name in NAMED:
            batch.drop_index(f"ix_initiatives_workspace_id_{name}")
        batch.drop_constraint("fk_initiatives_workspace_id_problem_id", type_="foreignkey")
        for name in NAMED:
            batch.drop_column(name)
        for name, kind in FORMER.items():
            batch.alter_column(name, existing_type=kind, nullable=False)


def make_tables() -> None:
    """The new tables, empty."""
    numbered(
        "metrics",
        *(text(name) for name in ("name", "unit")),
        word("direction"),
        *(sa.Column(name, sa.Double) for name in ("baseline", "target")),
        sa.Column("target_on", sa.Date),
        *(number(name, nullable=True) for name in ("stage_id", "owner_id", "feeds_id")),
        *(
            within("metrics", name, table)
            for name, table in (("stage_id", "stages"), ("owner_id", "people"), ("feeds_id", "metrics"))
        ),
        unique("metrics", "name"),
    )
    pair = ("first_id", "second_id")
    keys = (*(number(name) for name in pair), *(within("tensions", name, "metrics") for name in pair))
    owned("tensions", pair, *keys, text("why"))
    numbered("pools", text("name"), sa.Column("capacity", sa.Double, nullable=False), unique("pools", "name"))
    share = sa.Column("share", sa.Double, nullable=False)
    part("pool_leave", "pool", ["position"], *days(), share)
    numbered("problems", *(text(name) for name in ("name", "folded", "statement")), unique("problems", "name"))
    part("problem_needs", "problem", ["part"], word("part"))
    make_hand_offs()
    make_initiative_parts()


def make_hand_offs() -> None:
    """The edges between stages."""
    refers = {"before_id": "stages", "after_id": "stages", "giver_id": "departments", "receiver_id": "departments"}
    numbered(
        "hand_offs",
        *(number(name, nullable=table != "stages") for name, table in refers.items()),
        number("metric_id", nullable=True),
        *(within("hand_offs", name, table) for name, table in {**refers, "metric_id": "metrics"}.items()),
        unique("hand_offs", "before_id", "after_id"),
    )


def make_initiative_parts() -> None:
    """What initiatives name, and the vectors of their texts."""
    metric = (number("metric_id"), within("initiative_effects", "metric_id", "metrics"))
    part("initiative_effects", "initiative", ["position"], *metric, word("direction"))
    pool = (number("pool_id"), within("initiative_requests", "pool_id", "pools"))
    person_weeks = sa.Column("person_weeks", sa.Double, nullable=False)
    part("initiative_requests", "initiative", ["position"], *pool, person_weeks, *days())
    part("initiative_supplies", "initiative", ["part"], word("part"))
    owned(
        "vectors",
        ["initiative_id", "encoder"],
        number("initiative_id"),
        text("encoder"),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        within("vectors", "initiative_id", "initiatives"),
    )
    op.create_index("ix_vectors_workspace_id_encoder", "vectors", ["workspace_id", "encoder"])


def added() -> dict[str, Sequence[sa.Column[Any]]]:
    """The new columns of tables that were there."""
    return {
        "workspaces": (
            counted("revision", 0),
            sa.Column("passed_on", sa.Date),
            sa.Column("least", sa.JSON),
        ),
        "segments": (counted("weight", 3), counted("weekly_contacts", 3)),
        "initiatives": (number("problem_id", nullable=True), counted("revision", 0)),
        "findings": (text("thread", nullable=True), *(sa.Column(f"{name}_covers", sa.JSON) for name in SAID)),
        "finding_members": [number(f"{name}_id", nullable=True) for name in NEW_MEMBERS],
    }


INITIATIVES = sa.table(
    "initiatives",
    *map(sa.column, ("workspace_id", "id", "title", "problem", "folded", "serves", "problem_id", "encoder", "vector")),
)
PROBLEMS = sa.table("problems", *map(sa.column, ("workspace_id", "id", "name", "folded", "statement")))
COUNTERS = sa.table("counters", *map(sa.column, ("workspace_id", "name", "last")))
VECTORS = sa.table("vectors", *map(sa.column, ("workspace_id", "initiative_id", "encoder", "vector")))
MEMBERS = sa.table("finding_members", *map(sa.column, ("workspace_id", "finding_id")))
FINDINGS = sa.table(
    "findings",
    *map(sa.column, ("workspace_id", "id", "key", "rule", "thread")),
    *(sa.column(name, sa.JSON(none_as_null=True)) for name in ("facts", "verdict_covers", "answer_covers")),
    *map(sa.column, ("verdict_fingerprint", "answer_fingerprint", "verdict_choice", "answer_choice")),
)


def name_problems() -> None:
    """Make a problem of each name that initiatives serve, whatever its capitals, as it was compared until now."""
    bind, ids = op.get_bind(), defaultdict[str, dict[str, int]](dict)
    columns = (INITIATIVES.c.workspace_id, INITIATIVES.c.id, INITIATIVES.c.title, INITIATIVES.c.problem)
    naming = sa.select(*columns, INITIATIVES.c.serves).where(INITIATIVES.c.serves != "")
    for owner, id, title, problem, serves in bind.execute(naming.order_by(*columns[:2])).all():
        known, folded = ids[owner], serves.casefold()
        if folded not in known:
            known[folded] = len(known) + 1
            named = {"workspace_id": owner, "id": known[folded], "name": serves, "folded": folded, "statement": ""}
            bind.execute(sa.insert(PROBLEMS).values(named))
        set_of(INITIATIVES, owner, id, problem_id=known[folded], folded=f"{title}\n{problem}".casefold())
    for owner, known in ids.items():
        bind.execute(sa.insert(COUNTERS).values(workspace_id=owner, name="problems", last=len(known)))


def put_names_of_problems_back() -> None:
    """Write the name of the problem into each initiative that serves one."""
    bind = op.get_bind()
    bind.execute(sa.update(INITIATIVES).values(serves=""))
    same = sa.and_(INITIATIVES.c.workspace_id == PROBLEMS.c.workspace_id, INITIATIVES.c.problem_id == PROBLEMS.c.id)
    columns = (INITIATIVES.c.workspace_id, INITIATIVES.c.id, INITIATIVES.c.folded, PROBLEMS.c.name)
    for owner, id, folded, name in bind.execute(sa.select(*columns).join_from(INITIATIVES, PROBLEMS, same)).all():
        set_of(INITIATIVES, owner, id, serves=name, folded=f"{folded}\n{name.casefold()}")


def move_vectors() -> None:
    """Give each vector a row of its own."""
    columns = ("workspace_id", "initiative_id", "encoder", "vector")
    old = sa.select(INITIATIVES.c.workspace_id, INITIATIVES.c.id, INITIATIVES.c.encoder, INITIATIVES.c.vector)
    op.get_bind().execute(sa.insert(VECTORS).from_select(columns, old))


def put_vectors_back() -> None:
    """Keep one vector of each initiative; the old release makes it anew when it is not its encoder's."""
    mine = (VECTORS.c.workspace_id == INITIATIVES.c.workspace_id, VECTORS.c.initiative_id == INITIATIVES.c.id)
    encoder = sa.select(sa.func.max(VECTORS.c.encoder)).where(*mine).scalar_subquery()
    bind = op.get_bind()
    bind.execute(sa.update(INITIATIVES).values(encoder=sa.func.coalesce(encoder, "")))
    vector = sa.select(VECTORS.c.vector).where(*mine, VECTORS.c.encoder == INITIATIVES.c.encoder).scalar_subquery()
    bind.execute(sa.update(INITIATIVES).values(vector=sa.func.coalesce(vector, sa.literal(b"", sa.LargeBinary))))


def cover_what_was_dismissed() -> None:
    """Write threads and covers: what was said of facts that still stand covers them, of others the members only."""
    for row in op.get_bind().execute(sa.select(FINDINGS)).mappings().all():
        members, facts = members_of(row["key"]), [*map(renewed, row["facts"])]
        covers: dict[str, list[str] | None] = {}
        for name in SAID:
            holds = row[f"{name}_fingerprint"] == fingerprint(row["facts"])
            whole = (*members, *(essence for fact in facts for essence in essences(fact)))
            covers[f"{name}_covers"] = hashed(whole if holds else members) if row[f"{name}_choice"] else None
        lasting = [member for member in members if not member.startswith("initiative:")] or members
        thread = f"{row['rule']}|{','.join(lasting)}"
        set_of(FINDINGS, row["workspace_id"], row["id"], thread=thread, facts=facts, **covers)


def put_fingerprints_back() -> None:
    """Write the facts as they were; what still covers them gets their fingerprint."""
    for row in op.get_bind().execute(sa.select(FINDINGS)).mappings().all():
        facts = [former(fact) for fact in row["facts"] if fact.get("what") != "metric"]
        present = (*members_of(row["key"]), *(essence for fact in row["facts"] for essence in essences(fact)))
        prints = {
            f"{name}_fingerprint": fingerprint(facts)
            if set(hashed(present)) <= set(row[f"{name}_covers"] or ())
            else ""
            for name in SAID
            if row[f"{name}_choice"]
        }
        set_of(FINDINGS, row["workspace_id"], row["id"], facts=facts, **prints)


def forget_new_findings() -> None:
    """Delete the findings of rules that the old release does not know."""
    new = FINDINGS.c.rule.not_in(KNOWN_RULES)
    whose = sa.and_(MEMBERS.c.workspace_id == FINDINGS.c.workspace_id, MEMBERS.c.finding_id == FINDINGS.c.id)
    bind = op.get_bind()
    bind.execute(sa.delete(MEMBERS).where(sa.exists().where(whose, new)))
    bind.execute(sa.delete(FINDINGS).where(new))


def members_of(key: str) -> list[str]:
    """The members that a finding's key names."""
    return key.split("|", 1)[1].split(",")


def renewed(fact: Columns) -> Columns:
    """A fact as this release writes it: an incomplete initiative by its number."""
    if fact["kind"] != "incomplete_initiative":
        return fact
    rest = {name: value for name, value in fact.items() if name != "reference"}
    return {**rest, "initiative": int(fact["reference"].removeprefix("CX-"))}


def former(fact: Columns) -> Columns:
    """A fact as the release before wrote it."""
    if fact["kind"] != "incomplete_initiative":
        return fact
    told = {name: fact[name] for name in ("title", "department")}
    missing = [one for one in fact["missing"] if one != "metric"]
    return {"kind": fact["kind"], "reference": f"CX-{fact['initiative']}", **told, "missing": missing}


def essences(fact: Columns) -> list[str]:
    """What a dismissal of a fact covers in this release."""
    kind = fact["kind"]
    if kind == "single_department_stage":
        return [f"{kind}:{fact['department']}"]
    if kind == "shared" and fact["what"] in ("problem", "metric"):  # they can be renamed
        return [f"{kind}:{fact['what']}"]
    if kind == "shared":
        return [f"{kind}:{fact['what']}:{name}" for name in fact["names"]]
    if kind == "incomplete_initiative":  # whoever was content without dates is not asked again for a metric
        return [f"{kind}:{name}" for name in dict.fromkeys((*fact["missing"], "metric"))]
    if kind == "opposed_contacts":
        sides = (f"{side['initiative']}:{side['intent']}:{side['segment']}" for side in (fact["first"], fact["second"]))
        return [":".join((kind, *sides, fact["start"], fact["end"]))]
    return [kind]


def fingerprint(facts: Iterable[Columns]) -> str:
    """What a dismissal covered in the release before."""
    essence = (fact["kind"] if fact["kind"] in ("alike_texts", "shared_days") else written(fact) for fact in facts)
    return hashlib.sha256("\n".join(essence).encode()).hexdigest()[:32]


def written(fact: Columns) -> str:
    """A fact as JSON in as few characters as can be."""
    return json_text.dumps(fact, ensure_ascii=False, separators=(",", ":"))


def hashed(texts: Iterable[str]) -> list[str]:
    """Short names of texts, in order."""
    return sorted({hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts})


def set_of(table: sa.TableClause, owner: str, id: int, **columns: Any) -> None:
    """Write columns of one row."""
    op.get_bind().execute(sa.update(table).where(table.c.workspace_id == owner, table.c.id == id).values(**columns))


def numbered(table: str, *items: SchemaItem) -> None:
    """A table whose rows have a number in their workspace."""
    home = sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id")
    owned(table, ["id"], sa.Column("id", sa.Integer, autoincrement=False, nullable=False), home, *items)


def part(table: str, whole: str, keys: Sequence[str], *items: SchemaItem) -> None:
    """A table of what something consists of, in order."""
    home = within(table, f"{whole}_id", f"{whole}s")
    owned(table, [f"{whole}_id", *keys], number(f"{whole}_id"), number("position"), home, *items)


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


def days() -> list[sa.Column[Any]]:
    """A window."""
    return [sa.Column(name, sa.Date, nullable=False) for name in ("starts_on", "ends_on")]


def text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """Text of any length."""
    return sa.Column(name, sa.Text, nullable=nullable)


def word(name: str) -> sa.Column[str]:
    """One of a few words."""
    return sa.Column(name, sa.String(40), nullable=False)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=nullable, autoincrement=False)


def counted(name: str, first: int) -> sa.Column[int]:
    """A whole number that old rows have too."""
    return sa.Column(name, sa.Integer, nullable=False, server_default=str(first))
