"""What a queued message looks like now: read in one unit, drawn by the views."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.delivery.pictures import Picture
from handlers.agreement.kinds import KINDS
from handlers.agreement.ratification import draw_card
from handlers.views.agreement.questions import Wording, question_message, reminder_message
from handlers.views.charts import coverage_png
from handlers.views.digest_scores import METRICS_SHOWN
from handlers.views.digests import COVERAGE, TRENDS, digest_message
from handlers.views.findings import overlap_card
from handlers.views.imports import imported_message
from handlers.views.names import Names
from handlers.views.plans import joined_message, plan_message
from handlers.views.text import Message
from handlers.views.trends import TITLE as TRENDS_TITLE
from handlers.views.trends import panels, trends_png
from planning.agreement.score_testing import to_settle
from planning.agreement.values import Invitation, Poll
from planning.digests.values import Digest
from planning.errors import NotFound
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.outbox.values import MessageKind, Posting
from planning.register import Register
from planning.workspace.values import Role

COVERAGE_TITLE = "Live initiatives by stage and department"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message and how to make its pictures, by name: `message` takes the ids of the files of those uploaded.

    `plainly` says the same in blocks that every Slack knows, where the message has others.
    """

    message: Callable[[Mapping[str, str]], Message]
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    plainly: Callable[[], Message] | None = None


def drawn(register: Register, posting: Posting, now: datetime) -> Drawn:
    """The posting as it is now; NotFound when what it is about has gone."""
    return _DRAW[posting.kind](register, posting, now)


def _alert(register: Register, posting: Posting, now: datetime) -> Drawn:
    finding = register.findings.by_id(posting.subject)
    return _plain(overlap_card(finding, _members(register, finding), Names.of(register), now))


def _plan(register: Register, posting: Posting, now: datetime) -> Drawn:
    finding = register.findings.by_id(posting.subject)
    members = _members(register, finding)
    return _plain(plan_message(finding, members, Names.of(register), to_settle(register, members, now)))


def _joined(register: Register, posting: Posting, _now: datetime) -> Drawn:
    given_up = register.initiatives.by_id(posting.subject)
    if given_up.joined is None:
        raise NotFound("The initiative was taken back before anybody was told.")
    return _plain(joined_message(given_up, register.initiatives.by_id(given_up.joined), Names.of(register)))


def _imported(_register: Register, posting: Posting, _now: datetime) -> Drawn:
    return _plain(imported_message(posting.payload))


def _question(register: Register, posting: Posting, _now: datetime) -> Drawn:
    wording, poll, invitation, zone = _asked(register, posting)
    outcome = KINDS[poll.kind].outcome(poll) if poll.result is not None else ""
    return _plain(question_message(wording, poll, invitation, zone, outcome))


def _reminder(register: Register, posting: Posting, _now: datetime) -> Drawn:
    return _plain(reminder_message(*_asked(register, posting)))


def _result(register: Register, posting: Posting, _now: datetime) -> Drawn:
    poll = register.polls.by_id(posting.subject)
    if poll.result is None:
        raise NotFound("Nothing came of this round.")
    reader = register.people.by_slack(posting.address.ids[0])
    return _plain(KINDS[poll.kind].result(register, poll, reader is not None and Role.STEWARD in reader.roles))


def _ratification(register: Register, posting: Posting, _now: datetime) -> Drawn:
    return _plain(draw_card(register, posting.subject, int(str(posting.payload["department"]))))


def _digest(register: Register, posting: Posting, _now: datetime) -> Drawn:
    digest = register.schedules.occurrence(posting.subject).digest
    if digest is None:
        raise NotFound("This digest was left out.")
    return Drawn(
        lambda files: digest_message(digest, files),
        _pictures(digest),
        lambda: digest_message(digest, table=False),
    )


def _pictures(digest: Digest) -> dict[str, Picture]:
    coverage, trends = digest.coverage, panels(digest.scores, METRICS_SHOWN) if digest.scores else []
    seen = coverage.stages and coverage.departments
    return {
        **({COVERAGE: Picture(COVERAGE_TITLE, lambda: coverage_png(coverage))} if seen else {}),
        **({TRENDS: Picture(TRENDS_TITLE, lambda: trends_png(trends))} if trends else {}),
    }


def _asked(register: Register, posting: Posting) -> tuple[Wording, Poll, Invitation, str]:
    """What is asked in which poll of whom, and the person's zone."""
    invitation = register.polls.invitation(posting.subject)
    poll = register.polls.by_id(invitation.poll)
    return KINDS[poll.kind].wording(register, poll), poll, invitation, register.people.by_id(invitation.person).zone


def _members(register: Register, finding: Finding) -> list[Initiative]:
    return [register.initiatives.by_id(id) for id in finding.found.initiatives()]


def _plain(message: Message) -> Drawn:
    return Drawn(lambda _files: message)


_DRAW: Mapping[MessageKind, Callable[[Register, Posting, datetime], Drawn]] = {
    MessageKind.ALERT: _alert,
    MessageKind.PLAN: _plan,
    MessageKind.JOINED: _joined,
    MessageKind.IMPORTED: _imported,
    MessageKind.QUESTION: _question,
    MessageKind.REMINDER: _reminder,
    MessageKind.RESULT: _result,
    MessageKind.RATIFICATION: _ratification,
    MessageKind.DIGEST: _digest,
}
