"""The step of Workflow Builder; Slack offers it where the app was made from the internal manifest."""

import logging
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from slack_bolt import App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.context import meet, tenant_of
from handlers.ids import Step
from handlers.messages import as_seen
from planning.errors import NotFound
from planning.initiatives.requesting import Wish, register_requested
from planning.initiatives.values import Initiative
from planning.register import Registers
from planning.similarity import Encoder, text_of

TRIES = 3
"""So often Slack is told how it ended: told twice is told once, and a workflow that is not told waits for days."""
_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")

log = logging.getLogger(__name__)


def register(app: App) -> None:
    """Listen to runs of the step. What goes wrong ends it too: `handlers/errors.py` says why."""
    app.function(Step.REGISTER)(register_from_workflow)


def register_from_workflow(
    inputs: Mapping[str, Any],
    body: Mapping[str, Any],
    context: BoltContext,
    client: WebClient,
    registers: Registers,
    now: Callable[[], datetime],
    encoder: Encoder,
) -> None:
    """Register an initiative for its owner, with the owner's rights, and hand its number on."""
    owner = meet(client, registers, _owner(inputs), tenant_of(context))
    run = str(context.function_execution_id)
    wish = _wish(inputs, run, registers)
    vector = encoder.encode([text_of(wish.title, wish.problem)])[0]
    with registers.writing() as register:
        initiative = register_requested(register, wish, vector, owner, now())
    _finish(client, run, _outputs(initiative, body))


def _owner(inputs: Mapping[str, Any]) -> str:
    said = str(inputs.get("owner") or "")
    if not _PERSON.fullmatch(said):
        raise NotFound("Say who owns the initiative: the step's field “Owner” takes a person.")
    return said


def _wish(inputs: Mapping[str, Any], key: str, registers: Registers) -> Wish:
    """What was filled in; variables of a workflow carry people and channels as Slack writes them in messages."""
    with registers.reading() as register:
        names = {person.slack_id: person.name for person in register.people.all() if person.slack_id}
    title, problem, stages = (as_seen(str(inputs.get(field) or ""), names) for field in ("title", "problem", "stages"))
    return Wish(title, problem, stages, key)


def _outputs(initiative: Initiative, body: Mapping[str, Any]) -> dict[str, str]:
    where = urlencode({"app": body.get("api_app_id", ""), "team": body.get("team_id", "")})
    link = f"https://slack.com/app_redirect?{where}"
    return {"initiative_id": str(initiative.id), "reference": initiative.reference, "link": link}


def _finish(client: WebClient, run: str, outputs: dict[str, str]) -> None:
    """Say that it is done. The initiative is registered by now, so no fault here may make the workflow try again."""
    for _ in range(TRIES):
        try:
            client.functions_completeSuccess(function_execution_id=run, outputs=outputs)
        except SlackApiError as error:
            log.info("step was over already word=%s", error.response.get("error"))
        except OSError as error:
            log.warning("step not ended yet error=%s", type(error).__name__)
            continue
        return
