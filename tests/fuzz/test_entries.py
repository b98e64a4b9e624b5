"""Whatever stands in what Slack sends, people get an answer that they understand, and nothing breaks.

`make fuzz` does the same for as long as one likes, and says how often each entry was tried.
"""

import json
from copy import deepcopy
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.hostile import TEXTS
from tests.fuzz.mutating import broken, fitting, is_said, places, put, said_otherwise
from tests.fuzz.stage import Stage
from tests.shared_data import shared_data
from tests.tenancy.crawling import entry_of
from tests.tenancy.visiting import Json

SETTINGS = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
BROKEN = 300


def test_every_entry_is_among_what_is_tried(stage: Stage) -> None:
    untried = {(kind, id) for kind, id in stage.house.app.entries if not stage.is_tried(kind, id)}

    assert untried == set()


def test_every_entry_takes_every_text(stage: Stage) -> None:
    luck, flaws = Random(8), {}
    for entry, body in {entry_of(body): body for body in stage.corpus.bodies}.items():
        said = [place for place in places(body) if is_said(body, place)]
        for place in luck.sample(said, min(2, len(said))):
            other: Json = deepcopy(body)
            put(other, place, fitting(other, place, luck.choice(TEXTS)))
            if wrong := stage.flaws(other):
                flaws[entry, place] = wrong

    assert flaws == {}


@settings(SETTINGS, max_examples=100)
@given(data=st.data())
def test_other_words_and_values_are_answered(stage: Stage, data: st.DataObject) -> None:
    body = data.draw(said_otherwise(stage.corpus))

    assert stage.flaws(body) == []


def test_the_shapes_of_slacks_own_payloads_are_answered(stage: Stage) -> None:
    shapes = json.loads(shared_data("E1_slack_payload_shapes.json").read_text())
    luck = Random(8)
    for body in [*shapes["events"].values(), *shapes["app_backend"].values()]:
        for _ in range(2):
            assert stage.flaws(_filled(body, luck)) == [], body.get("type")


def test_what_slack_never_sends_is_refused_or_answered(stage: Stage) -> None:
    luck, flaws = Random(8), {}
    for _ in range(BROKEN):
        body = broken(stage.corpus, luck)
        if wrong := stage.flaws(body):
            flaws[json.dumps(body)] = wrong

    assert flaws == {}


def _filled(value: Any, luck: Random) -> Any:
    """Slack's shape, with something in the place of what Slack left blank."""
    if isinstance(value, dict):
        return {key: one if key == "type" else _filled(one, luck) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, luck) for one in value]
    return luck.choice(TEXTS) if value == "" else value
