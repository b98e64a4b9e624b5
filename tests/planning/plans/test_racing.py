"""One changes a plan while another accepts it: nobody has accepted what they did not read."""

import threading
from collections.abc import Callable
from contextlib import suppress

from db.registers import SqlRegister, SqlRegisters
from planning.errors import AlreadyDone
from planning.plans.accepting import accept
from planning.plans.party import Party
from planning.plans.terms import change_terms
from planning.plans.values import Plan, PlanState
from tests.builders import NOW
from tests.planned import terms
from tests.planning.plans.stories import ADA, BO, agreed_by_ada, opened

TURNS = 100
Press = Callable[[SqlRegister], object]


def at_once(registers: SqlRegisters, *presses: Press) -> None:
    """Each in a unit of work of its own, all begun in the same moment."""
    met = threading.Barrier(len(presses))

    def press(each: Press) -> None:
        met.wait()
        with suppress(AlreadyDone), registers.writing() as register:
            each(register)

    pressing = [threading.Thread(target=press, args=(each,)) for each in presses]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()


def changing(plan: Plan, goal: str) -> Press:
    return lambda register: change_terms(register, plan.id, terms(goal=goal), ADA, NOW)


def accepting(plan: Plan, revision: int) -> Press:
    return lambda register: accept(register, plan.id, revision, BO, NOW)


def test_what_is_changed_while_it_is_accepted_is_still_to_be_accepted(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = agreed_by_ada(register, opened(register))
    for turn in range(TURNS):
        revision, goal = plan.revision + turn, f"Goal {turn}"
        at_once(company, changing(plan, goal), accepting(plan, revision))
        with company.reading() as register:
            now = register.plans.by_id(plan.id)
            assert (now.state, now.revision, now.terms.goal) == (PlanState.OPEN, revision + 1, goal)
            assert Party.of(register, now).waiting == (2,)
