"""The small rules that all checks of blocks are put together from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.errors import Json

Surface = Literal["message", "modal", "home"]


@dataclass(frozen=True)
class Problem:
    """What is wrong and where, as Slack words it."""

    words: str
    pointer: str

    def __str__(self) -> str:
        return f"[ERROR] {self.words} [json-pointer:{self.pointer}]"


@dataclass(frozen=True)
class Scene:
    """Where the blocks will stand, and which uploaded pictures they may show."""

    surface: Surface
    shows_file: Callable[[str], bool]


Rule = Callable[[Any, str, Scene], Iterator[Problem]]


def string(most: int, least: int = 0) -> Rule:
    """A text of limited length."""

    def check(value: Any, at: str, _scene: Scene) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem("must provide a string", at)
        elif len(value) < least:
            yield Problem(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            yield Problem(f"must be less than {most + 1} characters", at)

    return check


def matching(test: Callable[[str], bool], words: str) -> Rule:
    """A text of a certain form."""

    def check(value: Any, at: str, _scene: Scene) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem("must provide a string", at)
        elif not test(value):
            yield Problem(words, at)

    return check


def boolean(value: Any, at: str, _scene: Scene) -> Iterator[Problem]:
    """True or false."""
    if not isinstance(value, bool):
        yield Problem("must provide a boolean", at)


def integer(least: int, most: int) -> Rule:
    """A whole number between two others."""

    def check(value: Any, at: str, _scene: Scene) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem("must provide an integer", at)
        elif not least <= value <= most:
            yield Problem(f"must be a number between {least} and {most}", at)

    return check


def choice(*words: str) -> Rule:
    """One of a few words."""

    def check(value: Any, at: str, _scene: Scene) -> Iterator[Problem]:
        if value not in words:
            yield Problem(f"must be one of: {', '.join(words)}", at)

    return check


def items(rule: Rule, least: int, most: int) -> Rule:
    """A list, its length and each of its items."""

    def check(value: Any, at: str, scene: Scene) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("must provide an array", at)
            return
        if len(value) < least:
            yield Problem(f"no less than {least} items allowed", at)
        if len(value) > most:
            yield Problem(f"no more than {most} items allowed", at)
        for index, item in enumerate(value):
            yield from rule(item, f"{at}/{index}", scene)

    return check


def any_value(_value: Any, _at: str, _scene: Scene) -> Iterator[Problem]:
    """Whatever it is, another rule looks at it."""
    yield from ()


@dataclass(frozen=True)
class Shape:
    """An object: the fields it must and may have, and what ties them together."""

    required: Mapping[str, Rule]
    optional: Mapping[str, Rule] = field(default_factory=dict)
    also: tuple[Rule, ...] = ()

    def __call__(self, value: Any, at: str, scene: Scene) -> Iterator[Problem]:
        """Check an object; what ties fields together is asked only when each is right by itself."""
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
            return
        problems = list(self._fields(value, at, scene))
        yield from problems
        if not problems:
            for rule in self.also:
                yield from rule(value, at, scene)

    def _fields(self, value: Json, at: str, scene: Scene) -> Iterator[Problem]:
        for name in self.required:
            if value.get(name) is None:
                yield Problem(f"missing required field: {name}", at)
        known = {"type": any_value, **self.required, **self.optional}
        for name, content in value.items():
            if name not in known:
                yield Problem(f"invalid additional property: {name}", at)
            elif content is not None:
                yield from known[name](content, f"{at}/{name}", scene)


def by_type(shapes: Mapping[str, Rule], allowed: Callable[[str, Scene], bool] | None = None) -> Rule:
    """An object whose `type` says which shape it has."""

    def check(value: Any, at: str, scene: Scene) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
            return
        kind = value.get("type")
        if kind is None:
            yield Problem("missing required field: type", at)
        elif not isinstance(kind, str) or kind not in shapes or (allowed and not allowed(kind, scene)):
            yield Problem(f"unsupported type: {kind}", f"{at}/type")
        else:
            yield from shapes[kind](value, at, scene)

    return check


def exactly_one(*names: str) -> Rule:
    """One of these fields and not two."""

    def check(value: Json, at: str, _scene: Scene) -> Iterator[Problem]:
        if sum(value.get(name) is not None for name in names) != 1:
            yield Problem(f"must provide exactly one of: {', '.join(names)}", at)

    return check


def at_least_one(*names: str) -> Rule:
    """One of these fields or more."""

    def check(value: Json, at: str, _scene: Scene) -> Iterator[Problem]:
        if all(value.get(name) is None for name in names):
            yield Problem(f"must provide at least one of: {', '.join(names)}", at)

    return check
