"""The step of Workflow Builder, as Slack tells of it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from planning.findings.values import Kind
from planning.initiatives.registering import register_initiative
from planning.similarity import text_of
from planning.workspace.values import Person
from tests.builders import NOW, at, draft
from tests.handlers.slack import TEAM, Desk, app_for, dispatched, slack_user


def executed(key: str = "Fx1", **inputs: Any) -> dict[str, Any]:
    """Slack's event, with the inputs of a run."""
    function = {"id": "Fn1", "callback_id": "register_initiative", "title": "Register", "type": "app", "app_id": "A1"}
    event = {
        "type": "function_executed",
        "function": function,
        "inputs": {"title": "Faster claims", "owner": "U0ADA", **inputs},
        "function_execution_id": key,
        "workflow_execution_id": "Wx1",
        "event_ts": "1700000004.000000",
        "bot_access_token": "xwfp-1",
    }
    envelope = {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event_id": "Ev2",
        "event_time": 1,
        "authorizations": [],
    }
    return {**envelope, "event": event}


def run(desk: Desk, **event: Any) -> None:
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    assert dispatched(app, executed(**event)).status == 200
    app.listener_runner.listener_executor.shutdown(wait=True)


def outputs(desk: Desk) -> dict[str, str]:
    desk.client.functions_completeError.assert_not_called()
    handed: dict[str, str] = desk.client.functions_completeSuccess.call_args.kwargs["outputs"]
    return handed


def fault(desk: Desk) -> str:
    desk.client.functions_completeSuccess.assert_not_called()
    said: str = desk.client.functions_completeError.call_args.kwargs["error"]
    return said


def count(desk: Desk) -> int:
    with desk.registers.reading() as register:
        return len(register.initiatives.all())


def test_it_registers_for_the_owner_and_hands_on_the_number(desk: Desk) -> None:
    run(desk, problem="Waiting for &lt;news&gt; of <@U0BO>", stages="renew; Use")

    link = f"https://slack.com/app_redirect?app=A1&team={TEAM}"
    assert outputs(desk) == {"initiative_id": "1", "reference": "CX-1", "link": link}
    with desk.registers.reading() as register:
        (made,) = register.initiatives.all()
        written = {one.verb: one.actor for one in register.audit.since(None) if one.verb.startswith("initiative.")}
    assert (made.draft.owner, made.draft.department, made.registered_by) == (1, 1, 1)
    assert written == {"initiative.registered": 1, "initiative.by_workflow": None}
    assert (made.draft.problem, len(made.draft.stages)) == ("Waiting for <news> of @Bo Lind", 2)


def test_what_slack_tells_twice_is_registered_once_and_answered_alike(desk: Desk) -> None:
    run(desk)
    first = outputs(desk)
    run(desk)

    assert (count(desk), outputs(desk)) == (1, first)


def test_what_two_replicas_are_told_at_once_is_registered_once(desk: Desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        for told in [pool.submit(run, desk) for _ in range(4)]:
            told.result()

    ends = desk.client.functions_completeSuccess.call_args_list
    assert (count(desk), {end.kwargs["outputs"]["reference"] for end in ends}) == (1, {"CX-1"})


def test_another_run_registers_another_one(desk: Desk) -> None:
    run(desk)
    run(desk, key="Fx2")

    assert count(desk) == 2


def test_leads_are_told_of_what_it_overlaps_with(desk: Desk) -> None:
    alike = {"title": "An app to claim by letter", "problem": "", "stages": (2,)}
    with desk.registers.writing() as register:
        text = desk.encoder.encode([text_of(str(alike["title"]), "")])[0]
        bo = register.people.by_id(2)
        register_initiative(register, draft(department=2, owner=2, **alike), text, {}, bo, NOW)
    run(desk, title=alike["title"], stages="2")

    with desk.registers.reading() as register:
        (found,) = register.findings.standing(Kind.OVERLAP)
    assert found.found.initiatives() == (1, 2)


def test_an_end_that_slack_does_not_take_is_no_fault(desk: Desk) -> None:
    desk.client.functions_completeSuccess.side_effect = SlackApiError("", {"error": "access_denied"})  # type: ignore[no-untyped-call]
    run(desk)

    assert count(desk) == 1
    desk.client.functions_completeError.assert_not_called()


def test_an_end_that_does_not_reach_slack_is_told_again(desk: Desk) -> None:
    desk.client.functions_completeSuccess.side_effect = [ConnectionResetError, {"ok": True}]
    run(desk)

    assert (desk.client.functions_completeSuccess.call_count, outputs(desk)["reference"]) == (2, "CX-1")


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"stages": "Renew, Moon"}, "There is no stage “Moon”. The stages are: "),
        ({"title": " "}, "Give it a title"),
        ({"title": "x" * 401}, "Use at most 400 characters"),
        ({"problem": "x" * 20_000}, "Use at most"),
        ({"owner": None}, "takes a person"),
        ({"owner": "<!channel>"}, "takes a person"),
        ({"owner": "U0NEW"}, "Nora New is in no department yet"),
    ],
)
def test_what_cannot_be_registered_ends_the_step_with_what_to_do(desk: Desk, inputs: dict[str, Any], said: str) -> None:
    run(desk, **inputs)

    assert said in fault(desk)
    assert count(desk) == 0


@pytest.mark.parametrize(
    ("user", "said"),
    [
        ({"is_restricted": True}, "not its guests"),
        ({"is_stranger": True}, "of this workspace only"),
        ({"is_bot": True}, "works with people"),
    ],
    ids=["guest", "outsider", "bot"],
)
def test_who_may_not_take_part_owns_nothing(desk: Desk, user: dict[str, Any], said: str) -> None:
    desk.client.users_info.side_effect = [slack_user("U0NEW", **user)]
    run(desk, owner="U0NEW")

    assert said in fault(desk)
    assert count(desk) == 0


def test_whose_account_is_switched_off_owns_nothing(desk: Desk) -> None:
    with desk.registers.writing() as register:
        register.people.save(Person(1, "Ada Berg", "U0ADA", department=1, left_at=at(-1)))
    desk.client.users_info.side_effect = [slack_user("U0ADA", deleted=True)]
    run(desk)

    assert "switched off" in fault(desk)


def test_markup_in_a_refusal_stays_text(desk: Desk) -> None:
    run(desk, stages="&lt;!channel&gt;")

    assert "“&lt;!channel&gt;”" in fault(desk)


def test_what_fails_on_our_side_ends_the_step_with_a_code_and_without_its_text(desk: Desk) -> None:
    desk.client.users_info.side_effect = RuntimeError("xwfp-secret")
    run(desk, owner="U0NEW")

    assert fault(desk).startswith("Something went wrong on our side.")
    assert "secret" not in fault(desk)
