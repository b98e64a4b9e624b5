"""The app's address: what is POSTed there, how it is signed, and what becomes of the answers."""

import json
import time

import pytest

from tests.bot.sandbox.provider.company import (
    ACORN,
    BIRCH,
    CEDAR,
    NORA,
    NORTH,
    NORTHERN,
    SAM,
    SOUTH,
    SOUTHERN,
    Admin,
    Answer,
    Heard,
    Hook,
)
from tests.bot.sandbox.world import ANA, GENERAL, Json, button, modal, page_user, section, until


def commanded(admin: Admin, workspace: str = ACORN, user: str = ANA, channel: str = GENERAL) -> Json:
    """Somebody uses the app's command; what the page says of it."""
    with page_user(admin.site(workspace), user) as person:
        answer: Json = person.say("/robin hello", channel=channel)
        return answer


def test_a_command_comes_as_a_signed_form_and_is_answered_in_its_workspace_alone(admin: Admin, hook: Hook) -> None:
    admin.install(ACORN)
    admin.install(BIRCH)
    hook.answer = lambda heard: (200, {}, f"Hello, {heard.payload['team_domain']}")

    with page_user(admin.site(ACORN), ANA) as ana, page_user(admin.site(BIRCH), ANA) as namesake:
        assert ana.say("/robin hello")["ok"]
        assert [each["text"] for each in ana.messages()] == ["Hello, acorn"]
        assert namesake.messages() == []
    told = hook.heard[0].payload
    assert (told["team_id"], told["command"], told["is_enterprise_install"]) == (ACORN, "/robin", "false")
    assert hook.forged == 0


def test_where_the_app_is_not_installed_nothing_reaches_it(admin: Admin, hook: Hook) -> None:
    refused = commanded(admin)

    assert "not installed in Acorn" in refused["notice"]
    assert hook.heard == []


def test_a_button_comes_as_a_payload(admin: Admin, hook: Hook) -> None:
    client = admin.client(admin.install(ACORN))
    client.chat_postMessage(channel=GENERAL, text="Press", blocks=[section(), button()])

    with page_user(admin.site(ACORN), ANA) as ana:
        ana.press_on(ana.messages()[-1], {"block_id": "b", "action_id": "go"})
    told = hook.heard[-1].payload
    assert (told["type"], told["team"], told["enterprise"]) == (
        "block_actions",
        {"id": ACORN, "domain": "acorn"},
        None,
    )


@pytest.mark.parametrize(
    ("answer", "word"),
    [((500, {}, "oh"), "http_service_error"), ((404, {}, ""), "http_service_error")],
    ids=["broken", "not there"],
)
def test_a_command_that_fails_is_told_to_the_person(admin: Admin, hook: Hook, answer: Answer, word: str) -> None:
    admin.install(ACORN)
    hook.answer = lambda _: answer

    assert word in commanded(admin)["notice"]


def test_a_late_answer_is_none(admin: Admin, hook: Hook) -> None:
    admin.install(ACORN)

    def late(_heard: Heard) -> Answer:
        time.sleep(0.6)
        return (200, {}, "Too late")

    hook.answer = late
    assert "operation_timeout" in commanded(admin)["notice"]


def test_an_event_that_is_not_taken_comes_again_with_its_number_and_reason(admin: Admin, hook: Hook) -> None:
    admin.install(ACORN)
    hook.answer = lambda heard: (200 if heard.headers.get("x-slack-retry-num") == "2" else 503, {}, "")

    with page_user(admin.site(ACORN), ANA) as ana:
        ana.look("home")
    until(lambda: len(hook.heard) == 3)
    tries = [(each.headers.get("x-slack-retry-num"), each.headers.get("x-slack-retry-reason")) for each in hook.heard]
    assert tries == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len({each.payload["event_id"] for each in hook.heard}) == 1


def test_an_app_can_ask_not_to_be_told_again(admin: Admin, hook: Hook) -> None:
    admin.install(ACORN)
    hook.answer = lambda _: (503, {"x-slack-no-retry": "1"}, "")

    with page_user(admin.site(ACORN), ANA) as ana:
        ana.look("home")
        until(lambda: hook.heard)
        time.sleep(0.3)
    assert len(hook.heard) == 1


def test_the_address_is_verified_by_a_challenge(admin: Admin, hook: Hook) -> None:
    assert admin.order("verify") == {"ok": False}

    hook.answer = lambda heard: (200, {}, json.dumps({"challenge": heard.payload.get("challenge")}))
    assert admin.order("verify") == {"ok": True}


@pytest.mark.parametrize("first", ["app_uninstalled", "tokens_revoked"])
def test_an_uninstall_is_told_in_the_chosen_order(admin: Admin, hook: Hook, first: str) -> None:
    admin.install(ACORN)
    admin.order("uninstall", workspace=ACORN, first=first)

    until(lambda: len(hook.events()) == 2)
    assert hook.events()[0] == first
    assert {each.payload["team_id"] for each in hook.heard} == {ACORN}
    assert "authorizations" not in hook.heard[0].payload


def test_an_organisation_is_told_of_as_one_and_names_the_team_where_there_is_one(admin: Admin, hook: Hook) -> None:
    admin.install_organisation(NORTH, SOUTH)
    until(lambda: len(hook.events()) == 2)
    granted = hook.heard[0].payload
    assert (granted["enterprise_id"], "team_id" in granted) == (CEDAR, False)

    commanded(admin, CEDAR, SAM, SOUTHERN)
    slash = hook.heard[-1].payload
    assert (slash["team_id"], slash["enterprise_id"], slash["is_enterprise_install"]) == (SOUTH, CEDAR, "true")


def test_outside_a_channel_an_organisation_names_no_team(admin: Admin, hook: Hook) -> None:
    client = admin.client(admin.install_organisation(NORTH))

    with page_user(admin.site(CEDAR), NORA) as nora:
        nora.say("/robin form", channel=NORTHERN)
        client.views_open(trigger_id=hook.heard[-1].payload["trigger_id"], view=modal())
        nora.submit(nora.modal(), {"title": {"v": {"type": "plain_text_input", "value": "Hello"}}})
    told = hook.heard[-1].payload
    assert (told["team"], told["enterprise"]["id"], told["is_enterprise_install"]) == (None, CEDAR, True)
    assert (told["user"]["team_id"], told["view"]["app_installed_team_id"]) == (NORTH, CEDAR)


def test_an_event_of_an_organisation_is_authorised_for_the_whole(admin: Admin, hook: Hook) -> None:
    admin.install_organisation(NORTH)

    with page_user(admin.site(CEDAR), NORA) as nora, page_user(admin.site(CEDAR), SAM) as sam:
        sam.look("home")
        nora.look("home")
    until(lambda: "app_home_opened" in hook.events())
    opened = [each.payload for each in hook.heard if each.payload["event"]["type"] == "app_home_opened"]
    assert [each["team_id"] for each in opened] == [NORTH]
    assert opened[0]["authorizations"][0] == {
        "enterprise_id": CEDAR,
        "team_id": None,
        "user_id": "U0BOT",
        "is_bot": True,
        "is_enterprise_install": True,
    }
