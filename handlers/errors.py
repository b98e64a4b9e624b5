"""What a person is told when something fails: always an answer, never a lost form, and a code that the log knows.

Bolt copies the BoltResponse returned here into the reply as long as nothing was acknowledged. Afterwards there is no
reply left to copy it into; Bolt then stops at an assertion of its own, by which the acknowledgement stays as it was.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from traceback import extract_tb
from typing import Any
from uuid import uuid4

from slack_bolt import Ack, App, BoltContext, BoltResponse, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.answering import OPENED
from handlers.ids import COMMAND
from handlers.keeping import keep_form
from handlers.views.loading import told_modal
from handlers.views.text import Message, code, escape_within, paragraph
from planning.errors import Busy, PlanningError
from planning.installations.values import NotInstalled
from planning.text import clean, clip

LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"})
"""A modal can be opened within three seconds, once."""

_GONE = "Slack does not let Concord in any more, so nothing was done. A Slack administrator has to install it again."
_NOT_GIVEN = (
    "Concord was not given a permission that this needs. A Slack administrator can install it again and allow it."
)
REFUSALS: Mapping[str, str] = {
    **dict.fromkeys(LATE, "That took too long for Slack to open the form. Please try once more."),
    **dict.fromkeys(("account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed"), _GONE),
    "missing_scope": _NOT_GIVEN,
}
"""What of Slack's refusals people can do something about → what they read."""

TITLE = "That did not work"
SAID_S = 1.0
"""So long the acknowledgement of what was refused waits for Slack to take the answer; it arrives all the same."""

PLACES = 7
"""So many places of our own code stand in the log for each fault."""

_ROOT = Path(__file__).parents[1]

log = logging.getLogger(__name__)


def register(app: App) -> None:
    """Answer for every listener and middleware that fails."""
    app.error(answer_error)


def answer_error(
    error: Exception, body: dict[str, Any], context: BoltContext, client: WebClient, ack: Ack, respond: Respond
) -> BoltResponse:
    """Tell the person what happened, where the request allows it, and the log how."""
    text = _text(error)
    kind = body.get("type")
    if kind == "block_suggestion":
        return BoltResponse(status=200, body={"options": []})
    if kind == "view_submission" and ack.response is None:
        kept = keep_form(body["view"], f"Not saved. {text}")
        return BoltResponse(status=200, body={"response_action": "update", "view": kept})
    if isinstance(error, NotInstalled) and not context.response_url:  # there is no token to say anything with
        return BoltResponse(status=200, body=text if body.get("command") else "")
    said = Thread(target=_say_it, args=(text, body, context, client, respond), name="saying")
    said.start()
    said.join(SAID_S if ack.response is None else None)
    comes_again = kind == "event_callback" and ack.response is None and not context.function_execution_id
    return BoltResponse(status=503 if comes_again and _may_pass(error) else 200)


def _may_pass(error: Exception) -> bool:
    """Whether it may go better when Slack sends it again: what is refused, or not allowed, stays so."""
    if isinstance(error, SlackApiError):
        return error.response.get("error") not in REFUSALS
    return isinstance(error, Busy) or not isinstance(error, PlanningError)


def _say_it(text: str, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
    try:
        _say(text, body, context, client, respond)
    except (SlackClientError, OSError) as failure:
        log.error("could not tell the person error=%s", type(failure).__name__)


def _text(error: Exception) -> str:
    if isinstance(error, PlanningError):
        return str(error)
    if isinstance(error, SlackApiError) and error.response.get("error") in REFUSALS:
        return REFUSALS[error.response["error"]]
    token = uuid4().hex[:8]
    log.error("request failed code=%s error=%s at=%s", token, _kinds(error), _place(error))
    return f"Something went wrong on our side. Try again in a minute; if it stays, quote {token} to who runs Concord."


def _kinds(error: BaseException | None) -> str:
    """The kinds of the error and its causes; their messages may quote what people wrote."""
    kinds: list[str] = []
    while error is not None and len(kinds) < 5:
        kinds.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return "<".join(kinds)


def _place(error: Exception) -> str:
    """Where it happened, the innermost place first, and how our own code came there."""
    frames = [*reversed(extract_tb(error.__traceback__))]
    ours = [frame for frame in frames[1:] if _is_ours(Path(frame.filename))]
    return " ".join(f"{frame.filename}:{frame.lineno}" for frame in (*frames[:1], *ours[:PLACES]))


def _is_ours(file: Path) -> bool:
    return file.is_relative_to(_ROOT) and "site-packages" not in file.parts


def _say(text: str, body: Mapping[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
    """Say it where the person looks: in the modal that was opened for it, or over the one where a button stands."""
    message = Message(escape_within(text), [paragraph(text), *_typed(body)])
    view = told_modal(TITLE, message.blocks)
    if body.get(OPENED):
        client.views_update(view_id=body[OPENED], view=view)
    elif body.get("type") == "block_actions" and body.get("view"):
        _lay_over(body, view, client, lambda: _tell(message, body, context, client, respond))
    else:
        _tell(message, body, context, client, respond)


def _lay_over(body: Mapping[str, Any], view: View, client: WebClient, otherwise: Callable[[], object]) -> None:
    """Over a modal or the Home tab, which stay as they are; Slack refuses it when it took too long."""
    lay = client.views_push if body["view"].get("type") == "modal" else client.views_open
    try:
        lay(trigger_id=str(body.get("trigger_id") or ""), view=view)
    except SlackApiError:
        otherwise()


def _tell(message: Message, body: Mapping[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
    if context.response_url:
        respond(**message.arguments(), replace_original=False)
    elif context.function_execution_id:
        client.functions_completeError(function_execution_id=context.function_execution_id, error=message.text)
    elif body.get("event", {}).get("type") == "app_home_opened":
        client.views_publish(
            user_id=str(context.user_id), view={"type": "home", "blocks": message.arguments()["blocks"]}
        )
    elif context.user_id and body.get("type") != "event_callback":  # of an event nobody awaits anything
        client.chat_postMessage(channel=context.user_id, **message.arguments())


def _typed(body: Mapping[str, Any]) -> list[Block]:
    """The command as it was typed, so that nobody has to type it twice."""
    if body.get("command") != COMMAND or not body.get("text"):
        return []
    return [paragraph("You typed: ", code(clip(f"{COMMAND} {clean(str(body['text']))}", 2900)))]
