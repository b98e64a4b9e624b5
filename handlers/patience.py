"""An answer in time, however long it takes to find: Slack waits three seconds, and calls what is later an error.

What is not ready soon is acknowledged with the form as it was typed, and shown in its place when it is ready. Nothing
is said to be saved before it is. What is computed takes its turn, a few at a time: the processor belongs first to those
who wait for an acknowledgement.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import copy_context
from threading import BoundedSemaphore
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.keeping import keep_form
from planning.errors import PlanningError

AT_ONCE = 2
"""So many answers are computed at a time."""
WAITS_S = 0.15
"""So long an answer may take before the form comes back without it."""
SETTLES_S = 0.6
"""By then Slack shows what it was answered: an update that came first would be undone by it."""
MOMENT = "Checking what you wrote. One moment… If nothing comes, press again: nothing is saved twice."
FAILED = "Not saved: something went wrong on our side. What you wrote is still here. Press again in a minute."
GONE = "not_found"
"""Slack's word for a modal that was closed meanwhile."""

Said = dict[str, Any]
"""What a submission is answered, as the acknowledgement takes it."""
Work = Callable[[Callable[..., object]], object]
"""Finds the answer and says it, once, to what it is given in the place of the acknowledgement."""


class Patience:
    """Shared by all listeners of a process."""

    def __init__(self, at_once: int = AT_ONCE, waits_s: float = WAITS_S, settles_s: float = SETTLES_S) -> None:
        self._pool = ThreadPoolExecutor(at_once, "answering")
        self._turns = BoundedSemaphore(at_once)
        self._waits_s, self._settles_s = waits_s, settles_s

    def answer(self, ack: Ack, client: WebClient, view: Mapping[str, Any], work: Work) -> Said:
        """Have a submission answered by the acknowledgement or, when it takes longer, in its modal; what was said."""
        finding = self._pool.submit(copy_context().run, _said_by, work)
        if wait([finding], self._waits_s).done:
            said = finding.result()
            ack(**said)
            return said
        ack(response_action="update", view=keep_form(view, MOMENT))
        shown_at = time.monotonic() + self._settles_s
        later = _shown_later(finding, view)
        time.sleep(max(0.0, shown_at - time.monotonic()))
        _show(client, str(view["id"]), later)
        if (error := finding.exception()) is not None and not isinstance(error, PlanningError):
            raise error
        return {} if error else finding.result()

    @contextmanager
    def behind(self) -> Iterator[None]:
        """Something that nobody waits for in these three seconds; it takes its turn."""
        with self._turns:
            yield


def in_place(ack: Ack, _client: WebClient, _view: Mapping[str, Any], work: Work) -> Said:
    """An answer that is waited for."""
    said = _said_by(work)
    ack(**said)
    return said


InTime = Callable[[Ack, WebClient, Mapping[str, Any], Work], Said]


def _said_by(work: Work) -> Said:
    said: Said = {}
    work(lambda **arguments: said.update(arguments))
    return said


def _shown_later(finding: "Future[Said]", view: Mapping[str, Any]) -> Mapping[str, Any]:
    """The modal with the answer: faults, which only an acknowledgement can show at their fields, on top of the form."""
    error = finding.exception()
    if error is not None:
        return keep_form(view, f"Not saved. {error}" if isinstance(error, PlanningError) else FAILED)
    said = finding.result()
    if "view" in said:
        shown: Mapping[str, Any] = said["view"]
        return shown
    return keep_form(view, " ".join(["Not saved yet.", *dict.fromkeys(said.get("errors", {}).values())]))


def _show(client: WebClient, id: str, view: Mapping[str, Any]) -> None:
    """In the modal, unless the person has closed it."""
    try:
        client.views_update(view_id=id, view=dict(view))
    except SlackApiError as error:
        if error.response.get("error") != GONE:
            raise
