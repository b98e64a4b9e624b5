"""The step of Workflow Builder, from the local workspace through the real app and back."""

from collections.abc import Iterator

import pytest
from slack_sdk.errors import SlackApiError

from db.database import Database
from db.registers import SqlRegisters
from tests.bot.sandbox.world import Json, until
from tests.bot.town import ADA, Town, town
from tests.builders import company


@pytest.fixture(scope="module")
def started() -> Iterator[Town]:
    """The app in a local workspace, for all tests of this file."""
    with town() as here:
        yield here


@pytest.fixture
def here(started: Town, database: Database, registers: SqlRegisters) -> Iterator[Town]:
    """The same with a company of its own."""
    with registers.writing() as register:
        company(register)
    started.database, started.registers = database, registers
    yield started
    started.control.post("duplicate_events", {"on": False})
    started.settle()
    started.forget()


def ended(here: Town, **inputs: str) -> Json:
    """What became of a run of the step."""
    order = {"callback_id": "register_initiative", "inputs": {"title": "Faster claims", "owner": ADA, **inputs}}
    id = here.control.post("steps", order)["id"]
    until(lambda: _run(here, id)["state"] != "running")
    here.settle()
    return _run(here, id)


def _run(here: Town, id: str) -> Json:
    runs: list[Json] = here.control.read("steps")["steps"]
    return next(run for run in runs if run["id"] == id)


def test_a_workflow_registers_an_initiative_and_goes_on_with_its_number(here: Town) -> None:
    run = ended(here, stages="Renew")

    assert (run["state"], run["outputs"]["reference"]) == ("completed", "CX-1")
    assert here.refused() == []


def test_a_run_that_slack_tells_of_twice_registers_once(here: Town) -> None:
    here.control.post("duplicate_events", {"on": True})
    run = ended(here)

    with here.registers.reading() as register:
        assert ([one.id for one in register.initiatives.all()], run["state"]) == ([1], "completed")


def test_a_workflow_that_cannot_go_on_says_why(here: Town) -> None:
    run = ended(here, stages="Moon")

    assert (run["state"], run["error"]) == ("failed", "There is no stage “Moon”. The stages are: Join, Use, Renew.")


def test_the_token_of_a_run_ends_with_it(here: Town) -> None:
    ended(here)
    token = next(token for token in here.sandbox.workspace.standing._over if token.startswith("xwfp-"))  # noqa: SLF001 - Slack shows it to the app alone

    with pytest.raises(SlackApiError, match="token_expired"):
        here.client.auth_test(token=token)


@pytest.mark.parametrize(
    ("callback", "inputs", "word"),
    [("other", {}, "function_not_found"), ("register_initiative", {"title": "x"}, "parameter_validation_failed")],
)
def test_the_local_workspace_runs_only_what_the_manifest_has(
    here: Town, callback: str, inputs: Json, word: str
) -> None:
    assert here.control.post("steps", {"callback_id": callback, "inputs": inputs})["error"] == word
