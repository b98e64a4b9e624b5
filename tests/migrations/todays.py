"""What this release writes, one of everything, into a company that is there already."""

from dataclasses import replace

from planning.checkins.values import CheckIn, Standing
from planning.findings.queueing import Change
from planning.findings.values import Choice, Found, Handed, Member, Rule, Subject
from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.values import Acceptance
from planning.register import Register
from planning.schedules.cron import Cron
from planning.schedules.values import Occurrence, OccurrenceState, Schedule, ScheduleKind
from tests import asked, builders, planned, proposed
from tests.builders import NOW, draft, entry, vector, verdict

ADA = Address.person("U0ADA")
ENDED = (OccurrenceState.DONE, OccurrenceState.SKIPPED, OccurrenceState.FAILED)
"""What became of the first due times; the one after them waits."""


def write_today(register: Register) -> None:
    """Persons 1 and 2, departments 1 and 2, stages 1 and 2, segment 1 and touchpoint 1 are there."""
    _record(register)
    _agree(register)
    _find(register)
    _push(register)
    for kind in ScheduleKind:
        _schedule(register, kind)


def _record(register: Register) -> None:
    register.metrics.add(builders.metric())
    register.metrics.add(builders.metric(name="Calls"))
    register.metrics.save_tensions([builders.tension()])
    register.readings.add_all([builders.reading(), builders.reading(version=2)])
    register.pools.add(builders.pool())
    served = register.problems.add(builders.problem(owner=1)).id
    register.measurements.save(builders.measurement())
    register.journeys.add_hand_off(builders.hand_off())
    register.journeys.keep_version(builders.saved_journey())
    register.audit.add(entry(actor=1))
    register.api_keys.add(builders.api_key())
    register.pictures.keep("trends:1", "F1", NOW)
    named = {"effects": (builders.effect(),), "requests": (builders.request(),), "serves": served}
    for n in (1, 2):
        new = draft(stages=(1, 2), contacts=(builders.contact(),), movable=builders.window(), **named)
        register.initiatives.add(new, vector(n), NOW)


def _agree(register: Register) -> None:
    poll = register.polls.add(asked.poll(result=asked.naming_result()))
    register.polls.invite(poll.id, [(1, 1)])
    ratification = register.ratifications.add(asked.ratification())
    register.ratifications.save_stances(ratification.id, [asked.stance()])


def _find(register: Register) -> None:
    """A finding of each rule; the executives left the first one as it is, and somebody looks after it."""
    ids = [one.id for one in register.initiatives.all()][-2:]
    members = tuple(Member(Subject.INITIATIVE, id) for id in ids)
    for rule in Rule:
        finding = register.findings.add(Found(rule, members, 0.5, ()), NOW)
        said = replace(verdict(Choice.LEAVE), covers=finding.found.covers)
        register.findings.save(replace(finding, verdict=said, handed=Handed(2, 1, NOW), owner=1), NOW)
    register.detections.add(Change(tuple(register.initiatives.all()[:1]), 1), NOW)


def _push(register: Register) -> None:
    finding = max(one.id for one in register.findings.standing())
    register.preferences.save(planned.preferences())
    register.alerts.add(planned.alert(finding=finding))
    plan = planned.plan(
        finding=finding,
        terms=planned.terms(pledges=(planned.pledge(),)),
        acceptances=(Acceptance(1, 1, NOW, 1),),
    )
    opened = register.plans.add(plan).id
    proposal = register.proposals.add(proposed.done(asked_by=1)).id
    register.decisions.add(planned.decision(finding=finding, proposal=proposal, plan=opened, by=1, delegate=2))
    for kind in MessageKind:
        subject = opened if kind is MessageKind.PLAN else 1
        register.postings.add(Posting(f"today:{kind}", kind, subject, ADA, follows="today:alert"), NOW)


def _schedule(register: Register, kind: ScheduleKind) -> None:
    wanted = Schedule(0, kind, Cron.of("0 9 1-7 * mon,wed"), "UTC", NOW, subject=1, channel="C1", skips_at=NOW)
    schedule = register.schedules.of(kind) or register.schedules.add(wanted)
    for day, state in enumerate((*ENDED, OccurrenceState.DUE)):
        register.schedules.occur(Occurrence(0, schedule.id, builders.at(day), state, NOW, {"made": 1}, attempts=2))
    asked_of = CheckIn(0, 1, 1, builders.at(schedule.id), Standing.STUCK, "No data", NOW)
    register.check_ins.add_all([asked_of])
