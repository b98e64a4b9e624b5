"""What leads do with an overlap of the demo, on its page."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import act_as, ask, inbox, latest, visit


def have_told(page: Page, owner: str, reference: str) -> None:
    """Take the first planned contact out of an initiative and put it back: whom its overlaps concern hears of them."""
    act_as(page, owner)
    visit(page, "start-here")
    card = ask(page, f"/cx show {reference}", reference)
    card.get_by_role("button", name=re.compile("^Remove")).first.click()
    removed = f"Removed from {reference}"
    expect(latest(page)).to_contain_text(removed)
    latest(page).get_by_role("button", name="Undo").click()
    expect(latest(page)).to_contain_text(f"Back on {reference}")


def alert(page: Page, name: str, shows: str) -> Locator:
    """The last card that somebody got."""
    act_as(page, name)
    card = inbox(page)
    expect(card).to_contain_text(shows)
    return card


def conversation(page: Page, name: str, others: str) -> Locator:
    """Go to the group conversation with these others; its first message."""
    act_as(page, name)
    page.get_by_role("button", name=re.compile(f"^Concord, {others}")).click()
    first = page.locator("[data-ts]").first
    expect(first).to_contain_text("Plan together")
    return first


def thread(message: Locator) -> Locator:
    """Open the thread of a message; what is said in it."""
    message.get_by_role("button", name=re.compile("repl(y|ies)")).click()
    return message.page.get_by_role("list", name="Thread")


def fill_day(form: Locator, label: str, day: str) -> None:
    """Fill in a date, written as 2027-03-01."""
    form.get_by_label(re.compile(f"^{label}")).first.fill(day)
    form.page.keyboard.press("Tab")


def pin(form: Locator, *references: str) -> None:
    """Choose initiatives that stay wholly as they are."""
    for reference in references:
        form.get_by_role("combobox", name=re.compile("wholly")).fill(reference)
        form.page.get_by_role("option", name=re.compile(f"^{reference} ")).click()
    form.get_by_role("button", name="Propose again").click()
