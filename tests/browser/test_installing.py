"""Installing Concord by OAuth, using it side by side, and letting it go: `concord serve` against a local Slack."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.bot.sandbox.world import until
from tests.browser.demo import act_as, ask, choose, done, press
from tests.browser.provided import Installed, exchange, served

pytestmark = pytest.mark.browser

ACORN, BIRCH, CEDAR = "Acorn", "Birch", "Cedar Group"
IDS = {ACORN: "T0ACORN", BIRCH: "T0BIRCH", CEDAR: "E0CEDAR"}
CHANNELS = {ACORN: "#general", BIRCH: "#general", CEDAR: "#north"}
TEAMS = {CEDAR: ("Cedar North", "Cedar South")}
NOT_FINISHED = "This installation cannot be finished here"


@pytest.fixture(scope="module")
def it(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Concord, and three places that can install it."""
    with served(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_installed(it: Installed) -> None:
    """Nobody has it yet."""
    for each in exchange(f"{it.provider_url}/control/workspaces")["workspaces"]:
        if each["installation"]:
            it.order("uninstall", workspace=each["id"])


def consent(page: Page, it: Installed, name: str) -> None:
    """Begin an installation, as far as Slack's question."""
    page.goto(it.install_url)
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=f"Concord asks to be let into {name}")).to_be_visible()


def allow(page: Page, name: str, *, unticked: tuple[str, ...] = ()) -> None:
    """Say yes, but for some of what is optional."""
    for scope in unticked:
        page.get_by_role("checkbox", name=re.compile(rf"\b{scope}")).uncheck()
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_role("heading", name=f"Concord is installed in {name}")).to_be_visible()


def install(page: Page, it: Installed, name: str) -> None:
    """The whole way."""
    consent(page, it, name)
    allow(page, name)


def add_to_teams(page: Page, it: Installed, name: str) -> None:
    """Where a whole organisation has it, add it to all of its teams."""
    page.goto(it.provider_url)
    for team in TEAMS.get(name, ()):
        page.get_by_role("button", name=f"Add it to {team}").click()
        expect(page.get_by_text(f"{team} has the app.")).to_be_visible()


def settings(page: Page, it: Installed, name: str) -> Locator:
    """What `/cx setup` answers in a workspace."""
    page.goto(it.sites[name])
    return ask(page, "/cx setup", "Settings")


def look_after(page: Page, it: Installed, name: str) -> Locator:
    """Take the settings of a workspace over."""
    shown = settings(page, it, name)
    shown.get_by_role("button", name="I look after this").click()
    return shown


def add_department(page: Page, it: Installed, name: str, department: str) -> None:
    """Look after Concord in a workspace, and name a department."""
    form = press(look_after(page, it, name), "Add a department")
    form.get_by_label("Name").fill(department)
    form.get_by_role("button", name="Save").click()
    done(form)


def order_digest(page: Page, it: Installed, name: str) -> None:
    """Have the executives' digest come every Monday at nine."""
    shown = settings(page, it, name)
    if shown.get_by_role("button", name="I look after this").count():
        shown.get_by_role("button", name="I look after this").click()
    form = press(shown, "Executives’ digest")
    choose(form, "channel", CHANNELS[name])
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("every Monday at 09:00 (Europe/Lisbon)")
    done(form)


def posts(it: Installed, name: str) -> int:
    """How many times Concord said something in the channel."""
    return sum(
        each["method"] == "chat.postMessage" and each["args"]["channel"] == "C0GENERAL" for each in it.calls(name)
    )


def wait_for_monday(it: Installed) -> None:
    """Let it be the time of the next digest, everywhere."""
    now = datetime.fromtimestamp(exchange(f"{it.provider_url}/control/clock")["now"], UTC)
    monday = (now + timedelta(days=7 - now.weekday())).replace(hour=9, minute=0, second=5)
    it.order("clock", to=monday.isoformat())


def test_two_workspaces_install_it_and_neither_sees_what_the_other_has(page: Page, it: Installed) -> None:
    page.goto(it.sites[ACORN])
    expect(page.get_by_text("Concord is not installed here")).to_be_visible()
    page.get_by_role("link", name="Install it").click()
    page.get_by_role("link", name="Install Concord").click()
    page.get_by_role("link", name=ACORN).click()
    allow(page, ACORN)
    install(page, it, BIRCH)
    add_department(page, it, ACORN, "Claims of Acorn")
    add_department(page, it, BIRCH, "Sales of Birch")

    for name, own, others in ((ACORN, "Claims of Acorn", "Sales"), (BIRCH, "Sales of Birch", "Claims")):
        shown = settings(page, it, name)
        expect(shown).to_contain_text(own)
        expect(shown).not_to_contain_text(others)


def test_an_organisation_installs_it_once_and_its_teams_share_it(page: Page, it: Installed) -> None:
    install(page, it, CEDAR)
    expect(page.get_by_text("It is in no workspace of the organisation yet")).to_be_visible()
    page.goto(it.sites[CEDAR])
    expect(page.get_by_text("Concord is not installed here")).to_be_visible()
    add_to_teams(page, it, CEDAR)

    add_department(page, it, CEDAR, "Service of Cedar")
    act_as(page, "Sam Ash")
    page.get_by_role("button", name="south").click()
    expect(ask(page, "/cx setup", "Settings")).to_contain_text("Service of Cedar")


def test_who_cancels_is_told_that_nothing_was_installed(page: Page, it: Installed) -> None:
    consent(page, it, ACORN)
    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_role("heading", name="Nothing was installed")).to_be_visible()
    page.get_by_role("link", name="Begin again").click()
    expect(page.get_by_role("heading", name="Where do you want to install Concord?")).to_be_visible()


def test_a_state_counts_once(page: Page, it: Installed) -> None:
    install(page, it, ACORN)
    page.goto(page.url)

    expect(page.get_by_role("heading", name=NOT_FINISHED)).to_be_visible()


def test_a_state_counts_only_in_the_browser_that_it_was_given_to(page: Page, browser: Browser, it: Installed) -> None:
    consent(page, it, ACORN)
    with page.expect_request(re.compile("oauth_redirect")) as asked:
        page.route(re.compile("oauth_redirect"), lambda route: route.abort())
        page.get_by_role("button", name="Allow").click()
    stranger = browser.new_context().new_page()
    stranger.goto(asked.value.url)

    expect(stranger.get_by_role("heading", name=NOT_FINISHED)).to_be_visible()
    stranger.context.close()


def test_a_forged_state_counts_for_nothing(page: Page, it: Installed) -> None:
    page.goto(it.install_url)
    page.goto(f"{it.public_url}/slack/oauth_redirect?code=1.2&state=forged")

    expect(page.get_by_role("heading", name=NOT_FINISHED)).to_be_visible()


def test_what_was_not_allowed_is_named_and_can_be_allowed_later(page: Page, it: Installed) -> None:
    install(page, it, ACORN)
    it.order("uninstall", workspace=IDS[ACORN])
    consent(page, it, ACORN)
    allow(page, ACORN, unticked=("channels:history", "im:history"))
    expect(page.get_by_role("listitem").filter(has_text="channels:history")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=re.compile(r"\bim:history"))).to_be_visible()

    page.get_by_role("link", name="Install it again").click()
    page.get_by_role("link", name=ACORN).click()
    allow(page, ACORN)
    expect(page.get_by_text("Not all permissions were given")).to_have_count(0)


@pytest.mark.parametrize("first", ["app_uninstalled", "tokens_revoked"])
def test_where_it_is_uninstalled_nothing_more_is_done(page: Page, it: Installed, first: str) -> None:
    for name in (ACORN, BIRCH, CEDAR):
        install(page, it, name)
        add_to_teams(page, it, name)
        order_digest(page, it, name)
    sent = posts(it, BIRCH)
    for name in (ACORN, CEDAR):
        it.order("uninstall", workspace=IDS[name], first=first)
    until(lambda: it.concord("workspaces").count("left on") == 2, seconds=30)
    asked = {name: it.calls(name) for name in (ACORN, CEDAR)}
    wait_for_monday(it)

    until(lambda: posts(it, BIRCH) == sent + 1, seconds=30)
    assert {name: it.calls(name) for name in (ACORN, CEDAR)} == asked
    page.goto(it.sites[ACORN])
    expect(page.get_by_text("Concord is not installed here")).to_be_visible()
