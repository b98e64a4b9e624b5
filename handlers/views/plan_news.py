"""What is said in the thread of a plan: one plain sentence each, with a mention of those who must act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.views.changes import before_after
from handlers.views.coverage import listed
from handlers.views.findings import person_name
from handlers.views.followups import FOLLOWED, follow_buttons, followed
from handlers.views.names import Names, known
from handlers.views.plan_parts import moment_words
from handlers.views.text import Message, Part, escape_within, mention, paragraph
from planning.plans.telling import SESSION
from planning.plans.values import Plan
from planning.proposals.asking import Proposal
from planning.text import clip, counted
from planning.window import said
from planning.workspace.values import Person

SHOWN, SENTENCE, NAME = 6, 500, 80
YOURS = "What you own has changed: {}."
FIELDS = {
    "goal": "the goal",
    "metric": "the metric",
    "due_on": "the date",
    "session_at": "when you sit together",
    "review_on": "the day of the review",
    "decisions": "what you decided",
    "proposal": "whether the proposal is part of it",
    "pledges": "who gives what",
}
"""What of a plan was changed, in words."""
BECAME = {
    "back": "is as it was before",
    "stay": "stays: it was changed since, or its days before are over",
}
"""What became of what a plan had changed, when it was taken back."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened to a plan, with what it takes to tell it."""

    plan: Plan
    payload: Mapping[str, object]
    people: Mapping[int, Person]
    names: Names
    zone: str
    applied: Proposal | None = None
    """The proposal that the initiatives follow by now."""
    owners: Sequence[int] = ()
    """Who owns the initiatives that changed."""

    @property
    def by(self) -> str:
        """Who did it."""
        id = self.payload.get("by")
        return person_name(self.names, int(str(id))) if id is not None else "Concord"

    def ids(self, key: str) -> list[int]:
        """Ids of the payload."""
        listed_ids = self.payload.get(key)
        return [int(str(id)) for id in listed_ids] if isinstance(listed_ids, list) else []


def plan_news(news: News) -> Message:
    """The sentence of one event, and whom it asks to act."""
    sentence, asked, ask = TOLD[str(news.payload["what"])](news)
    called = [news.people[id] for id in asked if id in news.people]
    told = f"{sentence} {ask.format(_spoken(called))}" if called else sentence
    ending = follow_buttons(str(news.payload["what"]), news.plan)
    return Message(escape_within(told), [paragraph(f"{sentence} ", *_asking(called, ask)), *ending])


Told = tuple[str, Sequence[int], str]
"""What happened, who must act, and what they are asked, with {} for their names."""


def _changed(news: News) -> Told:
    fields = [FIELDS[str(one)] for one in FIELDS if one in _strings(news.payload.get("fields"))]
    what = f"{news.by} changed {listed(fields)}."
    return what, news.ids("asked"), "Please read the plan and accept it, or change it: {}."


def _accepted(news: News) -> Told:
    departments = known(news.ids("departments"), news.names.departments)
    what = f"{news.by} accepted the plan for {listed(departments, SHOWN) if departments else 'their department'}."
    return what, news.ids("asked"), "Still to accept: {}."


def _agreed(news: News) -> Told:
    best = news.applied.best if news.applied else None
    ids = news.ids("initiatives")
    which = f"{counted(len(ids), 'initiative')} changed: {listed([f'CX-{id}' for id in ids], SHOWN)}" if ids else ""
    followed = f" {which}." if ids else ""
    brought = f" Before → after: {before_after(best)}." if ids and best is not None else ""
    what = f"Agreed: all departments have accepted the plan.{followed}{brought}"
    return what, news.owners if ids else (), YOURS


def _outdated(news: News) -> Told:
    why = clip(str(news.payload.get("why", "")), SENTENCE)
    what = f"Not agreed yet: the proposal does not fit any more. {why} Concord is looking for a new one."
    return what, news.ids("asked"), "Please look at the plan again: {}."


def _invited(news: News) -> Told:
    who = listed(known(news.ids("people"), news.names.people) or ["a steward"], SHOWN)
    return f"{news.by} asked {who} to help, who has the plan in a message of their own.", (), ""


def _off(news: News) -> Told:
    """With what became of the dates that initiatives had taken over."""
    told = f"{news.by} took the plan back."
    for key, became in BECAME.items():
        if ids := news.ids(key):
            told += f" What it had changed of {listed([f'CX-{id}' for id in ids], SHOWN)} {became}."
    return told, news.owners, YOURS


def _followed(news: News) -> Told:
    sentence, ask = followed(str(news.payload["what"]), news.plan, news.by)
    return sentence, news.ids("asked"), ask


def _plainly(sentence: str) -> Callable[[News], Told]:
    return lambda news: (sentence.format(news.by), (), "")


TOLD: Mapping[str, Callable[[News], Told]] = {
    **dict.fromkeys(FOLLOWED, _followed),
    "changed": _changed,
    "accepted": _accepted,
    "agreed": _agreed,
    "outdated": _outdated,
    "invited": _invited,
    "off": _off,
    "again": _plainly("{} takes the plan up again. Who had accepted it is asked anew."),
    "moved": _plainly("Others have come to it, so the plan goes on in a new conversation with them."),
}
"""What happened → how it is told; the names are those that `planning.plans.telling.tell` is given."""


def invitation_words(plan: Plan, what: str, zone: str) -> Message:
    """Goes with the file of an invitation."""
    if what == SESSION:
        at = plan.terms.session_at
        when = f" on {moment_words(at, zone)}" if at else ""
        text = f"You sit together{when}. Open the file to put it into your calendar."
    else:
        text = "The day of the review. Open the file to put it into your calendar."
    return Message(escape_within(text), [paragraph(text)])


def cancellation_words(plan: Plan, what: str, zone: str) -> Message:
    """Goes with the file that takes out of calendars what was planned; the plan is as it was then."""
    at, day = plan.terms.session_at, plan.terms.review_on
    was = "You do not sit together" if what == SESSION else "There is no review"
    when = moment_words(at, zone) if what == SESSION and at else said(day) if day else "that day"
    text = f"{was} on {when} any more. Open the file to take it out of your calendar."
    return Message(escape_within(text), [paragraph(text)])


def _asking(called: Sequence[Person], ask: str) -> list[Part]:
    """The request with mentions of those in Slack and the names of the others."""
    if not called:
        return []
    before, _, after = ask.partition("{}")
    parts: list[Part] = [before]
    for number, one in enumerate(called[:SHOWN]):
        parts += [", "] if number else []
        parts.append(mention(one.slack_id) if one.slack_id else clip(one.name, NAME))
    hidden = len(called) - SHOWN
    return [*parts, f" and {hidden} more{after}" if hidden > 0 else after]


def _spoken(called: Sequence[Person]) -> str:
    return listed([one.name for one in called], SHOWN)


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
