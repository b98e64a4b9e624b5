"""`python -m tests.benchmarks.restraint`: a year of a made-up company, and how often its leads are disturbed."""

import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import URL
from structlog.testing import capture_logs

from bot.scheduling.beat import beat
from bot.scheduling.due_times import next_due
from db.database import Database, open_database
from db.migrating import upgrade
from planning.alerts.preferences import Preferences
from planning.alerts.values import Alert
from planning.decisions.asking import asked_now
from planning.findings.values import Finding, Member, State, Subject
from planning.outbox.values import AddressKind, Message, MessageKind
from planning.register import Register
from planning.schedules.defaults import add_usual
from planning.workspace.hours import Hours, at_work, monday_in
from planning.workspace.values import Person
from tests.benchmarks.office import BEGINS, TOLD, Office
from tests.builders import ENCODER
from tests.handlers.slack import WordEncoder
from tests.scheduled import still

SEED, DAYS, DEPARTMENTS, ACTS = 6, 364, 20, 3
HOURS = (0, 3, 8, 11, 14, 17)
"""When the beat is counted, UTC: mornings in Tokyo, Oslo, London and New York, and the nightly pass."""
QUIET = (3, 14)
"""The same on days on which nobody works."""
RUSH, QUARTER = 5, 91
"""In the first week of a quarter there is so much more to do each day."""
LATELY, OVERDUE = timedelta(weeks=3), "open for too long"
ALERTING = (MessageKind.ALERT, MessageKind.ALERTS)


@dataclass(frozen=True, slots=True)
class Restraint:
    """What a year came to."""

    days: int
    leads: int
    initiatives: int
    overlaps: int
    budget: int
    weeks: int
    """Weeks of all leads and channels together."""
    messages: int
    cards: int
    most: int
    """In one week for one address."""
    share: dict[int, float]
    """Alerts in a week → the share of all weeks."""
    out_of_hours: int
    repeated: int
    """Alerts of the same members and rule to the same address."""
    overdue: int
    """Overlaps that nobody has settled for weeks, and for which the executives are not asked."""
    outcomes: dict[str, int]
    """What had become of the overlaps at the end."""


def run(days: int = DAYS, departments: int = DEPARTMENTS, acts: int = ACTS, seed: int = SEED) -> Restraint:
    """Let the company work for so many days, with so many acts on each working day."""
    with tempfile.TemporaryDirectory() as folder:
        url = URL.create("sqlite", database=str(Path(folder) / "year.db"))
        upgrade(url)
        database = open_database(url, encoder=ENCODER)
        registers = database.registers(database.ensure_workspace(name="Harbour Insurance").id)
        office = Office(registers, departments, np.random.default_rng(seed))
        office.found()
        with registers.writing() as register:
            add_usual(register, BEGINS, next_due)
        with capture_logs() as logs:
            for day in range(days):
                _work(database, office, BEGINS + timedelta(days=day), acts * (RUSH if day % QUARTER < 7 else 1))
            beat(database, WordEncoder(), still(BEGINS + timedelta(days=days)))
        if faults := [line for line in logs if line["log_level"] == "error"]:
            raise RuntimeError(f"a step failed: {faults[0]}")
        report = _report(database, office, BEGINS + timedelta(days=days))
        database.close()
        return report


def _work(database: Database, office: Office, day: datetime, acts: int) -> None:
    """A day: the nightly pass, then acts between the beats, on working days."""
    moments = sorted(office.random.integers(6 * 60, 18 * 60, acts).tolist()) if day.weekday() < 5 else []
    if day.weekday() == 0:
        office.rule(day)
    for hour in HOURS if moments else QUIET:
        for minute in [one for one in moments if one < hour * 60]:
            office.act(day + timedelta(minutes=minute))
        moments = [one for one in moments if one >= hour * 60]
        beat(database, WordEncoder(), still(day + timedelta(hours=hour)))


def _report(database: Database, office: Office, end: datetime) -> Restraint:
    sent = [one for one in database.outbox("main").page(10**6).items if one.posting.kind in ALERTING]
    with office.registers.reading() as register:
        people = {str(person.slack_id): person for person in register.people.all()}
        portfolio = register.initiatives.all()
        members = [Member(Subject.INITIATIVE, one.id) for one in portfolio]
        known = [one for one in register.findings.touching(members) if one.found.rule.kind == "overlap"]
        every = register.alerts.of(*(one.id for one in known))
        alerts = [one for one in every if one.state in TOLD]
        outcomes = _outcomes(register, known, every, end)
        weekly = _weekly(sent, people)
        weeks = (len(people) - 1 + office.departments // 7) * ((end - BEGINS).days // 7)
        counts = Counter(weekly.values())
        share = {0: 1 - len(weekly) / weeks, **{n: counts[n] / weeks for n in sorted(counts)}}
        return Restraint(
            days=(end - BEGINS).days,
            leads=len(people) - 1,
            initiatives=len(portfolio),
            overlaps=len(known),
            budget=register.workspaces.current().alert_budget,
            weeks=weeks,
            messages=len(sent),
            cards=sum(one.posting.kind is MessageKind.ALERT for one in sent),
            most=max(weekly.values(), default=0),
            share={n: round(part, 4) for n, part in share.items()},
            out_of_hours=sum(not _in_hours(one, people, office) for one in sent),
            repeated=_repeated(alerts, known),
            overdue=outcomes[OVERDUE],
            outcomes=dict(outcomes.most_common()),
        )


def _weekly(sent: Iterable[Message], people: dict[str, Person]) -> Counter[tuple[str, date]]:
    """Address and week, where the person is → its alerts."""
    zones = {id: person.zone for id, person in people.items()}
    place = ((one.posting.address.ids[0], one.created_at.replace(tzinfo=UTC)) for one in sent)
    return Counter((id, monday_in(zones.get(id, "UTC"), at)) for id, at in place)


def _in_hours(message: Message, people: dict[str, Person], office: Office) -> bool:
    """Whether it was queued when the person was at work, by what they wanted then."""
    if message.posting.address.kind is not AddressKind.PERSON:
        return True
    person, at = people[message.posting.address.ids[0]], message.created_at.replace(tzinfo=UTC)
    wanted = [one for since, one in office.wants.get(person.id, []) if since <= at]
    return at_work(at, Hours.of(person, wanted[-1] if wanted else Preferences(person.id))) == at


def _repeated(alerts: Sequence[Alert], known: Sequence[Finding]) -> int:
    keys = {one.id: one.found.key for one in known}
    told = Counter((alert.address, keys[alert.finding]) for alert in alerts)
    return sum(count - 1 for count in told.values())


def _outcomes(register: Register, known: Sequence[Finding], alerts: Iterable[Alert], end: datetime) -> Counter[str]:
    told: defaultdict[int, list[Alert]] = defaultdict(list)
    for alert in alerts:
        told[alert.finding].append(alert)
    asked = {one.finding.id for one in asked_now(register, end)}
    ruled = {one.finding: one.at for one in register.decisions.ruled()}
    return Counter(_outcome(one, told[one.id], one.id in asked, ruled.get(one.id), end) for one in known)


def _outcome(finding: Finding, alerts: Sequence[Alert], asked: bool, ruled: datetime | None, end: datetime) -> str:
    state = finding.state(end)
    if state is not State.OPEN:
        return str(state)
    if asked:
        return "escalated"
    told = min((one.told_at for one in alerts if one.told_at is not None), default=None)
    last = [told or finding.opened_at, *([ruled] if ruled else []), *([finding.verdict.at] if finding.verdict else [])]
    if end - max(last) > LATELY:
        return OVERDUE
    return "open, told of late" if told else "open, to be told"


def show(report: Restraint) -> None:
    """Print what came of it."""
    print(f"\n{report.days} days of {report.leads} leads, {report.initiatives} initiatives, {report.overlaps} overlaps")
    print(f"  budget {report.budget} a week; most in a week {report.most}; {report.messages} messages")
    print(f"  {report.cards} of them cards; {report.out_of_hours} out of hours; {report.repeated} repeated")
    print(f"  {report.overdue} overlaps open for weeks without anybody asked")
    print("  alerts in a week, share of weeks: " + ", ".join(f"{n}: {part:.1%}" for n, part in report.share.items()))
    print("  overlaps at the end: " + ", ".join(f"{count} {what}" for what, count in report.outcomes.items()))


def as_json(report: Restraint) -> str:
    """The same for programs."""
    return json.dumps(asdict(report), indent=2)


if __name__ == "__main__":
    found = run(int(sys.argv[1]) if len(sys.argv) > 1 else DAYS)
    show(found)
    print(as_json(found))
