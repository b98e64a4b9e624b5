from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy import select

from db.database import Database
from db.installation_rows import OauthStateRow
from db.oauth_states import OauthStates
from tests.builders import NOW

SOON = NOW + timedelta(minutes=10)


def test_a_state_counts_once(database: Database) -> None:
    states = OauthStates(database.everywhere)
    states.begin("digest", SOON, NOW)

    assert [states.take("digest", NOW), states.take("digest", NOW)] == [True, False]


def test_a_state_counts_until_it_expires_and_then_never(database: Database) -> None:
    states = OauthStates(database.everywhere)
    states.begin("digest", SOON, NOW)

    assert [states.take("digest", SOON), states.take("digest", NOW)] == [False, False]


def test_of_replicas_that_are_shown_it_at_once_one_takes_it(database: Database) -> None:
    states, begin = OauthStates(database.everywhere), Barrier(4)
    states.begin("digest", SOON, NOW)

    def take(_replica: int) -> bool:
        begin.wait()
        return states.take("digest", NOW)

    with ThreadPoolExecutor(4) as replicas:
        assert sorted(replicas.map(take, range(4))) == [False, False, False, True]


def test_those_that_expired_go_by_and_by(database: Database) -> None:
    states = OauthStates(database.everywhere)
    states.begin("old", NOW, NOW - timedelta(minutes=10))
    states.begin("new", SOON, NOW)

    with database.everywhere.reading() as session:
        assert session.scalars(select(OauthStateRow.digest)).all() == ["new"]
