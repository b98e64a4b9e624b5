"""What is on record as plain JSON values: for exports and for programs that read a command's output."""

from collections.abc import Mapping
from typing import Any

from planning.audit.values import Entry
from planning.findings.facts import FACTS
from planning.findings.values import Finding, Member, Subject, Verdict
from planning.transfer.drafts import NamedContact, NamedDraft, NamedRequest
from planning.transfer.naming import Known
from planning.transfer.values import Field


def finding_told(finding: Finding, known: Known, state: str) -> dict[str, Any]:
    """A finding with its facts as values, and each as a reason in one sentence."""
    return {
        "id": finding.id,
        "kind": str(finding.found.rule.kind),
        "rule": str(finding.found.rule),
        "state": state,
        "score": round(finding.found.score, 4),
        "members": [_member(member, known) for member in finding.found.members],
        "departments": _departments(finding, known),
        "reasons": [fact.sentence for fact in finding.found.facts],
        "facts": FACTS.dump_python(finding.found.facts, mode="json"),
        "opened_at": finding.opened_at.isoformat(),
        "changed_at": finding.changed_at.isoformat(),
        "closed_at": finding.closed_at.isoformat() if finding.closed_at else None,
        "verdict": _verdict(finding.verdict, known),
        "answer": _verdict(finding.answer, known),
        "owner": known.people_names.get(finding.owner) if finding.owner is not None else None,
    }


def _member(member: Member, known: Known) -> dict[str, Any]:
    if member.kind is not Subject.INITIATIVE:
        return {"kind": str(member.kind), "id": member.id, "name": known.subject_names[member.kind].get(member.id)}
    initiative = known.by_number.get(member.id)
    if initiative is None:
        return {"kind": str(member.kind), "id": f"CX-{member.id}"}
    department = known.department_names.get(initiative.draft.department)
    told = {"id": initiative.reference, "title": initiative.draft.title, "department": department}
    return {"kind": str(member.kind), **told}


def _departments(finding: Finding, known: Known) -> list[str]:
    """The departments of its initiatives, each once."""
    members = (known.by_number.get(id) for id in finding.found.initiatives())
    ids = dict.fromkeys(initiative.draft.department for initiative in members if initiative is not None)
    return [known.department_names[id] for id in ids if id in known.department_names]


def _verdict(verdict: Verdict | None, known: Known) -> dict[str, Any] | None:
    if verdict is None:
        return None
    until = verdict.until.isoformat() if verdict.until else None
    by = known.people_names.get(verdict.by)
    return {"choice": str(verdict.choice), "by": by, "at": verdict.at.isoformat(), "until": until}


def entry_told(entry: Entry, names: Mapping[int, str]) -> dict[str, Any]:
    """One thing done."""
    actor = names.get(entry.actor) if entry.actor is not None else None
    return {
        "at": entry.at.isoformat(),
        "actor": actor,
        "verb": entry.verb,
        "subject": entry.subject,
        "details": entry.details,
    }


def draft_told(draft: NamedDraft) -> dict[str, Any]:
    """A draft by the columns of an export."""
    return {
        Field.DEPARTMENT: draft.department,
        Field.OWNER: draft.owner,
        Field.TITLE: draft.title,
        Field.PROBLEM: draft.problem,
        Field.STATUS: str(draft.status),
        Field.START: draft.starts_on.isoformat() if draft.starts_on else "",
        Field.END: draft.ends_on.isoformat() if draft.ends_on else "",
        Field.MOVABLE_FROM: draft.movable.start.isoformat() if draft.movable else "",
        Field.MOVABLE_UNTIL: draft.movable.end.isoformat() if draft.movable else "",
        Field.STAGES: list(draft.stages),
        Field.SEGMENTS: list(draft.segments),
        Field.TOUCHPOINTS: list(draft.touchpoints),
        Field.CONTACTS: [contact_told(contact) for contact in draft.contacts],
        Field.EFFECTS: [f"{effect.metric}:{effect.direction}" for effect in draft.effects],
        Field.REQUESTS: [request_told(request) for request in draft.requests],
        Field.LINKS: list(draft.links),
        Field.SERVES: draft.serves,
        Field.SUPPLIES: [str(part) for part in draft.supplies],
    }


def contact_told(contact: NamedContact) -> dict[str, str]:
    """A planned contact."""
    return {
        "segment": contact.segment,
        "touchpoint": contact.touchpoint,
        "intent": str(contact.intent),
        "from": contact.window.start.isoformat(),
        "to": contact.window.end.isoformat(),
    }


def request_told(request: NamedRequest) -> dict[str, Any]:
    """What is asked of a pool."""
    return {
        "pool": request.pool,
        "person_weeks": plain(request.person_weeks),
        "from": request.window.start.isoformat(),
        "to": request.window.end.isoformat(),
    }


def plain(number: float) -> float | int:
    """The number without a point that says nothing."""
    return int(number) if float(number).is_integer() else number
