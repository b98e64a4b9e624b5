"""`concord keys new` and `rotate`."""

from cryptography.fernet import Fernet

from bot.commands.opening import opened
from bot.installing.vault import FernetVault
from bot.printing import Screen, counted
from bot.settings import Settings
from db.installations import Installations

_HOW = (
    "Put it before the others in CONCORD_TOKEN_KEYS (commas between), restart every replica, then run "
    "`concord keys rotate`. Keep it where you keep passwords: without it no token can be opened."
)
_OLD_CAN_GO = "The older keys can go from CONCORD_TOKEN_KEYS once every replica has the new one."
_ONLY_ONE = "There is only one key, so there is nothing to take away."


def run_new(*, as_json: bool) -> None:
    """The key alone on stdout; what to do with it on stderr."""
    screen, key = Screen(), Fernet.generate_key().decode()
    if as_json:
        screen.json({"key": key})
    else:
        screen.line(key)
        screen.aside(_HOW)


def run_rotate(settings: Settings, *, as_json: bool) -> None:
    """Seal every token anew; whoever is interrupted begins again, and what is done stays done."""
    screen, vault = Screen(), FernetVault.of(settings.token_keys)
    with opened(settings) as database, screen.progress() as tell:
        sealed = Installations(database.everywhere, vault).reseal(
            lambda done, of: tell("Sealing tokens under the newest key", done, of)
        )
    if as_json:
        screen.json({"sealed": sealed, "keys": vault.keys, "older_keys_can_go": vault.keys > 1})
        return
    screen.line(f"{counted(sealed, 'token')} {'is' if sealed == 1 else 'are'} sealed under the newest key.")
    screen.line(_OLD_CAN_GO if vault.keys > 1 else _ONLY_ONE)
