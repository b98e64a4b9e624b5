"""Deciding what an import does, from the table and what the register knows; nothing is written here."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from planning.initiatives.values import Status
from planning.transfer.dates import Reading, order_in
from planning.transfer.drafts import NamedDraft
from planning.transfer.lists import Rolls
from planning.transfer.movables import movable_reason
from planning.transfer.naming import Known, Roll, differing, named
from planning.transfer.rows import RowReader, Said
from planning.transfer.values import (
    ColumnMap,
    Field,
    ImportPlan,
    Issue,
    IssueKind,
    Making,
    Options,
    PlannedRow,
    Standing,
    Table,
)

_BETWEEN = "\x1f"
"""Occurs in no cleaned text."""


def plan_import(table: Table, mapping: ColumnMap, known: Known, options: Options) -> ImportPlan:
    """What importing the table does: each row with its standing, and an issue for each thing to tell."""
    rolls = _rolls(known, options)
    reader = RowReader(table.columns, mapping, rolls, _reading(table, mapping, options), options)
    said = [reader.read(row) for row in table.rows]
    accepted, doubles = _distinct(_identified([each for each in said if each.fields]))
    planned = [_planned(each, known, options) for each in accepted]
    told = [*(issue for each in said for issue in each.issues), *(issue for _, each in planned for issue in each)]
    issues = [*table.issues, *told, *doubles, *_twins(accepted)]
    return ImportPlan(
        source=options.source,
        columns=table.columns,
        mapping=mapping,
        rows=tuple(row for row, _ in planned),
        issues=tuple(sorted(issues, key=lambda issue: issue.line)),
        making=_making(rolls, [row.draft for row, _ in planned if row.standing is not Standing.UNCHANGED]),
        statuses=reader.statuses,
    )


def _rolls(known: Known, options: Options) -> Rolls:
    journey = known.journey
    return Rolls(
        Roll(department.name for department in known.departments),
        Roll(journey.stage_names().values(), closed=bool(journey.stages) and not options.create_stages),
        Roll(journey.segment_names().values()),
        Roll(journey.touchpoint_names().values()),
        Roll(known.metric_names.values()),
        Roll(known.pool_names.values(), closed=True),
        Roll(known.problem_names.values()),
    )


def _making(rolls: Rolls, drafts: Sequence[NamedDraft]) -> Making:
    """The names that are new and that a row which goes in uses."""
    contacts = [contact for draft in drafts for contact in draft.contacts]
    segments = {name for draft in drafts for name in draft.segments} | {contact.segment for contact in contacts}
    touchpoints = {name for draft in drafts for name in draft.touchpoints} | {c.touchpoint for c in contacts}
    return Making(
        rolls.departments.made_of({draft.department for draft in drafts}),
        rolls.stages.made_of({name for draft in drafts for name in draft.stages}),
        rolls.segments.made_of(segments),
        rolls.touchpoints.made_of(touchpoints),
        rolls.metrics.made_of({effect.metric for draft in drafts for effect in draft.effects}),
        rolls.problems.made_of({draft.serves for draft in drafts}),
    )


def _reading(table: Table, mapping: ColumnMap, options: Options) -> Reading:
    places = [mapping.places[each] for each in (Field.START, Field.END) if each in mapping.places]
    return Reading(order_in(row.cells[place] for row in table.rows for place in places), options.fiscal_start)


def _identified(said: Sequence[Said]) -> list[Said]:
    """Each with an id: its own, or one made of its department and title, with its problem where those are not alone."""
    nameless = Counter(_headline(each) for each in said if not each.source_id)
    return [each if each.source_id else replace(each, source_id=_made_id(each, nameless)) for each in said]


def _headline(said: Said) -> tuple[str, str]:
    return said.fields["department"].casefold(), said.fields["title"].casefold()


def _made_id(said: Said, headlines: Mapping[tuple[str, str], int]) -> str:
    headline = _headline(said)
    parts = headline if headlines[headline] == 1 else (*headline, said.fields.get("problem", ""))
    return f"content:{hashlib.sha256(_BETWEEN.join(parts).encode()).hexdigest()[:24]}"


def _distinct(said: Iterable[Said]) -> tuple[list[Said], list[Issue]]:
    """The first of each id; a later one is told to be the same, or to need an id of its own."""
    first: dict[tuple[str, str], Said] = {}
    issues = []
    for each in said:
        kept = first.setdefault((each.source, each.source_id), each)
        if kept is not each:
            issues.append(_double(each, kept))
    return list(first.values()), issues


def _double(said: Said, kept: Said) -> Issue:
    if said.fields == kept.fields:
        return Issue(said.row.line, IssueKind.NOTED, f"is the same as line {kept.row.line}; taken once")
    reason = f"has the id of line {kept.row.line} (“{said.source_id}”) and says something else; give it one of its own"
    return Issue(said.row.line, IssueKind.REJECTED, reason)


def _twins(said: Iterable[Said]) -> list[Issue]:
    """Rows of different ids that say the same, told and taken as they are."""
    first: dict[str, Said] = {}
    issues = []
    for each in said:
        same = first.setdefault(repr(sorted(each.fields.items())), each)
        if same is not each:
            reason = f"says the same as line {same.row.line} under another id; both go in"
            issues.append(Issue(each.row.line, IssueKind.NOTED, reason))
    return issues


def _planned(said: Said, known: Known, options: Options) -> tuple[PlannedRow, list[Issue]]:
    present = known.initiatives.get((said.source, said.source_id))
    before = None if present is None else named(present.draft, known)
    draft, issues = _merged(said, before, options)
    changed = () if before is None else differing(before, draft)
    standing = Standing.NEW if before is None else Standing.CHANGED if changed else Standing.UNCHANGED
    row = PlannedRow(
        said.row.line, said.source, said.source_id, draft, standing, present, changed, said.reference, said.joined
    )
    return row, issues


def _merged(said: Said, before: NamedDraft | None, options: Options) -> tuple[NamedDraft, list[Issue]]:
    """What is known, with what the row says laid over it: what a file leaves empty takes nothing away."""
    base = before or NamedDraft()
    kept = {name: text for name, text in base.extras.items() if name not in said.read_anew}
    extras = {**kept, **said.fields["extras"]}
    draft = replace(base, **{**said.fields, "extras": extras})
    issues = []
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        reason = f"ends on {draft.ends_on}, before it starts on {draft.starts_on}; both dates left out"
        issues.append(Issue(said.row.line, IssueKind.LEFT_OUT, reason))
        draft = replace(draft, starts_on=base.starts_on, ends_on=base.ends_on)
    if unfit := movable_reason(draft):
        issues.append(Issue(said.row.line, IssueKind.LEFT_OUT, unfit))
        draft = replace(draft, movable=None if movable_reason(replace(draft, movable=base.movable)) else base.movable)
    if draft.supplies and not draft.serves:
        reason = "brings parts of a fix; they count once it names the problem"
        issues.append(Issue(said.row.line, IssueKind.NOTED, reason))
    if before is None and "status" not in said.fields:
        begun = draft.starts_on is not None and draft.starts_on <= options.today
        draft = replace(draft, status=Status.ACTIVE if begun or said.unknown_status else Status.PLANNED)
    return draft, issues
