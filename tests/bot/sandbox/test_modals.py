"""Modals: opened in time, changed with what was typed kept, sent, answered, closed."""

from collections.abc import Callable

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.world import (
    ANA,
    BEN,
    AtPage,
    Connect,
    Control,
    Json,
    PageUser,
    button,
    field,
    modal,
    plain,
    until,
)


@pytest.fixture
def ana(at_page: AtPage) -> PageUser:
    """Ana at the page."""
    return at_page(ANA)


@pytest.fixture
def trigger(app: App, connected: Connect, ana: PageUser) -> Callable[[], str]:
    """A fresh trigger id, as a global shortcut brings it."""
    given = []

    @app.shortcut("note_it")
    def note(ack: Ack, shortcut: Json) -> None:
        ack()
        given.append(shortcut["trigger_id"])

    connected(app)

    def fresh() -> str:
        ana.do("shortcut", callback_id="note_it")
        return str(given[-1])

    return fresh


def text(value: str) -> Json:
    return {"title": {"v": {"type": "plain_text_input", "value": value}}}


def test_a_modal_opens_for_the_person_whose_trigger_it_is(
    client: WebClient, trigger: Callable[[], str], ana: PageUser
) -> None:
    opened = client.views_open(trigger_id=trigger(), view=modal())

    view = ana.modal()
    assert view["id"] == opened["view"]["id"]
    assert view["state"]["values"] == {"title": {"v": {"type": "plain_text_input", "value": None}}}


def test_a_trigger_expires_after_three_seconds(client: WebClient, control: Control, trigger: Callable[[], str]) -> None:
    trigger_id = trigger()
    control.post("clock", {"advance_s": 4})

    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=trigger_id, view=modal())


def test_a_trigger_works_once(client: WebClient, trigger: Callable[[], str]) -> None:
    trigger_id = trigger()
    client.views_open(trigger_id=trigger_id, view=modal())

    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=trigger_id, view=modal())


def test_a_made_up_trigger_opens_nothing(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        client.views_open(trigger_id="1.2.x", view=modal())


def test_a_view_that_is_refused_does_not_spend_the_trigger(client: WebClient, trigger: Callable[[], str]) -> None:
    trigger_id = trigger()
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_open(trigger_id=trigger_id, view=modal(title=plain("x" * 25)))

    assert client.views_open(trigger_id=trigger_id, view=modal())["ok"]


def test_at_most_three_modals_lie_on_each_other(client: WebClient, trigger: Callable[[], str], ana: PageUser) -> None:
    client.views_open(trigger_id=trigger(), view=modal())
    client.views_push(trigger_id=trigger(), view=modal())
    top = client.views_push(trigger_id=trigger(), view=modal())["view"]

    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=trigger(), view=modal())
    assert top["previous_view_id"] != top["root_view_id"]


def test_a_required_field_is_asked_for_before_the_app_is(
    client: WebClient, trigger: Callable[[], str], ana: PageUser
) -> None:
    client.views_open(trigger_id=trigger(), view=modal())

    answer = ana.submit(ana.modal())

    assert list(answer["errors"]) == ["title"]


def test_errors_in_the_answer_are_shown_at_their_field(
    app: App, client: WebClient, trigger: Callable[[], str], ana: PageUser
) -> None:
    app.view("form")(lambda ack: ack(response_action="errors", errors={"title": "Too short"}))
    client.views_open(trigger_id=trigger(), view=modal())

    assert ana.submit(ana.modal(), text("x")) == {"ok": False, "errors": {"title": "Too short"}}


def test_errors_for_a_block_that_is_no_field_are_trouble(
    app: App, client: WebClient, trigger: Callable[[], str], ana: PageUser, control: Control
) -> None:
    app.view("form")(lambda ack: ack(response_action="errors", errors={"elsewhere": "Too short"}))
    client.views_open(trigger_id=trigger(), view=modal())

    assert "trouble" in ana.submit(ana.modal(), text("x"))["notice"]
    assert control.calls("ack.view_submission")[0]["error"] == "invalid_errors"


def test_an_empty_answer_closes_the_modal_and_shows_the_one_below(
    app: App, client: WebClient, trigger: Callable[[], str], ana: PageUser
) -> None:
    seen = []

    @app.view("form")
    def take(ack: Ack, view: Json) -> None:
        seen.append(view["state"]["values"]["title"]["v"]["value"])
        ack()

    below = client.views_open(trigger_id=trigger(), view=modal())["view"]
    ana.modal()
    client.views_push(trigger_id=trigger(), view=modal())

    assert ana.submit(ana.modal(), text("Faster claims")) == {"ok": True}
    assert [each["id"] for each in ana.next_event("view")["stack"]] == [below["id"]]
    assert seen == ["Faster claims"]


@pytest.mark.parametrize(("action", "depth"), [("update", 1), ("push", 2), ("clear", 0)])
def test_an_answer_can_update_push_and_clear(
    app: App, client: WebClient, trigger: Callable[[], str], ana: PageUser, action: str, depth: int
) -> None:
    more = {} if action == "clear" else {"view": modal(title=plain("Next"))}
    app.view("form")(lambda ack: ack(response_action=action, **more))
    client.views_open(trigger_id=trigger(), view=modal())

    ana.submit(ana.modal(), text("x"))

    stack = ana.next_event("view")["stack"]
    assert len(stack) == depth
    assert not stack or stack[-1]["title"]["text"] == "Next"


def test_an_update_keeps_what_was_typed_where_both_ids_stay(
    app: App, client: WebClient, trigger: Callable[[], str], ana: PageUser
) -> None:
    changed = modal(field(element={"initial_value": "new"}), field("title2", element={"initial_value": "first"}))
    app.view("form")(lambda ack: ack(response_action="update", view=changed))
    client.views_open(trigger_id=trigger(), view=modal())

    ana.submit(ana.modal(), text("typed"))

    values = ana.modal()["state"]["values"]
    assert values["title"]["v"]["value"] == "typed"
    assert values["title2"]["v"]["value"] == "first"


def test_an_update_with_another_action_id_begins_afresh(
    app: App, client: WebClient, trigger: Callable[[], str], ana: PageUser
) -> None:
    app.view("form")(lambda ack: ack(response_action="update", view=modal(field(action_id="w"))))
    client.views_open(trigger_id=trigger(), view=modal())

    ana.submit(ana.modal(), text("typed"))

    assert ana.modal()["state"]["values"]["title"] == {"w": {"type": "plain_text_input", "value": None}}


def test_values_typed_before_a_press_survive_views_update(
    app: App, client: WebClient, trigger: Callable[[], str], ana: PageUser
) -> None:
    @app.action("go")
    def more(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_update(view_id=body["view"]["id"], view=modal(field(), button(), field("why", optional=True)))

    client.views_open(trigger_id=trigger(), view=modal(field(), button()))
    view = ana.modal()

    ana.press_in_view(view, {"action_id": "go", "block_id": "b", "type": "button"}, text("half a tho"))

    assert ana.modal()["state"]["values"]["title"]["v"]["value"] == "half a tho"


def test_an_update_of_an_older_view_is_a_conflict(client: WebClient, trigger: Callable[[], str]) -> None:
    view = client.views_open(trigger_id=trigger(), view=modal())["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=modal())

    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=view["id"], hash=view["hash"], view=modal())


def test_a_view_is_found_by_its_external_id_which_nobody_else_may_have(
    client: WebClient, trigger: Callable[[], str]
) -> None:
    client.views_open(trigger_id=trigger(), view=modal(external_id="one"))

    assert client.views_update(external_id="one", view=modal(external_id="one"))["ok"]
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        client.views_push(trigger_id=trigger(), view=modal(external_id="one"))


def test_a_closed_modal_cannot_be_changed(client: WebClient, trigger: Callable[[], str], ana: PageUser) -> None:
    view = client.views_open(trigger_id=trigger(), view=modal())["view"]
    ana.do("view/close", view_id=view["id"])

    with pytest.raises(SlackApiError, match="not_found"):
        client.views_update(view_id=view["id"], view=modal())


@pytest.mark.parametrize("whole", [False, True], ids=["the top one", "all"])
def test_closing_is_told_to_an_app_that_asked(
    app: App, client: WebClient, trigger: Callable[[], str], ana: PageUser, whole: bool
) -> None:
    seen = []

    @app.view_closed("form")
    def closed(ack: Ack, body: Json) -> None:
        ack()
        seen.append(body)

    root = client.views_open(trigger_id=trigger(), view=modal(notify_on_close=True))["view"]
    top = client.views_push(trigger_id=trigger(), view=modal(notify_on_close=True))["view"]

    ana.do("view/close", view_id=top["id"], all=whole)

    body = until(lambda: seen)[0]
    assert body["is_cleared"] is whole
    assert body["view"]["id"] == (root if whole else top)["id"]


def test_a_submission_without_answer_leaves_the_modal_with_what_was_typed(
    client: WebClient, trigger: Callable[[], str], ana: PageUser, sandbox: Sandbox
) -> None:
    client.views_open(trigger_id=trigger(), view=modal())

    answer = ana.submit(ana.modal(), text("typed"))

    assert "Try again" in answer["notice"]
    assert sandbox.workspace.views.stacks[ANA][0].values["title"]["v"]["value"] == "typed"


def test_nobody_can_send_the_form_of_another(
    client: WebClient, trigger: Callable[[], str], ana: PageUser, at_page: AtPage
) -> None:
    client.views_open(trigger_id=trigger(), view=modal())

    assert "not open" in at_page(BEN).submit(ana.modal(), text("x"))["notice"]


def test_blank_fields_arrive_as_null_and_blank_lists_as_empty(
    app: App, client: WebClient, trigger: Callable[[], str], ana: PageUser
) -> None:
    seen = {}

    @app.view("form")
    def take(ack: Ack, view: Json) -> None:
        seen.update(view["state"]["values"])
        ack()

    menu = {"type": "multi_users_select", "action_id": "v"}
    person = {"type": "users_select", "action_id": "v"}
    blocks = [
        field(optional=True),
        {"type": "input", "block_id": "all", "label": plain("All"), "element": menu, "optional": True},
        {"type": "input", "block_id": "one", "label": plain("One"), "element": person, "optional": True},
    ]
    client.views_open(trigger_id=trigger(), view=modal(*blocks))

    ana.submit(ana.modal())

    assert seen["title"]["v"]["value"] is None
    assert seen["all"]["v"]["selected_users"] == []
    assert seen["one"]["v"]["selected_user"] is None


def test_a_conversation_menu_may_bring_a_response_url(
    app: App, client: WebClient, trigger: Callable[[], str], ana: PageUser, control: Control
) -> None:
    seen = []

    @app.view("form")
    def take(ack: Ack, body: Json) -> None:
        ack()
        seen.extend(body["response_urls"])

    menu = {"type": "conversations_select", "action_id": "v", "response_url_enabled": True}
    block = {"type": "input", "block_id": "where", "label": plain("Where"), "element": menu}
    client.views_open(trigger_id=trigger(), view=modal(block))

    chosen = {"where": {"v": {"type": "conversations_select", "selected_conversation": "C0GENERAL"}}}
    ana.submit(ana.modal(), chosen)

    assert until(lambda: seen)[0]["channel_id"] == "C0GENERAL"
