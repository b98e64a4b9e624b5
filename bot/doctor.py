"""`concord doctor`: what is missing before Concord can run, and how to get it. Tokens are never printed."""

import sys
import timeit
from collections.abc import Iterator
from dataclasses import asdict
from statistics import median

from bot.checking.installations import installation_checks
from bot.checking.register import register_checks
from bot.checking.serving import is_run, is_served, serving_checks
from bot.checking.slack import slack_checks
from bot.checking.values import Check, Health
from bot.encoder import EncoderFilesError, open_encoder
from bot.http.health import HEALTH, METRICS
from bot.http.server import READINGS
from bot.printing import Screen
from bot.settings import Settings
from planning.overlaps.weights import FITTED_TO
from planning.similarity import Encoder

TRIES = 5
SLOW_MS = 100
"""From here on a person who registers waits noticeably, and a portfolio of 10,000 takes a quarter of an hour."""


def run_doctor(settings: Settings, workspace: str | None, *, as_json: bool) -> bool:
    """Print every check; whether Concord can run."""
    screen = Screen()
    checks = list(examined(settings, workspace))
    healthy = all(check.health is not Health.MISSING for check in checks)
    if as_json:
        screen.json({"healthy": healthy, "checks": [asdict(check) for check in checks]})
        return healthy
    for check in checks:
        screen.line(f"{_MARKS[check.health]} {check.name}: {check.found}", style=_STYLES[check.health])
        if check.remedy:
            screen.line(check.remedy, indent=10)
    screen.line(
        "\nConcord can run." if healthy else "\nConcord cannot run yet; see what is missing above.", style="bold"
    )
    return healthy


def examined(settings: Settings, workspace: str | None = None) -> Iterator[Check]:
    """Every check, in the order in which a person would put things right."""
    yield _python()
    yield _encoder(settings)
    yield from register_checks(settings, workspace)
    if is_served(settings):
        yield from serving_checks(settings)
        yield from installation_checks(settings, workspace)
    if is_run(settings):
        yield from slack_checks(settings)
    yield from _http(settings)


def _python() -> Check:
    return Check("Python", Health.OK, ".".join(map(str, sys.version_info[:3])))


def _encoder(settings: Settings) -> Check:
    try:
        encoder = open_encoder(settings.encoder_folder)
        encoder.encode([_TRIED])
    except EncoderFilesError as error:
        return Check("Text encoder", Health.MISSING, "cannot be used", str(error))
    speed = _milliseconds(encoder)
    found = f"{encoder.version}, {encoder.dimension} numbers, checksums right, {speed:.0f} ms a text"
    if encoder.version != FITTED_TO:
        return Check("Text encoder", Health.ADVICE, found, _OTHER_ENCODER)
    if speed > SLOW_MS:
        return Check("Text encoder", Health.ADVICE, found, _SLOW)
    return Check("Text encoder", Health.OK, found)


def _milliseconds(encoder: Encoder) -> float:
    """The middle of a few tries, one text at a time, as when a person registers."""
    return median(timeit.repeat(lambda: encoder.encode([_TRIED]), number=1, repeat=TRIES)) * 1000


def _http(settings: Settings) -> Iterator[Check]:
    """Only where the operator wants readings from programs, or to be asked how the bot is."""
    if settings.http_port is not None:
        found = f"readings are taken at http://{settings.http_host}:{settings.http_port}{READINGS} while the bot runs"
        yield Check("Readings", Health.OK, found)
    if settings.health_port is None:
        yield Check("Health", Health.OK, "is not asked for; CONCORD_HEALTH_PORT opens a port for that")
    else:
        address = f"http://{settings.http_host}:{settings.health_port}"
        yield Check("Health", Health.OK, f"{address}{HEALTH} and {METRICS} while the bot runs")


_TRIED = (
    "Bills that nobody understands. Four in ten calls ask what one line of the yearly statement means. We write each "
    "line anew in plain words, test it with twenty customers, and say whom to ask about the rest."
)
_OTHER_ENCODER = (
    f"The probability of duplicate effort was fitted to {FITTED_TO}. With this one, set the thresholds anew: measure "
    "with `python -m tests.benchmarks.fitting`."
)
_SLOW = "Texts are read in the background, but a person who registers waits for one. Give it a faster core."
_MARKS = {Health.OK: "ok      ", Health.ADVICE: "advice  ", Health.MISSING: "MISSING "}
_STYLES = {Health.OK: "", Health.ADVICE: "yellow", Health.MISSING: "bold red"}
