"""The page of the local workspace, used as people use it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.tiny import WORKSPACE, connected, started

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(WORKSPACE, tmp_path_factory.mktemp("workspace")) as ready, connected(ready["api_url"]):
        yield ready["url"]


@pytest.fixture
def general(page: Page, address: str) -> Page:
    page.goto(f"{address}/#user=U1&at=C1")
    expect(composer(page)).to_be_enabled()
    return page


def composer(page: Page, name: str = "Message #general") -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def send(page: Page, text: str) -> None:
    composer(page).fill(text)
    page.keyboard.press("Enter")
    expect(composer(page)).to_have_value("")


def messages(page: Page) -> Locator:
    return page.get_by_role("list", name="Messages in #general").get_by_role("listitem")


def act_as(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Act as").click()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def open_form(page: Page) -> Locator:
    send(page, "/tiny form")
    form = page.get_by_role("dialog", name="Short form")
    expect(form).to_be_visible()
    return form


def test_a_message_appears_for_its_author_and_for_others(general: Page, browser: Browser, address: str) -> None:
    other = browser.new_page()
    other.goto(f"{address}/#user=U2&at=C1")

    send(general, "Lunch *today*?")

    for window in (general, other):
        expect(messages(window).last).to_contain_text("Ana Ruiz")
        expect(messages(window).last.locator("strong")).to_have_text("today")
    other.close()


def test_what_arrives_while_a_channel_is_read_is_kept(general: Page, browser: Browser, address: str) -> None:
    other = browser.new_page()
    other.goto(f"{address}/#user=U2&at=C2")

    def answer_late(route: Route) -> None:
        answered = route.fetch()
        composer(other, "Message #leads").fill("Meanwhile")
        other.keyboard.press("Enter")
        expect(general.get_by_text("New message from Ben Okafor: Meanwhile")).to_be_attached()
        route.fulfill(response=answered)

    general.route("**/page/messages?*", answer_late, times=1)
    general.get_by_role("button", name="leads").click()
    expect(general.locator("[data-ts]").last).to_contain_text("Meanwhile")


def test_what_changes_while_a_channel_is_read_again_stays_changed(
    general: Page, browser: Browser, address: str
) -> None:
    send(general, "/tiny cards")
    card = messages(general).last
    expect(card.get_by_role("button", name="Join")).to_be_visible()
    other = browser.new_page()
    other.goto(f"{address}/#user=U2&at=C1")
    expect(messages(other).last).to_contain_text("Two projects overlap")
    other.get_by_role("button", name="leads").click()
    expect(composer(other, "Message #leads")).to_be_enabled()

    def answer_late(route: Route) -> None:
        answered = route.fetch()
        card.get_by_role("button", name="Join").click()
        expect(messages(other).last).to_contain_text("Decided: Join")
        route.fulfill(response=answered)

    with other.expect_response("**/page/messages?*"):
        other.route("**/page/messages?*", answer_late, times=1)
        other.get_by_role("button", name="general").click()
    other.wait_for_load_state("networkidle")
    expect(messages(other).last).to_contain_text("Decided: Join")
    other.close()


def test_switching_person_shows_that_persons_workspace(general: Page) -> None:
    expect(general.get_by_role("button", name="leads")).to_be_visible()

    act_as(general, "executive")

    expect(general.get_by_role("combobox", name="Act as")).to_have_value("Chi Tanaka, Chief executive")
    expect(general.get_by_role("button", name="leads")).to_have_count(0)
    send(general, "From Tokyo")
    expect(messages(general).last).to_contain_text("Chi Tanaka")


def test_whoever_hurries_after_switching_still_acts_as_the_new_person(general: Page) -> None:
    act_as(general, "ben")
    general.keyboard.press("Control+k")
    general.keyboard.type("general")
    general.keyboard.press("Enter")
    send(general, "In a hurry")

    expect(messages(general).last).to_contain_text("Ben Okafor")
    expect(messages(general).last).to_contain_text("In a hurry")


def test_a_command_is_completed_and_answered_to_its_author_only(general: Page) -> None:
    composer(general).press_sequentially("/ti")
    expect(general.get_by_role("option", name="/tiny")).to_be_visible()
    general.keyboard.press("Tab")
    general.keyboard.type("hello")
    general.keyboard.press("Enter")

    expect(messages(general).last).to_contain_text("Only visible to you")
    expect(messages(general).last).to_contain_text("You wrote: hello")
    act_as(general, "ben")
    expect(composer(general)).to_be_enabled()
    expect(general.get_by_text("You wrote: hello")).to_have_count(0)


def test_a_command_that_nobody_owns_is_explained_where_it_was_typed(general: Page) -> None:
    composer(general).fill("/nonsense")
    general.keyboard.press("Enter")

    expect(general.get_by_role("alert")).to_contain_text("/nonsense")
    expect(composer(general)).to_have_value("/nonsense")


def test_faults_stand_at_their_field_until_they_are_mended(general: Page) -> None:
    form = open_form(general)
    title = form.get_by_role("textbox", name="Title")
    form.get_by_role("button", name="Save").click()
    expect(title).to_be_focused()
    expect(title).to_have_accessible_description("Please fill in this field. A few words")

    title.fill("taken")
    form.get_by_role("button", name="Save").click()
    expect(title).to_have_accessible_description("That title is taken. Choose another. A few words")
    expect(title).to_have_attribute("aria-invalid", "true")

    title.fill("Fresh")
    general.keyboard.press("Enter")
    expect(form).to_have_count(0)
    expect(messages(general).last).to_contain_text("Saved Fresh, stage none, day None")


def test_a_form_is_filled_in_by_keyboard_alone(general: Page) -> None:
    form = open_form(general)
    keys = general.keyboard
    expect(form.get_by_role("textbox", name="Title")).to_be_focused()
    keys.type("By keys")
    keys.press("Tab")
    expect(form.get_by_role("combobox", name="Stage")).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        keys.press(key)
    expect(form.get_by_role("combobox", name="Stage")).to_have_value("Option 2")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("2026-12-01")
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "Enter"):
        keys.press(key)
    expect(form.get_by_role("textbox", name="Day")).to_have_value("Dec 9, 2026")
    keys.press("Enter")

    expect(messages(general).last).to_contain_text("Saved By keys, stage 2, day 2026-12-09")
    expect(composer(general)).to_be_focused()


def test_the_keyboard_stays_inside_a_form_and_escape_closes_it(general: Page) -> None:
    form = open_form(general)
    for _ in range(12):
        general.keyboard.press("Tab")
        assert form.evaluate("form => form.contains(document.activeElement)")

    general.keyboard.press("Escape")

    expect(form).to_have_count(0)


def test_a_card_changes_in_place_when_its_button_is_pressed(general: Page) -> None:
    send(general, "/tiny cards")
    card = messages(general).last
    expect(card.get_by_role("button", name="Join")).to_be_visible()
    place = card.get_attribute("data-ts")

    card.get_by_role("button", name="Join").click()

    expect(card).to_contain_text("Decided: Join")
    assert card.get_attribute("data-ts") == place


def test_a_button_that_asks_first_does_nothing_when_refused(general: Page) -> None:
    send(general, "/tiny cards")
    card = messages(general).last
    card.get_by_role("button", name="Decline").click()
    general.get_by_role("dialog", name="Remove it?").get_by_role("button", name="Keep").click()
    expect(card.get_by_role("button", name="Decline")).to_be_focused()
    expect(card).not_to_contain_text("Decided")

    general.keyboard.press("Enter")
    general.get_by_role("dialog", name="Remove it?").get_by_role("button", name="Remove").click()

    expect(card).to_contain_text("Decided: Decline")


def test_shortcuts_run_from_the_lightning_menu_and_from_a_message(general: Page) -> None:
    send(general, "Seven")
    general.get_by_role("button", name="Shortcuts").click()
    general.get_by_role("menuitem", name="Open the form").press("Enter")
    expect(general.get_by_role("dialog", name="Short form")).to_be_visible()
    general.keyboard.press("Escape")
    expect(general.get_by_role("dialog")).to_have_count(0)

    messages(general).last.hover()
    messages(general).last.get_by_role("button", name="More actions").click()
    general.get_by_role("menuitem", name="Count letters").click()

    expect(messages(general).last).to_contain_text("That message has 5 letters")


def test_replies_stand_in_a_thread_beside_the_channel(general: Page) -> None:
    send(general, "A question")
    question = messages(general).filter(has_text="A question")
    question.hover()
    question.get_by_role("button", name="Reply in thread").click()
    expect(composer(general, "Reply in #general")).to_be_focused()
    general.keyboard.type("An answer")
    general.keyboard.press("Enter")

    thread = general.get_by_role("list", name="Thread")
    expect(thread.get_by_role("listitem")).to_have_count(2)
    expect(question.get_by_role("button", name="1 reply")).to_be_visible()
    expect(messages(general).filter(has_text="An answer")).to_have_count(0)


def test_no_block_or_element_is_left_undrawn(general: Page) -> None:
    send(general, "/tiny gallery")
    expect(messages(general).last.get_by_role("button", name="Approve")).to_be_visible()
    expect(general.locator(".unrendered")).to_have_count(0)

    send(general, "/tiny fields")
    form = general.get_by_role("dialog", name="All fields")
    expect(form.locator(".block-input")).to_have_count(18)
    expect(form.locator(".unrendered")).to_have_count(0)
    search = form.get_by_role("combobox", name="External select", exact=False).first
    search.fill("claims")
    form.get_by_role("option", name="claims 2").click()
    expect(search).to_have_value("claims 2")
    form.get_by_role("button", name="Send").click()
    expect(form).to_have_count(0)


def test_the_apps_home_is_drawn_when_it_is_opened(general: Page) -> None:
    general.get_by_role("button", name="Tiny").click()

    home = general.get_by_role("tabpanel", name="Home")
    expect(home.get_by_role("heading", name="Your day")).to_be_visible()
    general.get_by_role("tab", name="Messages").click()
    expect(composer(general, "Message Tiny")).to_be_visible()


def test_ctrl_k_jumps_to_a_person(general: Page) -> None:
    general.keyboard.press("Control+k")
    expect(general.get_by_role("dialog", name="Jump to")).to_be_visible()
    general.keyboard.type("ben")
    general.keyboard.press("Enter")

    expect(composer(general, "Message Ben Okafor")).to_be_focused()


def test_the_clock_moves_to_the_next_monday_of_the_acting_person(general: Page) -> None:
    general.get_by_role("button", name="Workspace time").click()
    general.get_by_role("button", name="Next Monday 9:00").click()

    expect(general.get_by_role("button", name="Workspace time")).to_contain_text("Mon,")
    expect(general.get_by_role("button", name="Workspace time")).to_contain_text("9:00 AM")


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "مرحبا بالعالم",
    "\u202eturned\u202c",
    "a & b &lt;",
)


@pytest.mark.parametrize("text", HOSTILE, ids=["picture", "script", "arabic", "override", "escapes"])
def test_hostile_text_is_shown_as_it_was_typed(general: Page, text: str) -> None:
    send(general, text)

    expect(messages(general).last.locator(".mrkdwn")).to_have_text(text)
    expect(messages(general).last.locator("script, img")).to_have_count(0)


def test_forty_thousand_characters_are_folded_and_can_be_opened(general: Page) -> None:
    send(general, "word " * 7_999 + "final")

    message = messages(general).last
    more = message.get_by_role("button", name="Show more")
    assert message.evaluate("node => node.clientHeight") < 500
    more.click()
    expect(message.get_by_role("button", name="Show less")).to_be_visible()
    expect(message).to_contain_text("final")
