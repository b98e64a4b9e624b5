from bot.manifest import OPTIONAL_SCOPES, SCOPES
from db.registers import SqlRegisters
from planning.installations.scopes import OFF, missing, off_in
from tests.bot.installing.stub import Office


def test_of_every_scope_it_is_said_what_is_off_without_it() -> None:
    assert set(OFF) == {*SCOPES, *OPTIONAL_SCOPES}


def test_what_was_given_is_not_missing() -> None:
    assert missing(OFF) == {}
    assert [*missing(OFF.keys() - {"files:write", "commands"})] == ["commands", "files:write"]


def test_what_was_not_given_is_known_in_the_workspace_until_it_is(office: Office) -> None:
    office.install("one", scope="commands,chat:write")
    registers = office.database.workspace("T0HARBOUR")
    with registers.reading() as register:
        assert "files:write" in off_in(register)

    office.install("two")

    with registers.reading() as register:
        assert off_in(register) == {}


def test_of_a_token_of_ones_own_nobody_can_say_what_was_given(company: SqlRegisters) -> None:
    with company.reading() as register:
        assert off_in(register) == {}
