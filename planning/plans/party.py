"""Who takes part in a plan: who speaks for which department, who may change it, and who sits in its conversation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planning.findings.facts.base import listed
from planning.findings.values import Handed
from planning.initiatives.values import Initiative
from planning.outbox.values import Address
from planning.plans.values import Plan
from planning.register import Register
from planning.workspace.rights import Right, Ties, holders, may
from planning.workspace.values import Person

GROUP_MAX = 8
"""Slack opens a group conversation with at most eight people."""
ASKED_MAX = 4


@dataclass(frozen=True, slots=True)
class Party:
    """The people of a workspace, as a plan sees them."""

    plan: Plan
    people: Sequence[Person]
    owners: Mapping[int, frozenset[int]]
    """Department → the people who own initiatives of it that the plan is about."""
    handed: Handed | None = None
    """To whom its finding was handed."""

    @classmethod
    def of(cls, register: Register, plan: Plan) -> "Party":
        """As it is now."""
        handed = register.findings.by_id(plan.finding).handed if plan.finding is not None else None
        return cls(plan, register.people.all(), owners_of(register.initiatives.some(plan.initiatives)), handed)

    def speakers(self, department: int) -> list[Person]:
        """Who accepts for a department: its leads and whom one of them handed it to.

        Where nobody leads it, the owners of its initiatives do; where nobody owns one, the stewards.
        """
        standing_in = [one.id for one in self.people if self._stands_in(one, department)]
        ties = Ties((department,), self.owners.get(department, ()), standing_in)
        return holders(self._reachable, Right.ACCEPT_PLAN, ties)

    def speaks_for(self, actor: Person) -> tuple[int, ...]:
        """The departments for which somebody accepts."""
        return tuple(one for one in self.plan.departments if any(actor.id == who.id for who in self.speakers(one)))

    def may_change(self, actor: Person) -> bool:
        """Whether somebody may say what is agreed: who accepts, an owner, whom it was handed to, or a steward."""
        handed = () if self.handed is None else (self.handed.to,)
        owners = [one for ids in self.owners.values() for one in ids]
        return may(actor, Right.CHANGE_PLAN, Ties(self.plan.departments, owners, handed))

    @property
    def waiting(self) -> tuple[int, ...]:
        """The departments that have not accepted what it says now."""
        accepted = {one.department for one in self.plan.acceptances if one.revision == self.plan.revision}
        return tuple(one for one in self.plan.departments if one not in accepted)

    @property
    def asked(self) -> list[Person]:
        """Who is still to accept, each once."""
        return list({one.id: one for department in self.waiting for one in self.speakers(department)}.values())

    @property
    def whom_to_ask(self) -> str:
        """Tells somebody else who accepts."""
        speakers = dict.fromkeys(one.name for each in self.plan.departments for one in self.speakers(each))
        names = listed([*speakers][:ASKED_MAX], "or") or "a steward"
        return f"this plan is for the leads of its departments. Ask {names}."

    @property
    def _reachable(self) -> list[Person]:
        return [one for one in self.people if one.reachable]

    def _stands_in(self, person: Person, department: int) -> bool:
        """Whether a lead of the department handed it to this person."""
        handed = self.handed
        return handed is not None and handed.to == person.id and self._leads(handed.by, department)

    def _leads(self, id: int, department: int) -> bool:
        return any(one.id == id and one.leads(department) for one in self.people)


def owners_of(initiatives: Iterable[Initiative]) -> dict[int, frozenset[int]]:
    """Department → who owns its initiatives."""
    owners: defaultdict[int, set[int]] = defaultdict(set)
    for one in initiatives:
        if one.draft.owner is not None:
            owners[one.draft.department].add(one.draft.owner)
    return {department: frozenset(ids) for department, ids in owners.items()}


def concerned_by(party: Party) -> list[Person]:
    """All whom a plan concerns: one who speaks for each department first, then the others, then the owners.

    Whom it was handed to comes before the others.
    """
    speakers = [party.speakers(department) for department in party.plan.departments]
    firsts = [each[0] for each in speakers if each]
    handed = [one for one in party.people if party.handed is not None and one.id == party.handed.to]
    owners = [one for one in party.people if any(one.id in ids for ids in party.owners.values())]
    ordered = (*firsts, *handed, *(one for each in speakers for one in each), *owners)
    return list({one.id: one for one in ordered}.values())


def address_of(people: Iterable[Person]) -> Address | None:
    """The one conversation of these people; None when none of them is in Slack."""
    ids = tuple(str(one.slack_id) for one in people if one.reachable)[:GROUP_MAX]
    return Address.group(ids) if len(ids) > 1 else Address.person(ids[0]) if ids else None
