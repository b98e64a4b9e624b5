"""What a metric may say."""

from collections.abc import Mapping, Sequence

from planning.findings.facts.base import amount, apart
from planning.journey.values import Journey
from planning.metrics.feeding import chain_from
from planning.metrics.recording import value_fault
from planning.metrics.values import Direction, Metric
from planning.window import said

UNIT_MAX = 30
SOURCE_MAX = 200
CIRCLE_SHOWN = 6


def faults_of(metric: Metric, known: Mapping[int, Metric], journey: Journey) -> dict[str, str]:
    """What is wrong with it and what to do, by field; `known` are the metrics on record."""
    own = _of_texts(metric) | (_of_numbers(metric) or _of_way(metric))
    return own | _of_place(metric, journey) | _of_chain(metric, known)


def _of_numbers(metric: Metric) -> dict[str, str]:
    numbers = {"baseline": metric.baseline, "target": metric.target}
    return {field: fault for field, one in numbers.items() if one is not None and (fault := value_fault(one))}


def _of_texts(metric: Metric) -> dict[str, str]:
    limits = {"unit": (metric.unit, UNIT_MAX), "source": (metric.source, SOURCE_MAX)}
    return {field: f"Use at most {most} characters." for field, (text, most) in limits.items() if len(text) > most}


def _of_place(metric: Metric, journey: Journey) -> dict[str, str]:
    """It measures a stage or a segment that is there, not both."""
    if metric.stage is not None and metric.stage not in journey.stage_names():
        return {"stage": "That stage is no longer there; choose another one."}
    if metric.segment is not None and metric.segment not in journey.segment_names():
        return {"segment": "Those customers are no longer there; choose others."}
    if metric.stage is not None and metric.segment is not None:
        return {"segment": "Choose a stage or customers, and leave the other empty."}
    return {}


def _of_way(metric: Metric) -> dict[str, str]:
    """The target lies on the better side of the baseline, and after it."""
    faults = {}
    if metric.baseline is not None and metric.target is not None:
        faults = _of_target(metric, metric.baseline, metric.target)
    if metric.baseline_on and metric.target_on and metric.target_on <= metric.baseline_on:
        faults["target_on"] = f"Choose a day after {said(metric.baseline_on)}, the day of where it stood at first."
    return faults


def _of_target(metric: Metric, baseline: float, target: float) -> dict[str, str]:
    up = metric.direction is Direction.UP
    if target == baseline or (target > baseline) is up:
        return {}
    better, side, turn = ("Higher", "below", "lower") if up else ("Lower", "above", "higher")
    digits = apart(baseline, target)
    stood = f"{amount(baseline, digits)}, where it stood at first"
    told = f"{better} is better, but {amount(target, digits)} is {side} {stood}."
    return {"target": f"{told} Change the target, or say that {turn} is better."}


def _of_chain(metric: Metric, known: Mapping[int, Metric]) -> dict[str, str]:
    """It feeds a metric that is there and does not feed it in turn; money feeds nothing."""
    if metric.feeds is None:
        return {}
    if metric.financial:
        return {"feeds": "A chain ends with money: leave this empty, or say that it is no money."}
    if metric.feeds not in known:
        return {"feeds": "That metric is no longer there; choose another one."}
    if metric.feeds == metric.id:
        return {"feeds": "It would feed itself; choose another one."}
    chain = chain_from(metric.feeds, {**known, metric.id: metric})
    if metric in chain:
        names = [metric.name, *(one.name for one in chain[: chain.index(metric) + 1])]
        return {"feeds": f"They would feed each other in a circle: {_round(names)}. Choose another one."}
    return {}


def _round(names: Sequence[str]) -> str:
    cut = len(names) > CIRCLE_SHOWN
    return " → ".join([*names[: CIRCLE_SHOWN - 3], "…", *names[-2:]] if cut else names)
