from dataclasses import replace

import pytest

from db.registers import SqlRegister, SqlRegisters
from planning.agreement.answers import NamedStages, SaidScore, TaggedInitiatives
from planning.agreement.results import NamingResult, ScoreResult
from planning.agreement.values import Invitation, Poll, PollKind
from planning.errors import NotFound
from tests.asked import invitation, naming_result, poll
from tests.builders import NOW, at


def asked(register: SqlRegister, **fields: object) -> tuple[Poll, list[Invitation]]:
    """A poll in which persons 1 and 2 are asked."""
    added = register.polls.add(poll(**fields))
    return added, register.polls.invite(added.id, [(1, 1), (2, 2)])


def test_a_poll_is_kept_as_it_is(company: SqlRegisters) -> None:
    with company.writing() as register:
        added = register.polls.add(poll(opened_by=1, about=(3, 4), seed=2**31 - 1))
        closed = replace(added, closed_at=at(7), next_at=None, result=naming_result())
        assert register.polls.by_id(added.id) == added
        register.polls.save(closed)

    with company.reading() as register:
        assert register.polls.by_id(added.id) == closed
        assert register.polls.of_kind(PollKind.NAMING, 1) == [closed]
        assert register.polls.of_kind(PollKind.PULSE) == []


def test_an_unknown_poll_or_invitation_is_not_found(company: SqlRegisters) -> None:
    with company.reading() as register:
        for look in (register.polls.by_id, register.polls.invitation):
            with pytest.raises(NotFound):
                look(1)


@pytest.mark.parametrize(
    "said",
    [
        NamedStages(names=("Join & <use>", "Renew")),
        TaggedInitiatives(tags=((1, 2), (3, 4))),
        SaidScore(measure="NPS", target=42.5, unit="points", metric=1),
    ],
    ids=lambda said: said.kind,
)
def test_an_answer_of_any_kind_is_read_back(company: SqlRegisters, said: NamedStages) -> None:
    with company.writing() as register:
        _, (first, second) = asked(register)
        register.polls.save_invitation(replace(first, answer=said, answered_at=NOW, reminded_at=at(-1)))

    with company.reading() as register:
        kept = register.polls.invitation(1)
        assert kept == invitation(answer=said, answered_at=NOW, reminded_at=at(-1))
        assert register.polls.invitations(1) == [kept, second]


def test_a_poll_is_due_until_nothing_more_is_to_be_done(company: SqlRegisters) -> None:
    with company.writing() as register:
        added, _ = asked(register, next_at=NOW)
        assert register.polls.due(at(-1)) == []
        assert register.polls.due(NOW) == [added]
        register.polls.save(replace(added, next_at=None))
        assert register.polls.due(at(9)) == []


def test_what_waits_for_a_person_is_what_is_open_the_newest_first(company: SqlRegisters) -> None:
    with company.writing() as register:
        asked(register)
        asked(register, kind=PollKind.PULSE)
        asked(register, kind=PollKind.SCORE, closed_at=NOW)

        assert [one.poll for one in register.polls.waiting_for(1)] == [2, 1]


def test_of_score_tests_the_newest_result_of_each_stage_counts(company: SqlRegisters) -> None:
    results = [
        ScoreResult(stage=stage, name="Use", asked=asked, answered=2) for stage, asked in ((2, 2), (1, 3), (2, 4))
    ]
    with company.writing() as register:
        for result in (*results, None):
            register.polls.add(poll(kind=PollKind.SCORE, closed_at=NOW, result=result))
        register.polls.add(poll(result=NamingResult(asked=2, answered=2)))

        assert [(one.stage, one.asked) for one in register.initiatives.portfolio(NOW).scores] == [(1, 3), (2, 4)]
