"""A company as plain JSON values, in the shape in which an import reads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from planning.journey.values import HandOff, Journey, Stage
from planning.metrics.values import Metric
from planning.problems.values import Problem
from planning.resources.values import Leave, Pool
from planning.transfer.naming import Known
from planning.transfer.telling import plain
from planning.workspace.values import Department, Person


def company_told(known: Known) -> dict[str, Any]:
    """The company, what was kept for it included."""
    told = {
        "name": known.workspace.name,
        "timezone": known.workspace.zone,
        "departments": [_department(department, known.people) for department in known.departments],
        "people": [_person(person, known.department_names) for person in known.people],
        "journey": [_stage(stage, known.people_names) for stage in known.journey.stages],
        "segments": _segments(known.journey),
        "touchpoints": [touchpoint.name for touchpoint in known.journey.touchpoints],
        "hand_offs": [_hand_off(hand_off, known) for hand_off in known.journey.hand_offs],
        "metrics": [_metric(metric, known) for metric in known.metrics],
        "tensions": [[known.metric_names[t.first], known.metric_names[t.second], t.why] for t in known.tensions],
        "pools": [_pool(pool) for pool in known.pools],
        "problems": [_problem(problem, known.people_names) for problem in known.problems],
    }
    kept = {name: value for name, value in known.workspace.extras.items() if not told.get(name)}
    return {**told, **kept}  # what an earlier version only kept is not lost for what is not on record yet


def _department(department: Department, people: Sequence[Person]) -> dict[str, Any]:
    leads = [person.name for person in people if person.leads(department.id)]
    channel = department.channel
    return {
        "name": department.name,
        "lead": leads[0] if leads else None,
        "leads": leads,
        "channel": f"#{channel.name}" if channel else None,
        "channel_id": channel.id if channel else None,
        "alerts_to": str(department.alerts_to),
        "people": [person.name for person in people if person.department == department.id],
    }


def _person(person: Person, departments: Mapping[int, str]) -> dict[str, Any]:
    return {
        "name": person.name,
        "department": departments.get(person.department) if person.department is not None else None,
        "slack_id": person.slack_id,
        "zone": person.zone,
        "roles": sorted(person.roles),
    }


def _stage(stage: Stage, people: Mapping[int, str]) -> dict[str, Any]:
    return {
        "name": stage.name,
        "definition": stage.definition,
        "customer_goal": stage.customer_goal,
        "intent": stage.intent,
        "brand_value": stage.brand_value,
        "weight": stage.weight,
        "owner": _name(stage.owner, people),
    }


def _segments(journey: Journey) -> list[dict[str, Any]]:
    names = journey.segment_names()
    return [
        {
            "name": segment.name,
            "parent": _name(segment.parent, names),
            "weight": segment.weight,
            "weekly_contacts": segment.weekly_contacts,
        }
        for segment in journey.segments
    ]


def _hand_off(hand_off: HandOff, known: Known) -> dict[str, Any]:
    stages = known.journey.stage_names()
    return {
        "before": stages[hand_off.before],
        "after": stages[hand_off.after],
        "giver": _name(hand_off.giver, known.department_names),
        "receiver": _name(hand_off.receiver, known.department_names),
        "metric": _name(hand_off.metric, known.metric_names),
        "owner": _name(hand_off.owner, known.people_names),
    }


def _metric(metric: Metric, known: Known) -> dict[str, Any]:
    return {
        "name": metric.name,
        "unit": metric.unit,
        "direction": str(metric.direction),
        "stage": _name(metric.stage, known.journey.stage_names()),
        "segment": _name(metric.segment, known.journey.segment_names()),
        "baseline": None if metric.baseline is None else plain(metric.baseline),
        "baseline_date": metric.baseline_on.isoformat() if metric.baseline_on else None,
        "target": None if metric.target is None else plain(metric.target),
        "target_date": metric.target_on.isoformat() if metric.target_on else None,
        "owner": _name(metric.owner, known.people_names),
        "feeds": _name(metric.feeds, known.metric_names),
        "cadence": str(metric.cadence) if metric.cadence else None,
        "source": metric.source,
        "financial": metric.financial,
    }


def _pool(pool: Pool) -> dict[str, Any]:
    leave = [_leave(each) for each in pool.leave]
    return {"name": pool.name, "capacity_person_weeks_per_week": plain(pool.capacity), "leave": leave}


def _leave(leave: Leave) -> dict[str, Any]:
    return {"from": leave.window.start.isoformat(), "to": leave.window.end.isoformat(), "share": plain(leave.share)}


def _problem(problem: Problem, people: Mapping[int, str]) -> dict[str, Any]:
    return {
        "name": problem.name,
        "statement": problem.statement,
        "needs": [str(part) for part in problem.needs],
        "owner": _name(problem.owner, people),
    }


def _name(id: int | None, names: Mapping[int, str]) -> str | None:
    return None if id is None else names.get(id)
