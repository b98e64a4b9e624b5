"""People at their pages: they fill in forms and press buttons, as patiently as people are."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from typing import Any

from websockets import Origin
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from db.transactions import BUSY, UNREAD
from handlers.ids import Action
from handlers.patience import MOMENT
from tests.bot.sandbox.world import Json, PageUser
from tests.chaos.company import PLAIN

HURDLES = 4
"""As many forms as a person has patience for."""
AGAIN_S, PATIENT_S = 0.5, 10.0
"""After which a person tries what did not work once more, and for how long."""
TROUBLES = (OSError, WebSocketException, AssertionError, LookupError, StopIteration)
"""What a person at the page meets when the bot is not there."""
PRESSED = frozenset(
    {
        Action.OVERLAP_COORDINATE,
        Action.OVERLAP_UNDO,
        Action.CHECK_IN_ON_TRACK,
        Action.CHECK_IN_AT_RISK,
        Action.CHECK_IN_STUCK,
    }
)


@contextmanager
def at_page(url: str, user: str) -> Iterator[PageUser]:
    """Somebody opens the page, and closes the form that they gave up the last time."""
    address = f"{url.replace('http', 'ws', 1)}/page/events?user={user}"
    with connect(address, origin=Origin(url), proxy=None) as socket:
        page = PageUser(url, user, socket)
        if left := page.next_event("view")["stack"]:
            page.do("view/close", view_id=left[-1]["id"], all=True)
            while page.next_event("view")["stack"]:  # what comes then is the form that is opened next
                pass
        yield page


def registered(page: PageUser, title: str) -> bool:
    """Fill in form after form until the bot says that the initiative is kept; whether it did."""
    page.look("home")
    if not _said(page, f"/cx new {title}"):
        return False
    form = page.modal()
    while not _is_form(form):
        form = page.modal()
    for _ in range(HURDLES):
        if not _submitted(page, form):
            return False
        form = answer(page)
        if not _is_form(form):
            return "CX-" in str(form["blocks"]) and title in str(form["blocks"])
    return False


def answer(page: PageUser) -> Json:
    """What a submitted form is answered, when it is found."""
    view = page.modal()
    while MOMENT in str(view["blocks"]):
        view = page.modal()
    return view


def _said(page: PageUser, line: str) -> bool:
    return _taken(lambda: page.say(line, channel=PLAIN[0]).get("ok"))


def _taken(act: Callable[[], object]) -> bool:
    """Try until Slack says that the bot has taken it; whether it did."""
    ends = time.monotonic() + PATIENT_S
    while not act():
        if time.monotonic() > ends:
            return False
        time.sleep(AGAIN_S)
    return True


def _is_form(view: Json) -> bool:
    return any(block["type"] == "input" for block in view["blocks"])


def _submitted(page: PageUser, form: Json) -> bool:
    """Press the button, again where Slack says that there was trouble; whether it was taken."""
    values = form["state"]["values"] | {
        block["block_id"]: {Action.FIELD: _coordinating(block)}
        for block in form["blocks"]
        if block["block_id"].startswith("answer_")
    }
    return _taken(lambda: page.submit(form, values).get("ok"))


def _coordinating(block: Json) -> dict[str, Any]:
    """Both go on: coordinated, or, within the own department, as different things."""
    options = block["element"]["options"]
    chosen = next((option for option in options if "Coordinate" in option["text"]["text"]), options[-1])
    return {"type": "radio_buttons", "selected_option": chosen}


def buttons(message: Json) -> list[Json]:
    """Those on a message that are pressed here."""
    return [
        {**element, "block_id": block["block_id"]}
        for block in message.get("blocks") or ()
        for element in (*block.get("elements", ()), block.get("accessory") or {})
        if element.get("action_id") in PRESSED
    ]


def pressed(page: PageUser, channel: str, message: Json, button: Json, chance: Random) -> bool:
    """Press a button, now and then twice at once; whether Slack says that it was taken."""

    def press() -> bool:
        turned_away = _turned_away(page, channel)
        with ThreadPoolExecutor() as hands:
            times = 2 if chance.random() < 0.3 else 1
            presses = [hands.submit(page.press_on, message, button, channel) for _ in range(times)]
            taken = any(one.result().get("ok") for one in presses)
        return taken and _turned_away(page, channel) == turned_away

    return _taken(press)


def _turned_away(page: PageUser, channel: str) -> int:
    """How often the person was told there that nothing was saved."""
    return sum(str(one["text"]).endswith((BUSY, UNREAD)) for one in page.messages(channel))
