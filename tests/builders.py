"""Values for tests: each builder makes a plausible one, and every field can be said otherwise by its name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import numpy as np

from planning.audit.values import Entry
from planning.checkins.values import CheckIn
from planning.digests.values import Changes, Coverage, Digest
from planning.findings.facts import AlikeTexts
from planning.findings.values import Choice, Finding, Found, Rule, Verdict, members
from planning.initiatives.values import Contact, Draft, Effect, Initiative, Intent, Request
from planning.journey.values import HandOff, Journey, Segment, Stage, Touchpoint
from planning.journey.versions import SavedJourney, SavedStage
from planning.metrics.readings import Reading
from planning.metrics.values import Direction, Metric, Tension
from planning.outbox.values import Address, Delivery, Message, MessageKind, Posting
from planning.portfolio.holdings import Holdings
from planning.portfolio.measurements import Measure, Measurement, quarter_of
from planning.portfolio.values import Portfolio
from planning.problems.values import Part, Problem
from planning.register import Register
from planning.resources.values import Leave, Pool
from planning.schedules.cron import Cron
from planning.schedules.values import Schedule, ScheduleKind
from planning.similarity import Floats
from planning.window import Window
from planning.workspace.keying import digest_of
from planning.workspace.keys import ApiKey
from planning.workspace.values import Channel, Department, Person, Role

ENCODER = "test-encoder"
DIMENSION = 8
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""A Monday."""
TODAY = NOW.date()

T = TypeVar("T", bound=Any)


def at(days: float = 0, **more: float) -> datetime:
    """A moment so many days (hours=…, minutes=…) after NOW."""
    return NOW + timedelta(days=days, **more)


def window(start: date = date(2027, 3, 1), days: int = 30) -> Window:
    """So many days from a day on."""
    return Window(start, start + timedelta(days=days - 1))


def vector(seed: int = 1, dimension: int = DIMENSION) -> Floats:
    """A vector of length one; the same seed gives the same one, others are unlike it."""
    row = np.random.default_rng(seed).normal(size=dimension)
    unit: Floats = (row / np.linalg.norm(row)).astype(np.float32)
    return unit


def person(**fields: Any) -> Person:
    """Somebody without a department."""
    return _with(Person(1, "Ada Berg", "U0ADA", zone="Europe/Oslo"), fields)


def lead(department: int = 1, **fields: Any) -> Person:
    """A lead of a department."""
    return person(**{"department": department, "roles": frozenset({Role.LEAD}), **fields})


def steward(**fields: Any) -> Person:
    """A steward."""
    return person(**{"roles": frozenset({Role.STEWARD}), **fields})


def department(**fields: Any) -> Department:
    """A department with a channel."""
    return _with(Department(1, "Marketing", Channel("marketing", "C0MARKET")), fields)


def stage(**fields: Any) -> Stage:
    """A stage of the journey."""
    return _with(Stage(1, "Join", 1, "The customer signs up and gets started."), fields)


def segment(**fields: Any) -> Segment:
    """A group of customers."""
    return _with(Segment(1, "Private customers"), fields)


def touchpoint(**fields: Any) -> Touchpoint:
    """A way to meet the company."""
    return _with(Touchpoint(1, "Email"), fields)


def journey(*names: str, **fields: Any) -> Journey:
    """A journey with stages of these names, numbered from 1."""
    stages = tuple(stage(id=n, name=name, position=n) for n, name in enumerate(names or ("Join", "Use", "Renew"), 1))
    return _with(Journey(1, stages, (segment(),), (touchpoint(),)), fields)


def saved_journey(**fields: Any) -> SavedJourney:
    """A version of a journey of one stage, saved by person 1."""
    stages = (SavedStage(id=1, name="Join"),)
    return _with_model(SavedJourney(version=1, at=NOW, by=1, stages=stages, told=("New stages: “Join”.",)), fields)


def hand_off(**fields: Any) -> HandOff:
    """The hand-off from stage 1 to stage 2."""
    return _with(HandOff(1, 1, 2, giver=1, receiver=2), fields)


def metric(**fields: Any) -> Metric:
    """A metric of stage 1, below its target."""
    return _with(Metric(1, "Satisfaction", "points", stage=1, baseline=40, target=60), fields)


def reading(**fields: Any) -> Reading:
    """Metric 1 stood at 45 yesterday."""
    return _with(Reading(1, TODAY - timedelta(days=1), 45.0), fields)


def tension(**fields: Any) -> Tension:
    """Metrics 1 and 2 pull against each other."""
    return _with(Tension(1, 2, "Longer calls please more and cost more."), fields)


def pool(**fields: Any) -> Pool:
    """A team of four, one of them away for a fortnight."""
    return _with(Pool(1, "Data team", 4.0, (Leave(window(days=14), 0.25),)), fields)


def problem(**fields: Any) -> Problem:
    """A customer problem that needs two parts."""
    needs = (Part.PROCESS, Part.MESSAGE)
    return _with(Problem(1, "Told it thrice", "Customers tell their story to each department anew.", needs), fields)


def measurement(**fields: Any) -> Measurement:
    """The mirror index of the quarter, with its interval."""
    bridging: dict[str, object] = {"bridges": [2]}
    return _with(Measurement(Measure.MIRROR, quarter_of(TODAY), 0.5, NOW, 0.4, 0.6, bridging), fields)


def effect(**fields: Any) -> Effect:
    """Metric 1 is meant to rise."""
    return _with(Effect(1, Direction.UP), fields)


def request(**fields: Any) -> Request:
    """Six person-weeks of pool 1."""
    return _with(Request(1, 6.0, window()), fields)


def contact(**fields: Any) -> Contact:
    """A planned contact."""
    return _with(Contact(1, 1, Intent.INFORM, window(days=5)), fields)


def draft(**fields: Any) -> Draft:
    """What a person says of an initiative of department 1."""
    problem = "Customers call twice because the letter does not say what to do."
    return _with(Draft("Clearer letters", problem, department=1), fields)


def initiative(id: int = 1, **fields: Any) -> Initiative:
    """A registered initiative; fields of its draft may be given too."""
    own = {name: fields.pop(name) for name in list(fields) if name in Initiative.__dataclass_fields__}
    return _with(Initiative(id, draft(**fields), registered_at=NOW, changed_at=NOW, registered_by=1), own)


def portfolio(*initiatives: Initiative, vectors: Sequence[Floats] | None = None, **fields: Any) -> Portfolio:
    """The initiatives with two departments, one lead each, and a journey.

    `vectors` has one row for each initiative, in the order given; without it, each has one of its own.
    """
    departments = (department(), department(id=2, name="Service", channel=Channel("service", "C0SERVICE")))
    people = (lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO"))
    rows = [vector(one.id) for one in initiatives] if vectors is None else list(vectors)
    stacked = np.stack(rows) if rows else np.zeros((0, DIMENSION), np.float32)
    holdings = Holdings.of(initiatives, stacked, ENCODER)
    return _with(Portfolio(TODAY, departments, people, journey(), holdings), fields)


def found(*initiatives: int, **fields: Any) -> Found:
    """An overlap of initiatives, at first of 1 and 2."""
    return _with(Found(Rule.DUPLICATE_EFFORT, members(initiatives or (1, 2)), 0.8, (AlikeTexts(cosine=0.8),)), fields)


def finding(**fields: Any) -> Finding:
    """An open overlap of initiatives 1 and 2."""
    return _with(Finding(1, found(), opened_at=NOW, changed_at=NOW), fields)


def verdict(choice: Choice = Choice.COORDINATE, of: Found | None = None, **fields: Any) -> Verdict:
    """What person 1 said of the members and facts of a finding."""
    return _with(Verdict(choice, 1, NOW, (of or found()).covers), fields)


def entry(**fields: Any) -> Entry:
    """An audit entry."""
    return _with(Entry(NOW, "initiative.registered", "initiative:1"), fields)


def api_key(**fields: Any) -> ApiKey:
    """A key that lets a program in."""
    return _with(ApiKey(1, "Survey tool", digest_of("cx_secret"), NOW, 1), fields)


def posting(**fields: Any) -> Posting:
    """An alert about finding 1 to one person."""
    return _with(Posting("alert:1:U0ADA", MessageKind.ALERT, 1, Address.person("U0ADA")), fields)


def message(**fields: Any) -> Message:
    """A message that waits to be sent."""
    return _with(Message(1, posting(), Delivery.PENDING, NOW), fields)


def schedule(**fields: Any) -> Schedule:
    """Mondays at nine in Oslo, due now."""
    monday = Cron.of("0 9 * * mon")
    return _with(Schedule(1, ScheduleKind.EXECUTIVE, monday, "Europe/Oslo", NOW, channel="C0EXEC"), fields)


def check_in(**fields: Any) -> CheckIn:
    """Person 1 is asked about initiative 1."""
    return _with(CheckIn(0, 1, 1, NOW), fields)


def coverage(**fields: Any) -> Coverage:
    """One stage, one department, nothing registered."""
    return _with_model(Coverage(stages=((1, "Join"),), departments=((1, "Marketing"),), cells=(), silent=(1,)), fields)


def changes(**fields: Any) -> Changes:
    """A week in which nothing happened."""
    names = ("registered", "started", "finished", "withdrawn", "overlaps_found", "overlaps_settled", "gaps_closed")
    return Changes(**{**dict.fromkeys(names, 0), **fields})


def digest(**fields: Any) -> Digest:
    """A digest of a company in which nothing happened."""
    quiet = Digest(
        company="Harbour Insurance",
        at=NOW,
        since=None,
        day=TODAY,
        schedule=str(schedule()),
        live=0,
        departments=1,
        changes=changes(),
        coverage=coverage(),
        waiting_total=0,
        gaps=(),
        gaps_total=0,
        asks=(),
    )
    return _with_model(quiet, fields)


def company(register: Register) -> None:
    """Write what `portfolio` shows: two departments with a lead each, three stages, a segment and a touchpoint.

    All are numbered from 1, so that drafts and contacts of these builders fit in.
    """
    for known in portfolio().departments:
        register.departments.add(known.name, known.channel)
    for one in portfolio().people:
        register.people.add(one.name, slack_id=one.slack_id, department=one.department, zone=one.zone, roles=one.roles)
    for step in journey().stages:
        register.journeys.add_stage(step)
    register.journeys.add_segment(segment().name)
    register.journeys.add_touchpoint(touchpoint().name)


def _with(value: T, fields: dict[str, Any]) -> T:
    changed: T = replace(value, **fields)
    return changed


def _with_model(value: T, fields: dict[str, Any]) -> T:
    changed: T = value.model_copy(update=fields)
    return changed
