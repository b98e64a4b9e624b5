"""The nightly pass: thresholds follow the verdicts, then everything is found anew, as if nothing were on record."""

from datetime import datetime

from planning.audit.values import Entry
from planning.findings.detecting import detect
from planning.findings.learning import learnt
from planning.findings.queueing import Change
from planning.overlaps.telling import DEFAULT_LEAST
from planning.register import Register
from planning.schedules.tasks import Done, Task


def pass_night(task: Task) -> Done:
    """The pass, as it is scheduled: what is found in a large portfolio is looked up while others go on writing."""
    learn(task.register, task.now)
    return Done({"at_once": detect(task.register, Change(None, nightly=True), task.now)})


def learn(register: Register, now: datetime) -> None:
    """Move the thresholds to where the verdicts put them; they are in force for whatever is found from then on."""
    lessons = learnt(register.findings.decided())
    least = {rule: lesson.least for rule, lesson in lessons.items() if lesson.least != DEFAULT_LEAST[rule]}
    if least != register.workspaces.least():
        register.workspaces.save_least(least)
        details: dict[str, object] = {str(rule): round(score, 3) for rule, score in sorted(least.items())}
        register.audit.add(Entry(now, "thresholds.moved", "workspace", details=details))
