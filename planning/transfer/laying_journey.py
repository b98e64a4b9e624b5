"""A company's journey laid over the one that the register knows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planning.journey.values import HandOff, Journey, Segment, Stage, Touchpoint
from planning.metrics.values import Metric
from planning.text import clean, one_line
from planning.transfer.company import Company, HandOffPart, SegmentPart, StagePart
from planning.transfer.naming import short_name
from planning.transfer.references import References, by_name, folded


def journey_over(known: Journey, company: Company, references: References) -> Journey:
    """Its stages, segments and touchpoints; the hand-offs are as they are, because they name metrics."""
    return replace(
        known,
        stages=_stages(known.stages, company.journey, references),
        segments=_segments(known.segments, company.segments),
        touchpoints=_touchpoints(known.touchpoints, company.touchpoints),
    )


def hand_offs_over(
    journey: Journey, parts: Sequence[HandOffPart], metrics: Iterable[Metric], references: References
) -> tuple[HandOff, ...]:
    """The known ones with what the file says of them, then the file's new ones; one from a stage to another."""
    stages = {folded(stage.name): stage.id for stage in journey.stages}
    measures = {folded(metric.name): metric.id for metric in metrics}
    found = {(hand_off.before, hand_off.after): hand_off for hand_off in journey.hand_offs}
    for at, part in enumerate(parts):
        place = f"hand_offs.{at}"
        before = references.find(part.before, stages, "journey", f"{place}.before")
        after = references.find(part.after, stages, "journey", f"{place}.after")
        if before is not None and before == after:
            references.fault(place, "goes from a stage to itself; name two")
        if before is not None and after is not None:
            known = found.get((before, after)) or HandOff(-len(found) - 1, before, after)
            metric = references.find(part.metric, measures, "metrics", f"{place}.metric")
            found[before, after] = _handed(replace(known, metric=metric or known.metric), part, place, references)
    return tuple(found.values())


def _handed(known: HandOff, part: HandOffPart, place: str, references: References) -> HandOff:
    giver = references.department(part.giver, f"{place}.giver")
    receiver = references.department(part.receiver, f"{place}.receiver")
    owner = references.owner(part.owner, known.owner)
    return replace(known, giver=giver or known.giver, receiver=receiver or known.receiver, owner=owner)


def _stages(known: Sequence[Stage], parts: Sequence[StagePart], references: References) -> tuple[Stage, ...]:
    """The file's stages in its order, then those that it does not name."""
    if not parts:
        return tuple(known)
    before, named = by_name(known), by_name(parts)
    stages = [
        _stage(before.get(name) or Stage(-at, short_name(part.name), 0), part, references)
        for at, (name, part) in enumerate(named.items(), start=1)
    ]
    rest = [stage for name, stage in before.items() if name not in named]
    return tuple(replace(stage, position=at) for at, stage in enumerate([*stages, *rest]))


def _stage(before: Stage, part: StagePart, references: References) -> Stage:
    return replace(
        before,
        definition=clean(part.definition) or before.definition,
        customer_goal=clean(part.customer_goal) or before.customer_goal,
        intent=clean(part.intent) or before.intent,
        brand_value=one_line(part.brand_value) or before.brand_value,
        weight=part.weight or before.weight,
        owner=references.owner(part.owner, before.owner),
    )


def _segments(known: Sequence[Segment], parts: Sequence[SegmentPart]) -> tuple[Segment, ...]:
    """In the file's order, but larger groups before those that are part of them; a known one stays where it is."""
    found, named = by_name(known), by_name(parts)
    waiting = {name: part for name, part in named.items() if name not in found}
    while waiting:
        _add_segment(found, waiting, next(iter(waiting)))
    return tuple(_weighed(segment, named.get(name)) for name, segment in found.items())


def _weighed(segment: Segment, part: SegmentPart | None) -> Segment:
    if part is None:
        return segment
    most = segment.weekly_contacts if part.weekly_contacts is None else part.weekly_contacts
    return replace(segment, weight=part.weight or segment.weight, weekly_contacts=most)


def _add_segment(found: dict[str, Segment], waiting: dict[str, SegmentPart], name: str) -> None:
    part = waiting.pop(name)
    if _parent(part) in waiting:
        _add_segment(found, waiting, _parent(part))
    parent = found.get(_parent(part))
    found[name] = Segment(-len(found) - 1, short_name(part.name), parent.id if parent else None)


def _parent(part: SegmentPart) -> str:
    return folded(part.parent or "")


def _touchpoints(known: Sequence[Touchpoint], names: Iterable[str]) -> tuple[Touchpoint, ...]:
    found = {touchpoint.name.casefold(): touchpoint for touchpoint in known}
    for name in filter(None, map(short_name, names)):
        found.setdefault(name.casefold(), Touchpoint(-len(found) - 1, name))
    return tuple(found.values())
