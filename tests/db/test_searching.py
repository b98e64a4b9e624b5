"""Searching initiatives: the same answer in the same order on both databases."""

from dataclasses import replace

import pytest

from db.registers import SqlRegisters
from planning.initiatives.values import Status
from planning.register import Page, Search
from tests.builders import NOW, draft, problem, vector

HOSTILE = ("\x00", "\ud800", "x" * 40_000, "😀" * 40_000, "שלום", "\\", "'", '"', "%", "_", "<!channel>", "`", "")


def ids(registers: SqlRegisters, *words: str, **fields: object) -> list[int]:
    with registers.reading() as register:
        found = register.initiatives.matching(Search(words=words, **fields), limit=50)  # type: ignore[arg-type]
    return [one.id for one in found.items]


@pytest.fixture
def filled(company: SqlRegisters) -> SqlRegisters:
    with company.writing() as register:
        register.problems.add(problem())
        add = register.initiatives.add
        add(draft(title="Clearer LETTERS", problem="ÅRSAVGIFT is unclear", owner=1, stages=(1,)), vector(), NOW)
        add(draft(title="Faster 100% refunds", department=2, owner=2, stages=(2, 3)), vector(), NOW)
        add(draft(title="snake_case", problem="x", segments=(1,), status=Status.DONE), vector(), NOW)
        add(draft(title="100 refunds", problem="snakeXcase", department=2, serves=1), vector(), NOW)
    return company


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), [4, 2, 1, 3]),
        (("letter",), [2, 1]),
        (("årsavgift",), [1]),
        (("LETTERS", "unclear"), [1]),
        (("letter", "refunds"), [2]),
        (("100%",), [2]),
        (("snake_case",), [3]),
        (("bo lind",), [2]),
        (("BERG",), [1]),
        (("service",), [4, 2]),
        (("renew",), [2]),
        (("thrice",), [4]),
        (("private",), [3]),
        (("cx-3",), [3]),
        (("CX3",), [3]),
        (("3",), [3]),
        (("cx-33",), []),
        (("nobody said this",), []),
    ],
)
def test_every_word_must_occur_somewhere(filled: SqlRegisters, words: tuple[str, ...], expected: list[int]) -> None:
    assert ids(filled, *words) == expected


def test_a_search_narrows_by_owner_department_stage_and_life(filled: SqlRegisters) -> None:
    assert ids(filled, owner=2) == [2]
    assert ids(filled, departments=(2,)) == [4, 2]
    assert ids(filled, departments=(1, 2)) == [4, 2, 1, 3]
    assert ids(filled, stages=(1, 3)) == [2, 1]
    assert ids(filled, live_only=True) == [4, 2, 1]
    assert ids(filled, "refunds", stages=(2,), owner=2) == [2]


def test_a_joined_one_is_no_longer_live(filled: SqlRegisters) -> None:
    with filled.writing() as register:
        register.initiatives.save(replace(register.initiatives.by_id(4), joined=2))

    assert ids(filled) == [2, 1, 4, 3]


def test_a_retired_stage_is_not_found(filled: SqlRegisters) -> None:
    with filled.writing() as register:
        register.journeys.retire_stage(3)

    assert ids(filled, "renew") == []
    assert ids(filled, stages=(3,)) == []


def test_a_page_says_how_many_there_are(filled: SqlRegisters) -> None:
    with filled.reading() as register:
        page = register.initiatives.matching(Search(), limit=2, offset=1)

    assert page == Page(page.items, total=4, offset=1)
    assert [one.id for one in page.items] == [2, 1]
    assert page.hidden == 1


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_a_search_or_a_draft(filled: SqlRegisters, text: str) -> None:
    with filled.writing() as register:
        hostile = draft(title=f"Odd {text}", problem=text, links=(text,), extras={"note": text})
        kept = register.initiatives.add(hostile, vector(), NOW).id

    assert kept in ids(filled, f"odd {text}")
    assert kept in ids(filled, text)


def test_a_search_of_a_thousand_words_is_answered(filled: SqlRegisters) -> None:
    assert ids(filled, *(f"word{n}" for n in range(1000))) == []
    assert ids(filled, *["letter"] * 1000) == [2, 1]
