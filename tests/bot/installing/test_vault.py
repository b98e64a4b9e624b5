import pytest
from cryptography.fernet import Fernet

from bot.installing.vault import FernetVault
from planning.installations.values import CannotOpen

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
TOKEN = "xoxb-precious"


def test_what_is_sealed_cannot_be_read_and_is_never_the_same_twice() -> None:
    vault = FernetVault([NEW])

    sealed = vault.seal(TOKEN)

    assert TOKEN.encode() not in sealed
    assert sealed != vault.seal(TOKEN)
    assert vault.open(sealed) == TOKEN


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    sealed = FernetVault([OLD]).seal(TOKEN)

    assert FernetVault([NEW, OLD]).open(sealed) == TOKEN
    assert FernetVault([NEW]).open(FernetVault([NEW, OLD]).reseal(sealed)) == TOKEN


def test_what_is_under_the_newest_key_stays_as_it_is() -> None:
    sealed = FernetVault([NEW]).seal(TOKEN)

    assert FernetVault([NEW, OLD]).reseal(sealed) == sealed


@pytest.mark.parametrize(
    "sealed", [FernetVault([OLD]).seal(TOKEN), b"", b"garbage"], ids=["other key", "empty", "garbage"]
)
def test_what_cannot_be_opened_is_said_without_quoting_it(sealed: bytes) -> None:
    with pytest.raises(CannotOpen) as caught:
        FernetVault([NEW]).open(sealed)

    assert "CONCORD_TOKEN_KEYS" in str(caught.value)
    assert caught.value.__cause__ is None


def test_without_keys_there_is_no_vault() -> None:
    with pytest.raises(CannotOpen, match="concord keys new"):
        FernetVault.of(None)
