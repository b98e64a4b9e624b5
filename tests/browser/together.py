"""What leads do with an overlap of the demo, on its page."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import act_as, inbox, latest


def summary(page: Page, name: str) -> Locator:
    """The one message in which somebody was told what the import brought."""
    act_as(page, name)
    inbox(page)
    return page.locator("[data-ts]").filter(has_text="to decide").first


def shown(page: Page, name: str, heading: str, nth: int = 0) -> Locator:
    """Open an overlap of that message, which has this heading, counted from the strongest; its card."""
    told = summary(page, name)
    expect(told).to_contain_text(heading)
    told.get_by_role("button", name="Show").nth(nth).click()
    expect(latest(page).get_by_role("button", name="Plan together")).to_be_visible()
    expect(latest(page)).to_contain_text(heading)
    return latest(page)


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
