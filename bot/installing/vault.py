"""What the tokens of installations are sealed with."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import SecretStr

from planning.installations.values import CannotOpen

NO_KEYS = "CONCORD_TOKEN_KEYS is not set. `concord keys new` makes a key; keep it where you keep passwords."


class FernetVault:
    """Seals under the newest of its keys, which come first, and opens what any of them has sealed."""

    def __init__(self, keys: Sequence[str]) -> None:
        fernets = [Fernet(key.strip()) for key in keys]
        self._newest, self._all = fernets[0], MultiFernet(fernets)
        self.keys = len(fernets)

    @classmethod
    def of(cls, keys: SecretStr | None) -> "FernetVault":
        """The vault of the setting; raises CannotOpen where it is not set."""
        if keys is None:
            raise CannotOpen(NO_KEYS)
        return cls(keys.get_secret_value().split(","))

    def seal(self, secret: str) -> bytes:
        """What only a key of ours opens."""
        return self._newest.encrypt(secret.encode())

    def open(self, sealed: bytes) -> str:
        """The secret; raises CannotOpen where it was sealed with a key that is not ours."""
        try:
            return self._all.decrypt(sealed).decode()
        except InvalidToken:
            raise CannotOpen("It was sealed with a key that is not among CONCORD_TOKEN_KEYS.") from None

    def reseal(self, sealed: bytes) -> bytes:
        """The same under the newest key; as it is where it already was."""
        return sealed if self._is_under_newest(sealed) else self.seal(self.open(sealed))

    def _is_under_newest(self, sealed: bytes) -> bool:
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            return False
        return True
