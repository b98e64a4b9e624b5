import re
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.audit import list_log, show_log
from handlers.ids import Action
from handlers.views.audit import audit_list
from handlers.views.audit_words import VERBS
from handlers.views.names import Names
from handlers.views.text import channel_link
from planning.errors import NotAllowed, NotFound
from planning.register import Page
from planning.schedules.values import ScheduleKind
from tests.builders import at, entry, steward
from tests.handlers.slack import Desk, buttons
from tests.handlers.views.limits import LONG, accepted, elements, words

PLANNING = Path(__file__).parents[2] / "planning"
_LITERAL = re.compile(r'"([a-z_]+\.[a-z_]+)"')
_SUBJECTS = {verb.partition(".")[0] for verb in VERBS}
_APPLIED = re.compile(r'_apply\(.*"(\w+)", details')


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada is the steward, and a few things were done."""
    with desk.registers.writing() as register:
        ada = replace(register.people.by_id(1), roles=steward().roles)
        register.people.save(ada)
        register.audit.add_all(
            [
                entry(at=at(-3), verb="plan.opened", subject="plan:7", actor=2),
                entry(at=at(-2), verb="initiative.withdrawn", subject="initiative:12", actor=1),
                entry(at=at(-1), verb="finding.closed", subject="finding:3"),
            ]
        )
    return replace(desk, actor=ada)


def test_every_verb_that_is_written_has_plain_words() -> None:
    """A newer release may write others: they are shown as they are."""
    written = {verb for path in PLANNING.rglob("*.py") for verb in _LITERAL.findall(path.read_text())}
    applied = {f"initiative.{verb}" for path in PLANNING.rglob("*.py") for verb in _APPLIED.findall(path.read_text())}
    done = {f"{kind}.done" for kind in ScheduleKind}
    verbs = {verb for verb in written if verb.partition(".")[0] in _SUBJECTS}

    assert (verbs | applied | done) - VERBS.keys() - _FILES == set()


_FILES = {f"{name}.{ending}" for name in _SUBJECTS for ending in ("csv", "json", "jsonl")}


def test_a_steward_reads_who_did_what_the_newest_first(keeper: Desk) -> None:
    said = words(show_log(keeper.call()))

    assert "Ada Berg: withdrew CX-12" in said
    assert (
        said.index("finding 3 closed by itself") < said.index("withdrew CX-12") < said.index("Bo Lind: opened plan 7")
    )


def test_what_is_on_record_is_told_in_words(keeper: Desk) -> None:
    told: dict[str, dict[str, object]] = {
        "finding.opened": {"rule": "stage_without_work", "kind": "gap"},
        "hand.given_back": {"name": "Claim", "kind": "stage", "owner": 2},
        "person.roles": {"from": ["lead"], "to": []},
        "plan.handed_on": {"from": 1, "to": [2]},
        "schedule.saved": {"channel": "", "when": "every Monday"},
    }
    subjects = {"hand.given_back": "stage:9", "person.roles": "person:2"}
    with keeper.registers.writing() as register:
        for verb, details in told.items():
            register.audit.add(entry(verb=verb, subject=subjects.get(verb, "plan:7"), details=details))

    said = words(show_log(keeper.call()))

    assert "– A stage that nobody works on" in said
    assert "handed back stage “Claim” – owner until then: Bo Lind" in said
    assert "changed the roles of Bo Lind – from lead to none" in said
    assert "plan 7 instead – from Ada Berg to Bo Lind" in said
    assert "changed plan 7 – every Monday" in said


def test_the_channel_of_an_entry_is_a_link(keeper: Desk) -> None:
    with keeper.registers.writing() as register:
        register.audit.add(entry(verb="schedule.saved", subject="schedule:4", details={"channel": "C0CLAIMS"}))

    assert channel_link("C0CLAIMS") in elements(show_log(keeper.call("schedule:4")), "channel")


def test_where_nothing_was_done_it_is_said_for_what(keeper: Desk) -> None:
    assert "Nothing in the log for “decision”" in words(show_log(keeper.call("decision")))


@pytest.mark.parametrize(
    "typed", ["initiative", "initiative.withdrawn", "CX-12", "initiative:12", "Ada Berg", "@ada"], ids=str
)
def test_the_log_is_narrowed(keeper: Desk, typed: str) -> None:
    said = words(show_log(keeper.call(typed)))

    assert "1 entry in the log" in said
    assert "withdrew CX-12" in said


def test_what_is_not_there_is_answered_with_what_is(keeper: Desk) -> None:
    with pytest.raises(NotFound, match="Try /cx audit plan"):
        show_log(keeper.call("nonsense"))


def test_nobody_else_reads_it(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="Only stewards read the log"):
        list_log(desk.call(), "", 0)


def test_a_page_of_the_longest_entries_fits(keeper: Desk) -> None:
    with keeper.registers.reading() as register:
        names = Names.of(register)
    details: dict[str, object] = {"name": LONG, "from": [LONG], "to": {"a": LONG}}
    page = Page(tuple(entry(verb=LONG, subject=LONG, actor=1, details=details) for _ in range(10)), 99, 10)

    drawn = accepted(audit_list(page, names, "UTC", LONG))

    assert {Action.LIST_MORE, Action.LIST_BACK} <= buttons(drawn).keys()
