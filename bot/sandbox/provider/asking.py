"""What an app asks for at /oauth/v2/authorize, and whether it may ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.sandbox.provider.state import Provider

KEPT = ("client_id", "scope", "user_scope", "state", "redirect_uri")


class BadRequest(Exception):
    """The app asked in a way that the person at the browser can do nothing about; the text says what is wrong."""


@dataclass(frozen=True)
class Asked:
    """A request that can be allowed or denied."""

    query: Mapping[str, str]
    scopes: tuple[str, ...]
    redirect_uri: str

    @classmethod
    def read(cls, provider: Provider, query: Mapping[str, str]) -> "Asked":
        """Check what came with the address."""
        if query.get("client_id") != provider.app.client_id:
            raise BadRequest("Invalid client_id parameter. No app here has it.")
        scopes = tuple(dict.fromkeys(each for each in query.get("scope", "").replace(" ", ",").split(",") if each))
        if not scopes:
            raise BadRequest("No scopes requested. The app has to ask for at least one.")
        unknown = [scope for scope in scopes if scope not in provider.manifest.scopes]
        if unknown or query.get("user_scope"):
            wrong = ", ".join(unknown) or query["user_scope"]
            raise BadRequest(f"Invalid permissions requested: {wrong}. The app’s manifest does not list them.")
        kept = {name: query[name] for name in KEPT if name in query}
        return cls(kept, scopes, _return_address(provider, query.get("redirect_uri", "")))

    def address(self, **more: str) -> str:
        """The same request, with something added."""
        return f"/oauth/v2/authorize?{urlencode({**self.query, **more})}"

    def back(self, **said: str) -> str:
        """Where the browser is sent with the answer; the state goes along as it came."""
        state = {"state": self.query["state"]} if "state" in self.query else {}
        mark = "&" if "?" in self.redirect_uri else "?"
        return f"{self.redirect_uri}{mark}{urlencode({**said, **state})}"


def _return_address(provider: Provider, wanted: str) -> str:
    known = provider.manifest.oauth_config.redirect_urls
    if not known:
        raise BadRequest("The app’s manifest has no redirect_urls, so nobody can be sent back to it.")
    if not wanted:
        return known[0]
    if not any(wanted == url or wanted.startswith((f"{url}/", f"{url}?")) for url in known):
        raise BadRequest(f"redirect_uri did not match any configured URIs. Passed URI: {wanted}")
    return wanted
