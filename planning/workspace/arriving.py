"""A person's first contact with Concord."""

from dataclasses import replace

from planning.register import Register
from planning.text import NAME_MAX, clip, one_line
from planning.workspace.values import Person


def arrive(register: Register, slack_id: str, name: str, zone: str) -> Person:
    """The person with that Slack id, made known if new.

    A name that an import brought becomes this person only when it is unique and carries no role: who renames
    themselves in Slack must not become a lead by it.
    """
    known = register.people.by_slack(slack_id)
    if known is not None:
        return known
    shown = clip(one_line(name), NAME_MAX) or slack_id
    imported = [p for p in register.people.all() if p.slack_id is None and p.name.casefold() == shown.casefold()]
    if len(imported) != 1 or imported[0].roles:
        return register.people.add(shown, slack_id=slack_id, zone=zone)
    person = replace(imported[0], slack_id=slack_id, zone=zone)
    register.people.save(person)
    return person
