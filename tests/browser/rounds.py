"""A naming round, as people of the demo play it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import act_as, ask, done, inbox, latest, press, send, visit

STEWARD = "Amara Kamarrah"
PATIENCE_MS = 90_000
"""A question to everybody takes a while: Slack opens about fifty conversations a minute."""
ANSWERS = {
    "Hattie Prowse": ("Get a quote", "Sign up", "Make a claim", "Renew"),
    "Rafael Quintero": ("Quote", "Sign up", "Claim", "Renewal"),
    "Priya Nambisan": ("Ask for a quote", "Make a claim", "Get paid", "Renew"),
    "Yuki Tanemura": ("Quote", "Claim", "Payout", "Renewal"),
}


def hub(page: Page, shows: str = "Naming round.") -> Locator:
    """What `/cx agree` answers."""
    visit(page, "start-here")
    return ask(page, "/cx agree", shows)


def steward(page: Page, shows: str = "Naming round.") -> Locator:
    """The same, to the steward."""
    act_as(page, STEWARD)
    return hub(page, shows)


def start(page: Page) -> None:
    """Everybody is asked: no department has more than seven people."""
    form = press(steward(page), "Start a naming round")
    expect(form).to_contain_text("Marketing: 5 of 6")
    form.get_by_label("How many people of each department?").fill("7")
    send(form, "Ask them", "Marketing: 6 of 6")
    send(form, "Ask them", "people are asked now")
    done(form)


def answer(page: Page, name: str, stages: tuple[str, ...], button: str = "Name the stages") -> None:
    """Somebody answers from the direct message."""
    act_as(page, name)
    question = inbox(page)
    expect(question.get_by_role("button", name=button, exact=True)).to_be_visible(timeout=PATIENCE_MS)
    form = press(question, button)
    form.get_by_label("Stages in their order").fill("\n".join(stages))
    send(form, "Answer", "Thank you")
    done(form)
    expect(question).to_contain_text("You can change your answer until")


def close(page: Page, answered: str, shows: str) -> Locator:
    """The steward closes the poll that is open, in which so many have `answered`; what stands in its place then."""
    asking = press(steward(page, f"{answered} people have answered"), "Close now")
    asking.get_by_role("button", name="Close it").click()
    expect(asking).to_have_count(0)
    expect(latest(page)).to_contain_text(shows)
    return latest(page)


def propose(page: Page) -> Locator:
    """A whole round; the result with its button, as the steward has it."""
    start(page)
    for name, stages in ANSWERS.items():
        answer(page, name, stages)
    close(page, "4 of 58", "What people call the stages")
    result = inbox(page)
    expect(result).to_contain_text("What people call the stages", timeout=PATIENCE_MS)
    return result
