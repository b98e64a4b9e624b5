"""A workspace with something of everything, each text of people's with its mark: by it two of them are told apart."""

from dataclasses import replace
from datetime import timedelta

from db.database import Database
from db.installation_rows import InstallationRow, OauthStateRow, SeenRequestRow
from db.registers import SqlRegister
from planning.agreement.answers import NamedStages
from planning.alerts.values import AlertState
from planning.checkins.values import Standing
from planning.decisions.values import Ruling
from planning.digests.department_values import DepartmentDigest
from planning.findings.queueing import Change
from planning.initiatives.values import Status
from planning.outbox.pacing import Method
from planning.outbox.values import Address
from planning.plans.values import Acceptance
from planning.problems.values import Part
from planning.proposals.values import About, AboutKind
from planning.schedules.values import Occurrence, OccurrenceState, ScheduleKind
from planning.workspace.values import Channel, Role
from tests import asked, builders, planned, proposed
from tests.builders import NOW, at, draft, entry, found, posting, vector, window
from tests.scheduled import done_digest

ADA, BO = "U0ADA", "U0BO"
EVERYTHING = frozenset(Role)


def twins(database: Database, *ids: str) -> None:
    """Workspaces with the same numbers and Slack ids of people; the id of each is in all its texts."""
    for id in ids:
        database.ensure_workspace(id, name=f"{id} Insurance", slack_id=team_of(id))
        with database.registers(id).writing() as register:
            fill(register, id)
        database.outbox(id).take(Method.POST, 1, NOW)
        (message,) = database.outbox(id).claim(NOW, timedelta(minutes=1), 1)
        database.outbox(id).failed(message, f"The channel of {id} is archived.")
        with database.everywhere.writing() as session:
            session.add(_installation(id))
    with database.everywhere.writing() as session:
        session.add_all([OauthStateRow(digest="state", expires_at=NOW), SeenRequestRow(digest="seen", seen_at=NOW)])


def team_of(id: str) -> str:
    """The Slack id of the team of a workspace."""
    return f"T0{id.upper()}"


def fill(register: SqlRegister, mark: str) -> None:
    """Something of everything."""
    workspace = register.workspaces.current()
    register.workspaces.save(replace(workspace, extras={"note": f"{mark} extra"}, keeps={"audit": 400}))
    _people(register, mark)
    _journey(register, mark)
    _measures(register, mark)
    _initiatives(register, mark)
    _findings(register, mark)
    _polls(register, mark)
    _plans(register, mark)
    _rest(register, mark)


def further(register: SqlRegister, mark: str) -> None:
    """More of what has numbers, so that some of them are of one workspace only."""
    register.departments.add(f"{mark} Claims")
    register.people.add(f"{mark} Cleo", slack_id="U0CLEO", department=3)
    register.journeys.add_stage(builders.stage(name=f"{mark} Leave", position=4))
    register.journeys.add_segment(f"{mark} Companies")
    register.metrics.add(builders.metric(name=f"{mark} Complaints"))
    register.pools.add(builders.pool(name=f"{mark} Print shop"))
    register.problems.add(builders.problem(name=f"{mark} Lost letters"))
    again = register.initiatives.add(draft(title=f"{mark} Lost letters", department=3, owner=3), vector(3), NOW)
    overlap = register.findings.add(found(1, again.id), NOW)
    register.decisions.add(planned.decision(finding=overlap.id))
    plan = register.plans.add(planned.plan(finding=overlap.id, terms=planned.terms(goal=f"{mark} other goal")))
    register.proposals.add(proposed.done(asked_by=1, plan=plan.id))


def _people(register: SqlRegister, mark: str) -> None:
    channels = (Channel(f"{mark}-marketing", "C0MARKET"), Channel(f"{mark}-service", "C0SERVICE"))
    for name, channel in zip(("Marketing", "Service"), channels, strict=True):
        register.departments.add(f"{mark} {name}", channel)
    names = ((f"{mark} Ada Berg", ADA, 1, EVERYTHING), (f"{mark} Bo Lind", BO, 2, frozenset({Role.LEAD})))
    for name, slack_id, department, roles in names:
        register.people.add(name, slack_id=slack_id, department=department, zone="Europe/Oslo", roles=roles)


def _journey(register: SqlRegister, mark: str) -> None:
    for stage in builders.journey().stages:
        told = {name: f"{mark} {name}" for name in ("definition", "customer_goal", "intent", "brand_value")}
        known = {"id": stage.id, "position": stage.position, "owner": 1}
        register.journeys.add_stage(builders.stage(name=f"{mark} {stage.name}", **told, **known))
    register.journeys.add_segment(f"{mark} Private customers")
    register.journeys.add_segment(f"{mark} Young customers", parent=1)
    register.journeys.add_touchpoint(f"{mark} Email")
    stages = (builders.saved_journey().stages[0].model_copy(update={"name": f"{mark} Join", "definition": mark}),)
    register.journeys.keep_version(builders.saved_journey(stages=stages, told=(f"New stages: “{mark} Join”.",)))


def _measures(register: SqlRegister, mark: str) -> None:
    told = {"unit": f"{mark} points", "source": f"{mark} survey", "owner": 1}
    register.metrics.add(builders.metric(name=f"{mark} Satisfaction", segment=1, **told))
    register.metrics.add(builders.metric(name=f"{mark} Calls", feeds=1, **told))
    register.metrics.save_tensions([builders.tension(why=f"{mark} why")])
    register.readings.add_all([builders.reading(by=1), builders.reading(version=2)])
    register.journeys.add_hand_off(builders.hand_off(metric=1, owner=1))
    register.pools.add(builders.pool(name=f"{mark} Data team"))
    register.problems.add(builders.problem(name=f"{mark} Told it thrice", statement=f"{mark} statement", owner=1))
    register.measurements.save(builders.measurement())


def _initiatives(register: SqlRegister, mark: str) -> None:
    whole = {"effects": (builders.effect(),), "requests": (builders.request(),), "serves": 1, "stages": (1, 2)}
    met = {"segments": (1,), "touchpoints": (1,), "contacts": (builders.contact(),), "supplies": (Part.PROCESS,)}
    days = {"starts_on": window().start, "ends_on": window().end, "movable": window(days=90)}
    for n in (1, 2, 3):
        said = {
            "title": f"{mark} Clearer letters {n}",
            "problem": f"{mark} customers call twice",
            "status": Status.ACTIVE,
        }
        more = {
            "links": (f"https://example.test/{mark}",),
            "extras": {"Sponsor": f"{mark} sponsor"},
            "owner": min(n, 2),
        }
        made = draft(**said, **more, **whole, **met, **days, department=min(n, 2))
        register.initiatives.add(made, vector(1), NOW, by=1, source=f"import:{mark}", source_id=f"{mark}-{n}")
    given_up = register.initiatives.add(draft(title=f"{mark} Letters", problem=f"{mark} pain", owner=1), vector(2), NOW)
    register.initiatives.save(replace(given_up, joined=1))


def _findings(register: SqlRegister, mark: str) -> None:
    register.findings.add(found(1, 2), NOW)
    register.findings.add(found(1, 3), NOW)
    register.decisions.add(planned.decision())
    delegated = {"ruling": Ruling.DELEGATE, "by": 2, "at": NOW, "delegate": 1}
    register.decisions.add(planned.decision(finding=2, **delegated))
    register.alerts.add(planned.alert())
    told = {"state": AlertState.SUMMARY, "told_at": NOW, "week": NOW.date(), "summary": 2}
    register.alerts.add(planned.alert(finding=2, **told))
    register.preferences.save(planned.preferences(quiet_until=None, off=()))
    answered = {"answer": Standing.STUCK, "note": f"{mark} note", "answered_at": NOW}
    register.check_ins.add_all([builders.check_in(), builders.check_in(initiative=2, person=2, **answered)])


def _polls(register: SqlRegister, mark: str) -> None:
    stage = (
        asked.naming_result().proposed[0].model_copy(update={"name": f"{mark} Join", "names": ((f"{mark} Join", 6),)})
    )
    done = asked.poll(closed_at=NOW, next_at=None, result=asked.naming_result(proposed=(stage,)), opened_by=1)
    register.polls.invite(register.polls.add(done).id, [(1, 1)])
    register.polls.invite(register.polls.add(asked.poll(opened_by=1)).id, [(1, 1), (2, 2)])
    answer = NamedStages(names=(f"{mark} Join", f"{mark} Use"))
    first = register.polls.invitation(1)
    register.polls.save_invitation(replace(first, answered_at=NOW, answer=answer))
    stages = tuple(replace(one, name=f"{mark} {one.name}", definition=mark) for one in asked.ratification().stages)
    register.ratifications.add(asked.ratification(stages=stages))
    register.ratifications.save_stances(1, [asked.stance(reason=f"{mark} too vague")])


def _plans(register: SqlRegister, mark: str) -> None:
    moved = proposed.moved(title=f"{mark} Clearer letters 1", department=f"{mark} Marketing")
    best = proposed.proposed(changes=(moved,), loads=(proposed.pool_load(name=f"{mark} Data team"),), contacts=())
    register.proposals.add(proposed.done(best, asked_by=1))
    said = {"goal": f"{mark} goal", "decisions": f"{mark} decision", "session_at": at(2), "review_on": at(90).date()}
    terms = planned.terms(pledges=(planned.pledge(),), metric=1, **said)
    accepted = (Acceptance(1, 1, NOW, 1),)
    plan = planned.plan(terms=terms, acceptances=accepted, came_of_it=f"{mark} outcome")
    register.plans.add(plan)
    register.proposals.add(proposed.proposal(asked_by=1, plan=1, failure=f"{mark} failure"))
    stage = About(kind=AboutKind.STAGE, id=1, quarter="2027-Q1")
    register.proposals.add(proposed.done(best, about=stage))


def _rest(register: SqlRegister, mark: str) -> None:
    done_digest(register, builders.digest(company=f"{mark} Insurance"))
    weekly = register.schedules.add(builders.schedule(kind=ScheduleKind.DEPARTMENT, subject=1, next_due_at=at(1)))
    quiet = {"live": 3, "changes": builders.changes(), "schedule": str(weekly)}
    of = {"company": f"{mark} Insurance", "department": f"{mark} Marketing"}
    told = DepartmentDigest(**of, **quiet, at=NOW, since=NOW.date(), day=NOW.date()).model_dump(mode="json")
    register.schedules.occur(Occurrence(0, weekly.id, NOW, OccurrenceState.DONE, NOW, told))
    register.audit.add(entry(actor=1, subject="initiative:1", details={"title": f"{mark} Clearer letters 1"}))
    register.api_keys.add(builders.api_key(name=f"{mark} Survey tool", digest=f"digest of {mark}"))
    register.pictures.keep("trends:1", f"F0{mark}", NOW)
    register.postings.add(posting(address=Address.person(ADA), payload={"said": f"{mark} said"}), NOW)
    register.detections.add(Change(None, actor=1), NOW)


def _installation(id: str) -> InstallationRow:
    known = {"app_id": "A0", "bot_id": "B0", "bot_user_id": "U0BOT", "installed_by": ADA, "installed_at": NOW}
    where = {"slack_id": team_of(id), "team_id": team_of(id), "workspace_id": id, "name": f"{id} Insurance"}
    return InstallationRow(**where, **known, token=b"sealed", scopes=["commands"], revision=1)
