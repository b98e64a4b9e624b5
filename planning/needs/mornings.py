"""The list of what needs a person, sent when their day of work begins, to those who want it."""

from planning.needs.listing import needs_of
from planning.outbox.values import Address, MessageKind, Posting
from planning.schedules.tasks import Done, Skipped, Task
from planning.workspace.hours import Hours, day_in


def send_list(task: Task) -> Done | Skipped:
    """Queue the list of the person whose schedule it is, once a day, but on no day off, nor when nothing needs them.

    Who asks for it out of turn gets it all the same.
    """
    register, now, asked = task.register, task.now, task.occurrence.asked_by is not None
    person = register.people.by_id(task.schedule.subject)
    day, wanted = day_in(person.zone, now), register.preferences.of(person.id)
    if not person.slack_id:
        return Skipped("The person is not in Slack.")
    if not asked and not Hours.of(person, wanted).on(day):
        return Skipped("It is a day off.")
    if not needs_of(register, person, now, register.initiatives.portfolio(now)).total:
        return Skipped("Nothing needed them.")
    due_at = task.occurrence.due_at
    key = f"morning:{person.id}:{due_at.isoformat() if asked else day_in(person.zone, due_at)}"
    register.postings.add(Posting(key, MessageKind.MORNING, person.id, Address.person(person.slack_id)), now)
    return Done()
