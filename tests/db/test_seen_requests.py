"""What is known of the requests of the last minutes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, select

from db.database import Database
from db.installation_rows import SeenRequestRow
from db.seen_requests import KEPT, SeenRequests
from tests.builders import NOW


def remembered(database: Database) -> int:
    with database.everywhere.reading() as session:
        return session.scalar(select(func.count()).select_from(SeenRequestRow)) or 0


def test_a_request_is_the_first_of_its_kind_once(database: Database) -> None:
    seen = SeenRequests(database.everywhere)

    assert [seen.is_first(digest, NOW) for digest in ("a", "b", "a", "a")] == [True, True, False, False]


def test_of_replicas_that_are_shown_it_at_once_one_takes_it(database: Database) -> None:
    with ThreadPoolExecutor(8) as replicas:
        firsts = list(replicas.map(lambda _: SeenRequests(database.everywhere).is_first("a", NOW), range(8)))

    assert sum(firsts) == 1


def test_what_is_too_old_to_come_again_is_forgotten(database: Database) -> None:
    seen = SeenRequests(database.everywhere)
    seen.is_first("old", NOW - KEPT - timedelta(seconds=1))
    seen.is_first("young", NOW - KEPT)

    assert (seen.forget(NOW), seen.forget(NOW), remembered(database)) == (1, 0, 1)


def test_one_that_could_still_come_is_never_forgotten() -> None:
    assert timedelta(minutes=2 * 5) < KEPT


def test_replicas_that_forget_at_once_do_not_wait_for_each_other(database: Database) -> None:
    seen = SeenRequests(database.everywhere)
    for number in range(40):
        seen.is_first(str(number), NOW - timedelta(hours=1))
    with ThreadPoolExecutor(4) as replicas:
        list(replicas.map(lambda _: seen.forget(NOW), range(4)))
    seen.forget(NOW)

    assert remembered(database) == 0
