"""How facts name initiatives and what they plan."""

from functools import cached_property

import numpy as np

from planning.findings.facts import PlannedContact, Who
from planning.initiatives.values import Initiative
from planning.journey.values import Stage
from planning.portfolio.values import Portfolio


class Naming:
    """The names of one portfolio, each looked up once while a rule runs."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._initiatives: dict[int, Initiative] = {}
        self._contacts: dict[tuple[int, int], PlannedContact] = {}

    def initiative(self, id: int) -> Initiative:
        """A live initiative."""
        if id not in self._initiatives:
            self._initiatives[id] = self._portfolio.initiatives[int(np.searchsorted(self._portfolio.holdings.ids, id))]
        return self._initiatives[id]

    def who(self, id: int) -> Who:
        """A live initiative as a fact names it."""
        draft = self.initiative(id).draft
        return Who(initiative=id, title=draft.title, department=self._portfolio.department_names[draft.department])

    def contact(self, id: int, place: int) -> PlannedContact:
        """One of its contacts, by its place among them."""
        if (id, place) not in self._contacts:
            self._contacts[id, place] = self._named(id, place)
        return self._contacts[id, place]

    def shared_stages(self, one: int, other: int) -> list[Stage]:
        """The stages that two initiatives both work on, in the order of the journey."""
        both = set(self.initiative(one).draft.stages) & set(self.initiative(other).draft.stages)
        return [stage for stage in self._portfolio.journey.stages if stage.id in both]

    @cached_property
    def _segments(self) -> dict[int, str]:
        return self._portfolio.journey.segment_names()

    @cached_property
    def _touchpoints(self) -> dict[int, str]:
        return self._portfolio.journey.touchpoint_names()

    def _named(self, id: int, place: int) -> PlannedContact:
        contact = self.initiative(id).draft.contacts[place]
        return PlannedContact(
            **dict(self.who(id)),
            segment=self._segments[contact.segment],
            touchpoint=self._touchpoints[contact.touchpoint],
            intent=contact.intent,
            start=contact.window.start,
            end=contact.window.end,
        )
