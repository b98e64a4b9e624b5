from typing import Any

import pytest
from slack_bolt import BoltContext

from db.registers import SqlRegisters
from handlers.context import NOT_A_PERSON, NOT_FOR_GUESTS, NOT_OURS, is_about_a_person, is_of_a_person, meet, tenant_of
from planning.errors import NotAllowed
from planning.workspace.departing import depart
from tests.builders import NOW
from tests.handlers.slack import TEAM, Desk, app_for, command, dispatched, interaction, slack_user, spoken, web_client


def answered(desk: Desk, body: dict[str, Any]) -> str:
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    assert dispatched(app, body).status == 200
    app.listener_runner.listener_executor.shutdown(wait=True)
    return spoken(desk.private_reply["blocks"])


def test_a_person_is_made_known_on_first_contact_and_asked_for_only_once(desk: Desk) -> None:
    answered(desk, command("help", user="U0NEW"))
    answered(desk, command("help", user="U0NEW"))

    desk.client.users_info.assert_called_once_with(user="U0NEW")
    with desk.registers.reading() as register:
        known = register.people.by_slack("U0NEW")
    assert known is not None
    assert (known.name, known.zone) == ("Nora New", "Europe/Oslo")


@pytest.mark.parametrize(
    ("stranger", "refusal"),
    [
        ({"is_bot": True}, NOT_A_PERSON),
        ({"deleted": True}, NOT_A_PERSON),
        ({"is_stranger": True}, NOT_OURS),
        ({"is_restricted": True}, NOT_FOR_GUESTS),
        ({"is_ultra_restricted": True}, NOT_FOR_GUESTS),
        ({"team_id": "T0OTHER"}, NOT_OURS),
    ],
    ids=["bot", "deactivated", "stranger", "guest", "guest of one channel", "other team"],
)
def test_who_does_not_belong_here_is_refused_politely(desk: Desk, stranger: dict[str, Any], refusal: str) -> None:
    desk.client.users_info.side_effect = lambda *, user: slack_user(user, **stranger)

    assert refusal in answered(desk, command("help", user="U0NEW"))
    with desk.registers.reading() as register:
        assert register.people.by_slack("U0NEW") is None


def press_of(user: str, home: str, **more: Any) -> dict[str, Any]:
    """A press by somebody whose own team is that one."""
    button = {"type": "button", "action_id": "initiative_show", "block_id": "b", "value": "1", "action_ts": "1"}
    stands_in = {
        "container": {"type": "message", "is_ephemeral": False},
        "response_url": "https://hooks.slack.test/r/1",
    }
    press = interaction("block_actions", user=user, actions=[button], **stands_in, **more)
    press["user"]["team_id"] = home
    return press


def test_somebody_of_another_company_cannot_press_our_buttons(desk: Desk) -> None:
    assert NOT_OURS in answered(desk, press_of("U0ADA", "T0OTHER"))


@pytest.mark.parametrize(("teams", "answer"), [([TEAM, "T0TWO"], "no initiative"), (["T0TWO"], NOT_OURS)])
def test_in_an_organisation_those_who_are_in_the_team_too_belong(desk: Desk, teams: list[str], answer: str) -> None:
    home = {"team_id": "T0TWO", "enterprise_user": {"enterprise_id": "E0ORG", "teams": teams}}
    desk.client.users_info.side_effect = lambda *, user: slack_user(user, **home)

    press = press_of("U0NEW", "T0TWO")
    press["enterprise"] = {"id": "E0ORG"}

    assert answer in answered(desk, press)


def test_an_organisation_is_one_tenant_and_people_of_its_teams_belong(registers: SqlRegisters) -> None:
    client = web_client()
    home = {"team_id": "T0TWO", "enterprise_user": {"enterprise_id": "E0ORG"}}
    client.users_info.side_effect = lambda *, user: slack_user(user, **home)

    assert meet(client, registers, "U0NEW", "E0ORG").slack_id == "U0NEW"
    assert tenant_of(BoltContext({"enterprise_id": "E0ORG", "is_enterprise_install": True})) == "E0ORG"
    assert tenant_of(BoltContext({"enterprise_id": "E0ORG", "team_id": TEAM})) == TEAM


def test_of_some_events_slack_names_the_organisation_only() -> None:
    assert tenant_of(BoltContext({"enterprise_id": "E0ORG", "is_enterprise_install": False})) == "E0ORG"


def test_who_is_in_several_teams_of_an_organisation_belongs_to_each(registers: SqlRegisters) -> None:
    client = web_client()
    home = {"team_id": "T0TWO", "enterprise_user": {"enterprise_id": "E0ORG", "teams": ["T0TWO", TEAM]}}
    client.users_info.side_effect = lambda *, user: slack_user(user, **home)

    assert meet(client, registers, "U0NEW", TEAM).slack_id == "U0NEW"
    with pytest.raises(NotAllowed, match="this workspace only"):
        meet(client, registers, "U0NEWER", "T0THREE")


def test_a_request_without_a_workspace_is_refused() -> None:
    with pytest.raises(NotAllowed):
        tenant_of(BoltContext({}))


def test_events_that_nobody_caused_have_no_actor() -> None:
    assert not is_of_a_person({"type": "event_callback", "event": {"type": "app_uninstalled"}})
    assert is_of_a_person({"type": "event_callback", "event": {"type": "app_home_opened", "user": "U1"}})
    assert is_of_a_person(command("help"))
    assert not is_of_a_person({"type": "event_callback", "event": {"type": "user_change", "user": {"id": "U1"}}})
    assert is_about_a_person({"type": "event_callback", "event": {"type": "user_change", "user": {"id": "U1"}}})
    assert not is_about_a_person(command("help"))


def test_who_has_left_is_not_chosen_in_a_form_until_they_are_back_themselves(desk: Desk) -> None:
    with desk.registers.writing() as register:
        depart(register, register.people.by_id(2), NOW)

    with pytest.raises(NotAllowed, match="Bo Lind was away"):
        meet(desk.client, desk.registers, "U0BO", TEAM)
