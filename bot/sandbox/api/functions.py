"""functions: how a run of a step in a workflow ended."""

from collections.abc import Sequence

from bot.sandbox.api.arguments import Arguments
from bot.sandbox.api.registry import Method
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.state import Workspace


def complete_success(workspace: Workspace, arguments: Arguments) -> Json:
    """It is done, and hands this on to the next step."""
    run = workspace.runs.under_way(arguments.required("function_execution_id"))
    outputs = arguments.structure("outputs") or {}
    if not isinstance(outputs, dict) or not run.step.output_parameters.takes(outputs):
        raise SlackError("parameter_validation_failed")
    run.state, run.outputs = "completed", outputs
    workspace.standing.take_back(run.token)
    return {}


def complete_error(workspace: Workspace, arguments: Arguments) -> Json:
    """It failed, and the workflow ends with it."""
    run = workspace.runs.under_way(arguments.required("function_execution_id"))
    run.error = arguments.required("error")
    run.state = "failed"
    workspace.standing.take_back(run.token)
    return {}


METHODS: Sequence[Method] = (
    Method("functions.completeSuccess", complete_success),
    Method("functions.completeError", complete_error),
)
