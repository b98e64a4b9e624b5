"""What Slack delivers twice of plans, decisions, seasons, schedules and settings changes nothing the second time."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from db.database import Database
from db.registers import SqlRegister
from handlers.ids import Action
from handlers.views.digest_previews import SendNow
from handlers.views.schedules import Pressed, Turned
from planning.decisions.ruling import approve
from planning.plans.accepting import accept
from planning.proposals.asking import Progress
from planning.schedules.values import ScheduleKind
from planning.season.opening import open_season
from tests.builders import NOW, at, check_in, lead, pool, schedule, steward
from tests.handlers.slack import Desk, app_for, command, dispatched, interaction, submitted
from tests.planned import pledge
from tests.planning.checkins.stories import owned
from tests.planning.decisions.stories import asked, executive, two_weeks_later
from tests.planning.plans.stories import BO, agreed_by_ada, computed, opened
from tests.planning.season.quarters import QUARTER, shared_stage
from tests.proposed import ABOUT, done, proposal

EDDA = "U0EDDA"
Arrange = Callable[[SqlRegister], object]
OF_SERVICE = schedule(kind=ScheduleKind.DEPARTMENT, subject=2, channel="C0SERVICE", next_due_at=at(7))
PRESSED = Pressed(schedule=1, due_at=at(7), seen_at=NOW).model_dump_json()
KEEPER = lead(1, id=1, roles=lead().roles | steward().roles)
"""Ada as a steward, too."""


def a_plan(register: SqlRegister) -> None:
    register.people.add("Stella", slack_id="U0STELLA", roles=steward().roles)
    opened(register)


def half_accepted(register: SqlRegister) -> None:
    agreed_by_ada(register, opened(register), pledges=(pledge(),))


def agreed(register: SqlRegister) -> None:
    half_accepted(register)
    accept(register, 1, 2, BO, NOW)


def to_decide(register: SqlRegister) -> None:
    executive(register)
    register.schedules.add(schedule())
    asked(register, two_weeks_later())


def decided(register: SqlRegister) -> None:
    to_decide(register)
    edda = register.people.by_slack(EDDA)
    assert edda is not None
    approve(register, 1, edda, NOW)


def with_proposal(register: SqlRegister) -> None:
    computed(register, opened(register))


def proposed_for_the_quarter(register: SqlRegister) -> None:
    opened(register)
    register.proposals.save(replace(register.proposals.by_id(1), progress=Progress.DONE, done_at=NOW))
    register.proposals.add(done(about=ABOUT, asked_by=1))


def being_computed(register: SqlRegister) -> None:
    register.pools.add(pool())
    register.proposals.add(proposal(asked_by=1))


def a_season(register: SqlRegister) -> None:
    register.people.save(KEEPER)
    shared_stage(register)


def an_open_season(register: SqlRegister) -> None:
    a_season(register)
    open_season(register, QUARTER, KEEPER, NOW)


def nothing(_register: SqlRegister) -> None:
    """The company as it is."""


def with_a_digest(register: SqlRegister) -> None:
    register.schedules.add(OF_SERVICE)


def with_a_paused_digest(register: SqlRegister) -> None:
    register.schedules.add(replace(OF_SERVICE, paused=True))


def with_a_digest_left_out(register: SqlRegister) -> None:
    register.schedules.add(replace(OF_SERVICE, skips_at=OF_SERVICE.next_due_at))


def with_a_list(register: SqlRegister) -> None:
    register.schedules.add(schedule(kind=ScheduleKind.PERSONAL, subject=2, channel="", next_due_at=at(1)))


def with_a_check_in(register: SqlRegister) -> None:
    owned(register)
    register.check_ins.add_all([check_in()])


PRESSES: tuple[tuple[Action, str, Arrange, str], ...] = (
    (Action.PLAN_ACCEPT, "1:2", half_accepted, "U0BO"),
    (Action.PLAN_STEWARD, "1:1", a_plan, "U0ADA"),
    (Action.PLAN_TAKE_BACK, "1:1", a_plan, "U0ADA"),
    (Action.PLAN_TAKE_BACK, "1:2", agreed, "U0ADA"),
    (Action.DECISION_APPROVE, "1", to_decide, EDDA),
    (Action.DECISION_DECLINE, "1", to_decide, EDDA),
    (Action.DECISION_UNDO, "1", decided, EDDA),
    (Action.PROPOSAL_ASK, "1", to_decide, "U0ADA"),
    (Action.PROPOSAL_ANOTHER, "1", with_proposal, "U0ADA"),
    (Action.PROPOSAL_ANOTHER, "2", proposed_for_the_quarter, "U0ADA"),
    (Action.PROPOSAL_AGAIN, "1", with_proposal, "U0ADA"),
    (Action.PROPOSAL_STOP, "1", being_computed, "U0ADA"),
    (Action.PROPOSAL_PLAN, "1", to_decide, "U0ADA"),
    (Action.PROPOSAL_PLAN, "2", proposed_for_the_quarter, "U0ADA"),
    (Action.SEASON_OPEN, QUARTER, a_season, "U0ADA"),
    (Action.SEASON_SESSION, "1", an_open_season, "U0BO"),
    (Action.SCHEDULE_PAUSE, PRESSED, with_a_digest, "U0BO"),
    (Action.SCHEDULE_RESUME, PRESSED, with_a_paused_digest, "U0BO"),
    (Action.SCHEDULE_SKIP, PRESSED, with_a_digest, "U0BO"),
    (Action.SCHEDULE_UNSKIP, PRESSED, with_a_digest_left_out, "U0BO"),
    (Action.SCHEDULE_SEND, PRESSED, with_a_digest, "U0BO"),
    (Action.CHECK_IN_ON_TRACK, "1", with_a_check_in, "U0ADA"),
    (Action.CHECK_IN_AT_RISK, "1", with_a_check_in, "U0ADA"),
    (Action.CHECK_IN_STUCK, "1", with_a_check_in, "U0ADA"),
    (Action.DIGEST_SEND_NOW, SendNow(schedule=1, previewed_at=NOW).model_dump_json(), with_a_digest, "U0BO"),
)

FORMS: tuple[tuple[Action, str, Arrange, str, dict[str, Any]], ...] = (
    (Action.PLAN_CHANGE, "1:1", a_plan, "U0ADA", {"goal": "One letter", "due_on": "2027-05-01"}),
    (Action.PLAN_CHANGE, "1:2", agreed, "U0BO", {"session_on": "2027-03-04", "session_time": "14:30"}),
    (Action.DECISION_DELEGATE, "1", to_decide, EDDA, {"person": "U0BO"}),
    (Action.PROPOSAL_WISH, "1", with_proposal, "U0ADA", {"pinned": [1]}),
    (Action.OUTCOME_TELL, "1", agreed, "U0ADA", {"outcome": "kept", "delivered_0": "2.5"}),
    (Action.PREFERENCES_OPEN, "", nothing, "U0ADA", {"morning": "yes", "muted": ["joined"]}),
    (Action.PREFERENCES_OPEN, "", with_a_list, "U0BO", {"morning": "no"}),
    (Action.SETUP_SCHEDULE, "", a_season, "U0ADA", {"channel": "C0EXEC", "time": "08:00"}),
    (Action.SCHEDULE_ADD, Turned().model_dump_json(), nothing, "U0BO", {"channel": "C0SERVICE", "weekdays": [3]}),
    (Action.SCHEDULE_CHANGE, PRESSED, with_a_digest, "U0BO", {"often": "monthly", "week": 2}),
    (Action.CHECK_IN_MORE, '{"first":1}', with_a_check_in, "U0ADA", {"standing_1": "stuck", "status_1": "paused"}),
    (Action.SETUP_ALERTS, "", a_season, "U0ADA", {"budget": "3"}),
)


def arrange(desk: Desk, story: Arrange) -> None:
    with desk.registers.writing() as register:
        assert isinstance(register, SqlRegister)
        story(register)


def deliver(desk: Desk, body: dict[str, Any]) -> None:
    """As it comes over the socket, to the end of what it does."""
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    dispatched(app, body)
    app.listener_runner.listener_executor.shutdown(wait=True)


def press(action: Action, value: str, user: str) -> dict[str, Any]:
    button = {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1"}
    return interaction(
        "block_actions",
        user,
        actions=[button],
        container={"type": "message"},
        response_url="https://hooks.slack.test/r",
    )


def standing(desk: Desk, database: Database) -> tuple[object, ...]:
    with desk.registers.reading() as register:
        audit = [(entry.verb, entry.subject) for entry in register.audit.since(None)]
        held = (register.initiatives.all(), register.findings.standing(), register.decisions.open(), audit)
        plans = register.plans.changed_since(None)
        wanted = (register.preferences.all(), register.workspaces.current())
        scheduled = (register.schedules.all(), register.schedules.latest([1]))
    queued = sorted(one.posting.delivery_key for one in database.outbox("main").page(50).items)
    return *held, plans, *wanted, scheduled, queued


def changed_once(desk: Desk, database: Database, body: dict[str, Any]) -> bool:
    """Whether the first delivery changes something, and the second one nothing."""
    seen = [standing(desk, database)]
    for _ in range(2):
        deliver(desk, body)
        seen.append(standing(desk, database))
    assert seen[1] == seen[2]
    return seen[0] != seen[1]


@pytest.fixture(autouse=True)
def no_fault(caplog: pytest.LogCaptureFixture) -> Any:
    """What comes second is refused in words, or answered; it never breaks."""
    yield
    assert not [one for one in caplog.records if one.name == "handlers.errors" and one.levelno >= logging.ERROR]


@pytest.mark.parametrize(("button", "value", "story", "user"), PRESSES)
def test_a_button_delivered_twice_does_it_once(
    desk: Desk, database: Database, button: Action, value: str, story: Arrange, user: str
) -> None:
    arrange(desk, story)

    assert changed_once(desk, database, press(button, value, user))


@pytest.mark.parametrize(("button", "value", "story", "user", "typed"), FORMS)
def test_a_form_delivered_twice_does_it_once(
    desk: Desk, database: Database, button: Action, value: str, story: Arrange, user: str, typed: dict[str, Any]
) -> None:
    arrange(desk, story)
    deliver(desk, press(button, value, user))
    form = submitted(desk.modal, **typed)

    assert changed_once(desk, database, interaction("view_submission", user, view=form, response_urls=[]))


def test_a_pack_asked_for_twice_comes_once(desk: Desk, database: Database) -> None:
    arrange(desk, a_season)

    assert changed_once(desk, database, command("season pack"))
