"""A workflow runs a step of the app, as when somebody started it in Workflow Builder."""

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.errors import Json, SlackError
from bot.sandbox.events import emit
from bot.sandbox.state import Workspace
from bot.sandbox.steps import Run

EVENT = "function_executed"


class StepOrder(BaseModel):
    """Which step a workflow runs, and with what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    callback_id: str
    inputs: Json = {}


def run_step(workspace: Workspace, callback_id: str, inputs: Json) -> Run:
    """Tell the app to do it; what its manifest does not have, or requires, is refused."""
    step = workspace.manifest.functions.get(callback_id)
    if step is None or EVENT not in workspace.manifest.events:
        raise SlackError("function_not_found")
    if not step.input_parameters.takes(inputs):
        raise SlackError("parameter_validation_failed")
    run = workspace.runs.begin(workspace.ids.next("Fx"), step)
    workspace.standing.lend(run.token)
    emit(workspace, EVENT, _event(workspace, callback_id, run, inputs))
    return run


def _event(workspace: Workspace, callback_id: str, run: Run, inputs: Json) -> Json:
    function = {
        "id": f"Fn{workspace.file.app.id}",
        "callback_id": callback_id,
        "title": run.step.title,
        "description": run.step.description,
        "type": "app",
        "input_parameters": run.step.input_parameters.listed(),
        "output_parameters": run.step.output_parameters.listed(),
        "app_id": workspace.file.app.id,
        "date_created": int(workspace.clock.now()),
        "date_updated": int(workspace.clock.now()),
        "date_deleted": 0,
    }
    return {
        "type": EVENT,
        "function": function,
        "inputs": inputs,
        "function_execution_id": run.id,
        "workflow_execution_id": workspace.ids.next("Wx"),
        "event_ts": workspace.clock.stamp(),
        "bot_access_token": run.token,
    }


async def start_step(request: Request) -> Response:
    """POST /control/steps."""
    order = StepOrder.model_validate_json(await request.body())
    try:
        run = run_step(request.app.state.workspace, order.callback_id, order.inputs)
    except SlackError as error:
        return JSONResponse(error.body(), 400)
    return JSONResponse({"ok": True, "id": run.id})


async def list_steps(request: Request) -> Response:
    """GET /control/steps: what became of the runs."""
    workspace: Workspace = request.app.state.workspace
    return JSONResponse({"steps": workspace.runs.summaries()})


ROUTES = (
    Route("/control/steps", start_step, methods=["POST"]),
    Route("/control/steps", list_steps, methods=["GET"]),
)
