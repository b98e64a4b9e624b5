"""The pictures that messages show: each is drawn and uploaded once, and known by what it shows."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog
from slack_sdk import WebClient

from bot.clock import Clock
from bot.delivery.outcomes import FAULTS, Later, Refused, failure_of
from bot.delivery.pictures import Picture, sent, wait_for
from planning.register import Registers

log = structlog.get_logger()
Paced = Callable[[int], Later | None]
"""Counts so many uploads ahead; Later when Slack has no room for them now."""


def unpaced(_uploads: int) -> None:
    """There is room."""


@dataclass(frozen=True, slots=True)
class Files:
    """The ids of files by the pictures' names; `known` when one of them was in Slack before."""

    ids: Mapping[str, str]
    known: bool = False


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of one workspace."""

    registers: Registers
    now: Clock
    wait: Callable[[float], object] = time.sleep
    paced: Paced = unpaced

    def files(self, client: WebClient, pictures: Mapping[str, Picture], *, anew: bool = False) -> Files | Later:
        """Those that Slack has, and the others drawn and uploaded (anew: all); without those that it will not have."""
        known = {} if anew else self._known(pictures)
        new = self._uploaded(client, {name: picture for name, picture in pictures.items() if name not in known})
        return new if isinstance(new, Later) else Files({**known, **new}, known=bool(known))

    def _known(self, pictures: Mapping[str, Picture]) -> dict[str, str]:
        if not pictures:
            return {}
        with self.registers.reading() as register:
            found = {name: register.pictures.file(picture.key) for name, picture in pictures.items()}
        return {name: file for name, file in found.items() if file is not None}

    def _uploaded(self, client: WebClient, pictures: Mapping[str, Picture]) -> dict[str, str] | Later:
        if pictures and (later := self.paced(len(pictures))):
            return later
        files: dict[str, str] = {}
        for name, picture in pictures.items():
            file = _sent(client, picture)
            if isinstance(file, Later):
                return file
            if file is not None:
                files[name] = file
        try:
            wait_for(client, files.values(), self.wait)
        except FAULTS as error:
            return _left_out(error) or {}
        self._keep({pictures[name].key: file for name, file in files.items()})
        return files

    def _keep(self, files: Mapping[str, str]) -> None:
        if not files:
            return
        with self.registers.writing() as register:
            for key, file in files.items():
                register.pictures.keep(key, file, self.now())


def _sent(client: WebClient, picture: Picture) -> str | Later | None:
    png = picture.drawn()
    try:
        return None if png is None else sent(client, png, picture.title)
    except FAULTS as error:
        return _left_out(error)


def _left_out(error: Exception) -> Later | None:
    """None where Slack will not have a picture; everything else passes."""
    failure = failure_of(error)
    if isinstance(failure, Refused):
        log.warning("picture left out", reason=failure.reason)
        return None
    return failure if isinstance(failure, Later) else Later(failure.reason)
