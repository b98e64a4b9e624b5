"""What Slack sends, with some of it changed."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.hostile import THINGS, words
from tests.tenancy.visiting import Json

Place = tuple[str | int, ...]
ENVELOPE = frozenset({"type", "team", "user", "enterprise", "is_enterprise_install", "team_id", "user_id", "command"})
"""By these a request is known for whose and what it is."""
KNOWN = frozenset({"action_id", "callback_id"})
"""By these it finds its listener."""
TYPED_MOST, OPTION_MOST, ID_MOST = 3000, 75, 32
"""Characters of a field that says nothing of its own, of an option's parts, of an id."""


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Everything that may be changed: texts and numbers first of all, and what holds them."""
    inner: Sequence[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        inner = [(key, one) for key, one in value.items() if here or key not in ENVELOPE]
    elif isinstance(value, list):
        inner = [*enumerate(value)]
    for key, one in inner:
        yield (*here, key)
        yield from places(one, (*here, key))


def at(value: Any, place: Place) -> Any:
    """What stands there."""
    for key in place:
        value = value[key]
    return value


def put(body: Json, place: Place, thing: Any) -> None:
    """Have something else stand there."""
    at(body, place[:-1])[place[-1]] = thing


def is_said(body: Json, place: Place) -> bool:
    """Whether people, or what we gave Slack to carry, decide what stands there; Slack decides the rest."""
    ours = place[0] == "view" and place[1:2] not in (("state",), ("private_metadata",))
    return isinstance(at(body, place), str) and place[-1] not in ("type", *KNOWN) and not ours


def is_of_option(place: Place) -> bool:
    """Whether it is of what was chosen from a menu: Slack has no option that is empty."""
    return bool({"selected_option", "selected_options"} & {*place})


@dataclass(frozen=True, slots=True)
class Corpus:
    """What somebody has sent who tried everything."""

    bodies: Sequence[Json] = field(repr=False)


def fitting(body: Json, place: Place, word: str) -> str:
    """As much of a word as Slack lets through there: forms hold people to the lengths that they ask for."""
    if is_of_option(place):
        return word[:OPTION_MOST] or "-"
    if place[:3] != ("view", "state", "values"):
        return word
    if place[-1] != "value":
        return word[:ID_MOST]
    blocks = [block for block in body["view"]["blocks"] if block.get("block_id") == place[3]]
    return word[: blocks[0]["element"].get("max_length", TYPED_MOST) if blocks else TYPED_MOST]


@st.composite
def said_otherwise(draw: st.DrawFn, corpus: Corpus) -> Json:
    """A request as Slack might send it, with other words and values."""
    body = deepcopy(draw(st.sampled_from(corpus.bodies)))
    open_to_change = [place for place in places(body) if is_said(body, place)]
    for place in draw(st.lists(st.sampled_from(open_to_change), min_size=1, max_size=3)) if open_to_change else ():
        put(body, place, fitting(body, place, draw(words)))
    return body


def broken(corpus: Corpus, luck: Random) -> Json:
    """A request such as Slack never sends: something is missing, or something else.

    What we have shown stays as it was, for Slack gives it back as it is, and so does what an element is.
    """
    body = deepcopy(luck.choice(corpus.bodies))
    place = luck.choice([place for place in places(body) if not _is_given_back(place)])
    if isinstance(place[-1], str) and luck.choice((True, False)):
        del at(body, place[:-1])[place[-1]]
    else:
        put(body, place, luck.choice(THINGS))
    return body


def _is_given_back(place: Place) -> bool:
    """Whether it is what we gave Slack to show, or carry, and not what somebody made of it."""
    of_view = place[0] == "view" and place[1:2] not in ((), ("state",), ("id",), ("hash",))
    of_button = place[:1] == ("actions",) and place[-1] in ("type", "value")
    of_field = place[:3] == ("view", "state", "values") and place[-1] == "type"
    return of_view or of_button or of_field or place[-1] in KNOWN
