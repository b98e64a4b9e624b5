"""What other organisations call the statuses of their projects, and what each is here."""

import re

from planning.initiatives.values import Status
from planning.transfer.cells import worded

WORDS: dict[Status, tuple[str, ...]] = {
    Status.IDEA: (
        "backlog", "concept", "discovery", "draft", "exploring", "idea", "ideation", "investigating",
        "investigating/proof of concept", "opportunity", "pipeline", "proposal", "proposed", "suggested",
        "under consideration",
    ),
    Status.PLANNED: (
        "approved", "committed", "funded", "initiated", "initiation", "not started", "pending", "plan", "planned",
        "planning", "pre production", "preproduction", "prioritised", "prioritized", "ready", "scheduled", "selected",
        "to do", "todo", "upcoming",
    ),
    Status.ACTIVE: (
        "acquisition and/or development", "active", "ahead", "amber", "amber/green", "amber/red", "at risk",
        "behind schedule", "closing", "current", "currently under development", "delayed", "delivering", "delivery",
        "deployed", "deployment", "development", "development and acquisition", "doing", "execution", "green",
        "implementation", "implementation and assessment", "implementing", "in delivery", "in development",
        "in execution", "in flight", "in mission", "in production", "in progress", "in review", "in testing", "in use",
        "initial development", "launched", "live", "mobilising", "monitoring", "off track", "on going", "on target",
        "on track", "ongoing", "open", "operating", "operation and maintenance", "operation and management",
        "operational", "pilot", "piloting", "production", "red", "reset", "rollout", "running", "started", "testing",
        "this is a pilot initiative", "under development", "under review", "under way", "underway", "wip",
        "work in progress", "yellow",
    ),
    Status.PAUSED: (
        "awaiting", "blocked", "deferred", "frozen", "hold", "on hold", "parked", "paused", "postponed", "stalled",
        "suspended", "waiting",
    ),
    Status.DONE: (
        "closed", "complete", "completed", "decommissioned", "delivered", "done", "finished", "fulfilled",
        "implemented", "proof of concept completed", "proof of concept completed and published",
        "research or administrative action complete", "resolved", "retired",
    ),
    Status.CANCELLED: (
        "abandoned", "aborted", "canceled", "cancelled", "declined", "discontinued", "dropped", "killed", "rejected",
        "scrapped", "stopped", "terminated", "withdrawn", "won't do", "wont do",
    ),
}  # fmt: skip
_MEANS = {worded(word): status for status, words in WORDS.items() for word in words}
_HEAD = re.compile(r"[:(;,\u2013\u2014]| - ")


def status_of(text: str) -> Status | None:
    """The status that the words mean, also when a remark follows them; None when nobody can tell."""
    return _MEANS.get(worded(text)) or _MEANS.get(worded(_HEAD.split(text)[0]))
