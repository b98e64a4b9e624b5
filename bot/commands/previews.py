"""What an import would do, told before it is done."""

from collections import defaultdict
from collections.abc import Sequence

from bot.importing import Incoming
from bot.printing import Screen, counted, listed
from planning.alerts.values import Alert
from planning.transfer.values import ImportPlan, Issue, IssueKind, PlannedRow, Standing

SAMPLE = 5
MOST_TOLD = 20
NOBODY_TOLD = (
    "Nobody is told of overlaps: none comes to light, or its leads are not in Slack or do not want to be told."
)


def preview(screen: Screen, incoming: Incoming, plan: ImportPlan, *, company: bool) -> None:
    """Tell what an import would do: columns, first rows, statuses, what is made, what cannot be taken."""
    table = incoming.table
    screen.heading(f"{counted(len(table.rows), 'row')} from {plan.source}")
    if table.encoding != "utf-8":
        screen.line(f"Read as {table.encoding}; check that accents and quotation marks look right.")
    if incoming.company is not None:
        told = "will be brought up to date" if company else "are in the register already"
        screen.line(f"Departments, people, journey, metrics, pools and problems of {incoming.company.name} {told}.")
    screen.heading("What each column is taken for")
    for field, place in plan.mapping.places.items():
        screen.line(f"{field:<14} ← {plan.columns[place]}", indent=2)
    if plan.mapping.kept:
        screen.line(f"kept beside the initiative, not used yet: {listed(list(plan.mapping.kept))}", indent=2)
    _show_rows(screen, plan.rows)
    _show_statuses(screen, plan)
    _show_making(screen, plan)
    show_issues(screen, plan.issues)
    counts = ", ".join(f"{number:,} {name}" for name, number in plan.counts().items())
    screen.heading(f"In all: {counts}.")


def told_counts(alerts: Sequence[Alert]) -> dict[str, int]:
    """How many people and channels hear of how many overlaps."""
    addresses = {alert.address: alert.person is None for alert in alerts}
    channels = sum(addresses.values())
    overlaps = len({alert.finding for alert in alerts})
    return {"people": len(addresses) - channels, "channels": channels, "overlaps": overlaps}


def who_is_told(alerts: Sequence[Alert]) -> str:
    """The same in words."""
    if not alerts:
        return NOBODY_TOLD
    counts = told_counts(alerts)
    told = (counted(counts["people"], "person", "people"), counted(counts["channels"], "channel"))
    whom = " and ".join(each for each in told if not each.startswith("0 "))
    overlaps = counted(counts["overlaps"], "overlap")
    return f"One summary each, in working hours, tells {whom} of {overlaps}."


def _show_rows(screen: Screen, rows: Sequence[PlannedRow]) -> None:
    shown = [row for row in rows if row.standing is not Standing.UNCHANGED][:SAMPLE]
    if not shown:
        return
    screen.heading("The first rows as they will be")
    for row in shown:
        draft = row.draft
        dates = (
            f"{draft.starts_on or '…'} to {draft.ends_on or '…'}" if draft.starts_on or draft.ends_on else "no dates"
        )
        changed = f" – changes {', '.join(row.changed)}" if row.changed else ""
        screen.line(f"{draft.title}{changed}", indent=2)
        owner = draft.owner or "no owner"
        screen.line(f"{draft.department} · {owner} · {draft.status} · {dates}", style="dim", indent=4)


def _show_statuses(screen: Screen, plan: ImportPlan) -> None:
    if not plan.statuses:
        return
    words: dict[str, list[str]] = defaultdict(list)
    for word, status in plan.statuses.items():
        words[str(status) if status else "says nothing"].append(f"“{word}”")
    screen.heading("What the statuses are taken for")
    for meaning, said in words.items():
        screen.line(f"{meaning:<12} ← {listed(said)}", indent=2)


def _show_making(screen: Screen, plan: ImportPlan) -> None:
    making = plan.making
    parts = (
        (making.departments, "department"),
        (making.stages, "stage"),
        (making.segments, "segment"),
        (making.touchpoints, "touchpoint"),
        (making.metrics, "metric"),
        (making.problems, "customer problem"),
    )
    if any(names for names, _ in parts):
        screen.heading("What will be made")
    for names, noun in parts:
        if names:
            screen.line(f"{counted(len(names), noun)}: {listed(names)}", indent=2)


def show_issues(screen: Screen, issues: Sequence[Issue]) -> None:
    """What there is to tell of the lines; what is alike once, with all of its lines."""
    for kind in IssueKind:
        grouped: dict[str, list[int]] = defaultdict(list)
        for issue in issues:
            if issue.kind is kind:
                grouped[issue.text].append(issue.line)
        if not grouped:
            continue
        screen.heading(_HEADINGS[kind])
        for text, lines in list(grouped.items())[:MOST_TOLD]:
            screen.line(f"{_lines(lines)}: {text}", indent=2)
        if len(grouped) > MOST_TOLD:
            screen.line(f"… and {len(grouped) - MOST_TOLD} more; --json lists all", indent=2)


_HEADINGS = {
    IssueKind.REJECTED: "Lines that do not go in",
    IssueKind.LEFT_OUT: "Lines that go in without something",
    IssueKind.NOTED: "Worth knowing",
}


def _lines(lines: Sequence[int]) -> str:
    if len(lines) == 1:
        return f"line {lines[0]}"
    return f"lines {listed([str(line) for line in lines], 6)}"
