"""What is on record as plain JSON values: for exports and for programs that read a command's output."""

from collections.abc import Mapping
from typing import Any

from planning.audit.values import Entry
from planning.findings.facts import FACTS
from planning.findings.values import Finding, Verdict
from planning.transfer.naming import Known
from planning.transfer.values import Field, NamedContact, NamedDraft


def finding_told(finding: Finding, known: Known, state: str) -> dict[str, Any]:
    """A finding with its facts as values and as sentences."""
    return {
        "id": finding.id,
        "kind": str(finding.found.rule.kind),
        "rule": str(finding.found.rule),
        "state": state,
        "score": round(finding.found.score, 4),
        "members": [_member(member.kind, member.id, known) for member in finding.found.members],
        "sentences": [fact.sentence for fact in finding.found.facts],
        "facts": FACTS.dump_python(finding.found.facts, mode="json"),
        "opened_at": finding.opened_at.isoformat(),
        "changed_at": finding.changed_at.isoformat(),
        "closed_at": finding.closed_at.isoformat() if finding.closed_at else None,
        "verdict": _verdict(finding.verdict, known),
        "answer": _verdict(finding.answer, known),
    }


def _member(kind: str, id: int, known: Known) -> dict[str, Any]:
    if kind != "initiative":
        return {"kind": kind, "name": known.journey.stage_names().get(id)}
    initiative = known.by_number.get(id)
    if initiative is None:
        return {"kind": kind, "id": f"CX-{id}"}
    department = known.department_names.get(initiative.draft.department)
    return {"kind": kind, "id": initiative.reference, "title": initiative.draft.title, "department": department}


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
        Field.STAGES: list(draft.stages),
        Field.SEGMENTS: list(draft.segments),
        Field.TOUCHPOINTS: list(draft.touchpoints),
        Field.CONTACTS: [contact_told(contact) for contact in draft.contacts],
        Field.LINKS: list(draft.links),
        Field.SERVES: draft.serves,
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
