"""What Slack is told to have arrived is kept: whoever dies after the acknowledgement loses nobody's click."""

import ast
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltContext, BoltResponse

import handlers
from db.registers import SqlRegister
from handlers.context import Services
from handlers.ids import Action
from handlers.listening import register_all
from handlers.patience import Patience
from planning.register import Register, Registers
from tests.builders import NOW, draft, found, schedule, vector
from tests.handlers.slack import (
    UNHURRIED_S,
    Desk,
    WordEncoder,
    authorized,
    command,
    dispatched,
    interaction,
    next_monday,
    submitted,
)
from tests.handlers.test_twice_together import FORMS, PRESSES, Arrange, a_season, arrange, press

MUST_OPEN_AT_ONCE = {"press_preferences"}
"""Slack opens a form only while it is fresh: the zone that Slack has of the person, read then, is written behind it."""


def overlapping(register: SqlRegister) -> None:
    for number in (1, 2):
        register.initiatives.add(draft(department=number, owner=number), vector(number), NOW, by=1)
    register.findings.add(found(), NOW)


def to_send(register: SqlRegister) -> None:
    a_season(register)
    register.schedules.add(schedule())


OTHERS: tuple[tuple[Action, str, Arrange, str], ...] = (
    (Action.OVERLAP_COORDINATE, "1", overlapping, "U0ADA"),
    (Action.INITIATIVE_WITHDRAW, "1", overlapping, "U0ADA"),
    (Action.SETUP_HAND_OFFS, "", a_season, "U0ADA"),
)
COMMANDS: tuple[tuple[str, Arrange], ...] = (
    ("status CX-1 paused", overlapping),
    ("withdraw CX-1", overlapping),
    ("propose CX-1", overlapping),
    ("season pack", a_season),
)


@dataclass
class Recorded:
    """Registers that note each writing unit that was kept, in one list with the acknowledgements."""

    registers: Registers
    happened: list[str] = field(default_factory=list)

    @contextmanager
    def writing(self) -> Iterator[Register]:
        with self.registers.writing() as register:
            yield register
        self.happened.append("kept")

    def reading(self) -> AbstractContextManager[Register]:
        return self.registers.reading()


class NotedAck(Ack):
    """Notes when Slack is told."""

    def __init__(self, happened: list[str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._happened = happened

    def __call__(self, *given: Any, **named: Any) -> BoltResponse:
        self._happened.append("acknowledged")
        return super().__call__(*given, **named)


def played(desk: Desk, body: dict[str, Any]) -> list[str]:
    """What happened, in order."""
    recorded = Recorded(desk.registers)
    app = App(authorize=authorized, request_verification_enabled=False, token_verification_enabled=False)

    def hand_in(context: BoltContext, next_: Any) -> None:
        context["client"], context["respond"] = desk.client, desk.respond
        context["ack"] = NotedAck(recorded.happened)
        next_()

    app.middleware(hand_in)
    patience = Patience(waits_s=UNHURRIED_S)
    register_all(app, Services(lambda _tenant: recorded, lambda: NOW, WordEncoder(), next_monday, patience=patience))
    assert dispatched(app, body).status == 200
    app.listener_runner.listener_executor.shutdown(wait=True)
    return recorded.happened


def is_kept_first(happened: list[str]) -> bool:
    return happened[-1] == "acknowledged" and "kept" in happened


@pytest.mark.parametrize(("button", "value", "story", "user"), [*PRESSES, *OTHERS])
def test_what_a_button_does_is_kept_first(desk: Desk, button: Action, value: str, story: Arrange, user: str) -> None:
    arrange(desk, story)

    assert is_kept_first(played(desk, press(button, value, user)))


@pytest.mark.parametrize(("button", "value", "story", "user", "typed"), FORMS)
def test_what_a_form_says_is_kept_first(
    desk: Desk, button: Action, value: str, story: Arrange, user: str, typed: dict[str, Any]
) -> None:
    arrange(desk, story)
    assert "kept" not in played(desk, press(button, value, user))
    form = submitted(desk.modal, **typed)

    assert is_kept_first(played(desk, interaction("view_submission", user, view=form, response_urls=[])))


@pytest.mark.parametrize(("text", "story"), COMMANDS)
def test_what_a_command_does_is_kept_first(desk: Desk, text: str, story: Arrange) -> None:
    arrange(desk, story)

    assert is_kept_first(played(desk, command(text)))


def test_no_listener_acknowledges_before_it_writes() -> None:
    modules = [path for path in Path(handlers.__file__).parent.rglob("*.py") if "views" not in path.parts]

    assert len(modules) > 40
    assert {early for path in modules for early in early_in(path)} == MUST_OPEN_AT_ONCE


def early_in(module: Path) -> list[str]:
    """Its listeners that write, themselves or by a function beside them, after they have acknowledged."""
    parts = [one for one in ast.walk(ast.parse(module.read_text())) if isinstance(one, ast.FunctionDef)]
    writing = frozenset(one.name for one in parts if writes(one, frozenset()))
    return [one.name for one in parts if writes_late(one, writing)]


def writes_late(function: ast.FunctionDef, writing: frozenset[str]) -> bool:
    """Whether a statement of its own after a plain `ack()` writes."""
    told = [isinstance(one, ast.Expr) and ast.unparse(one).startswith("ack(") for one in function.body]
    return True in told and any(writes(one, writing) for one in function.body[told.index(True) :])


def writes(node: ast.AST, writing: frozenset[str]) -> bool:
    called = [ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)]
    return any(name.endswith(".writing") or name in writing for name in called)
