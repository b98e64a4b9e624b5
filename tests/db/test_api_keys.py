"""Keys of programs in the database."""

from dataclasses import replace

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import NotFound
from planning.workspace.keying import digest_of
from planning.workspace.keys import ApiKey
from tests.builders import NOW, api_key, at

DIGEST = digest_of("cx_secret")


def added(registers: SqlRegisters, digest: str = DIGEST) -> ApiKey:
    with registers.writing() as register:
        return register.api_keys.add(api_key(digest=digest))


def test_a_key_is_found_by_the_digest_of_its_secret(company: SqlRegisters) -> None:
    key = added(company)

    with company.reading() as register:
        assert register.api_keys.by_digest(DIGEST) == key == register.api_keys.by_id(key.id)
        assert register.api_keys.by_digest(digest_of("cx_other")) is None


def test_what_was_saved_of_a_key_comes_back(company: SqlRegisters) -> None:
    later = replace(added(company), used_at=at(1), revoked_at=at(2))
    with company.writing() as register:
        register.api_keys.save(later)

    with company.reading() as register:
        assert register.api_keys.all() == [later]


def test_a_digest_leads_to_its_workspace_until_the_key_is_revoked(database: Database, company: SqlRegisters) -> None:
    database.ensure_workspace("other")
    key = added(company)
    found = database.workspace_of_key(DIGEST)

    assert found is not None
    assert found.workspace == company.workspace
    with company.writing() as register:
        register.api_keys.save(replace(key, revoked_at=NOW))
    assert database.workspace_of_key(DIGEST) is None
    assert database.workspace_of_key(digest_of("cx_other")) is None


def test_an_unknown_key_says_so(company: SqlRegisters) -> None:
    with company.reading() as register, pytest.raises(NotFound):
        register.api_keys.by_id(1)
