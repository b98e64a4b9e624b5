from collections import Counter

from planning.agreement.sampling import drawn
from planning.workspace.values import Person
from tests.builders import person

STAFF = [person(id=n, slack_id=f"U{n}", department=n % 3) for n in range(1, 61)]


def ids(people: list[Person], size: int = 5, seed: int = 7) -> list[int]:
    return [one.id for one, _ in drawn(people, size, seed)]


def test_at_most_so_many_of_each_department_are_drawn_and_the_same_seed_draws_the_same() -> None:
    chosen = drawn(STAFF, 5, 7)

    assert Counter(department for _, department in chosen) == {0: 5, 1: 5, 2: 5}
    assert all(one.department == department for one, department in chosen)
    assert ids(STAFF) == ids(STAFF[::-1])
    assert ids(STAFF) != ids(STAFF, seed=8)


def test_everybody_of_a_small_department_is_drawn_but_nobody_whom_slack_does_not_know() -> None:
    small = [person(id=1, department=1), person(id=2, department=1, slack_id=None), person(id=3, department=None)]

    assert ids(small) == [1]


def test_who_leaves_is_replaced_and_changes_nobody_elses_lot() -> None:
    chosen = ids(STAFF)
    left = [one for one in STAFF if one.id != chosen[0]]

    assert set(chosen[1:]) < set(ids(left))


def test_everybody_is_as_likely_to_be_drawn() -> None:
    counts = Counter(id for seed in range(2000) for id in ids(STAFF, seed=seed))

    assert all(400 < counts[one.id] < 600 for one in STAFF)
