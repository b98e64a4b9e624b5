"""What arrives at the same moment counts once, and whoever comes while others write is answered in time."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from db.database import Database
from db.registers import SqlRegisters
from handlers.ids import Action
from handlers.views.registering import Filled, Turn, register_form
from planning.register import Registers
from tests.builders import NOW, draft, journey, vector
from tests.handlers.slack import Desk, app_for, command, dispatched, interaction, spoken, submitted
from tests.handlers.test_twice_together import press


def form() -> dict[str, Any]:
    """A form filled in by Ada."""
    filled = Filled("Renewal letters", "Customers get two letters.", (1,))
    view = submitted(register_form(filled, journey(), {}, Turn(suggested=True)))
    return interaction("view_submission", "U0ADA", view=view, response_urls=[])


def together(desk: Desk, registers: Registers, body: dict[str, Any], times: int = 4) -> None:
    """Delivered several times at one moment, to the end of what it does."""
    app = app_for(lambda _tenant: registers, desk.client, desk.respond)
    with ThreadPoolExecutor(times) as pool:
        answers = [*pool.map(lambda _: dispatched(app, json.loads(json.dumps(body))), range(times))]
    app.listener_runner.listener_executor.shutdown(wait=True)
    assert {answer.status for answer in answers} == {200}


def hurried(database: Database, company: SqlRegisters) -> SqlRegisters:
    return replace(database, in_hurry=True).registers(company.workspace)


def test_a_form_that_arrives_several_times_at_once_is_saved_once(desk: Desk, company: SqlRegisters) -> None:
    together(desk, company, form())

    with company.reading() as register:
        assert len(register.initiatives.all()) == 1


def test_a_command_that_arrives_several_times_at_once_is_done_once(desk: Desk, company: SqlRegisters) -> None:
    with company.writing() as register:
        register.initiatives.add(draft(), vector(1), NOW, by=1)
    together(desk, company, command("status CX-1 paused"))

    with company.reading() as register:
        assert [entry.verb for entry in register.audit.since(None)].count("initiative.status") == 1


def test_somebody_who_is_met_several_times_at_once_is_one_person(desk: Desk, company: SqlRegisters) -> None:
    together(desk, company, command("help", "U0NEW"))

    with company.reading() as register:
        assert [one.slack_id for one in register.people.all()].count("U0NEW") == 1


def test_a_form_sent_while_somebody_else_writes_comes_back_in_time_with_what_was_typed(
    desk: Desk, database: Database, company: SqlRegisters
) -> None:
    app = app_for(lambda _tenant: hurried(database, company), desk.client, desk.respond)
    with company.writing():  # an answer at all means that it was not waited for to the end
        answer = dispatched(app, form())

    said = spoken(json.loads(answer.body))
    assert "nothing was saved" in said
    assert "Customers get two letters." in str(answer.body)


def test_a_button_pressed_while_somebody_else_writes_is_answered_in_time_and_can_be_pressed_again(
    desk: Desk, database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        register.initiatives.add(draft(), vector(1), NOW, by=1)
    app = app_for(lambda _tenant: hurried(database, company), desk.client, desk.respond)
    withdraw = press(Action.INITIATIVE_WITHDRAW, "1", "U0ADA")
    with company.writing():  # an answer at all means that it was not waited for to the end
        assert dispatched(app, withdraw).status == 200

    assert "nothing was saved" in spoken(desk.private_reply)
    dispatched(app, withdraw)
    app.listener_runner.listener_executor.shutdown(wait=True)
    with company.reading() as register:
        assert not register.initiatives.by_id(1).live
