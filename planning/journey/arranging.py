"""The stewards' stages of the journey: all of them as a list, or one with everything that it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.errors import FieldError, NotFound
from planning.journey.hand_offs import between_neighbours
from planning.journey.retiring import hanging, move_off
from planning.journey.templates import Template
from planning.journey.values import Journey, Stage
from planning.journey.versioning import put_on_record
from planning.naming import free_name
from planning.register import Register
from planning.text import NAME_MAX, PROBLEM_MAX, clean, one_line
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person

STAGES_MAX = 20
WEIGHTS = range(1, 6)
TEXTS = ("definition", "customer_goal", "intent", "brand_value")
NO_MOVES: Mapping[int, str] = {}


def save_stages(
    register: Register,
    lines: Sequence[tuple[str, str]],
    actor: Person,
    now: datetime,
    moves: Mapping[int, str] = NO_MOVES,
    begun_with: Template | None = None,
) -> Journey:
    """The journey as named, in order: (name, definition). The same name is the same stage; a missing one is retired.

    `moves`: a missing stage's id → the name of the one to which its initiatives go. A first journey takes the other
    texts of stages that keep their name from the template that it was `begun_with`.
    """
    check_steward(register, actor)
    wanted, before = tidy_stages(lines), register.journeys.current()
    staying = {name.casefold() for name, _ in wanted}
    left = hanging(register, [one for one in before.stages if one.name.casefold() not in staying], now)
    for one in left:
        register.journeys.retire_stage(one.stage.id)
    _write(register, before, wanted, begun_with)
    named = {stage.name.casefold(): stage for stage in register.journeys.current().stages}
    targets = {id: named[name.casefold()] for id, name in moves.items() if name.casefold() in named}
    moved = move_off(register, left, targets, actor, now)
    entry = Entry(now, "journey.saved", "journey", actor.id, {"stages": [name for name, _ in wanted]})
    return put_on_record(register, before, entry, actor, now, moved)


def save_stage(register: Register, stage: Stage, actor: Person, now: datetime) -> Stage:
    """Change what a stage holds, its name included; its place stays. Raises FieldError."""
    check_steward(register, actor)
    before = register.journeys.current()
    known = next((one for one in before.stages if one.id == stage.id), None)
    if known is None:
        raise NotFound("That stage is no longer part of the journey; open the settings again.")
    saved = replace(_tidy(stage, before), position=known.position)
    if saved != known:
        register.journeys.save_stage(saved)
    entry = Entry(now, "stage.saved", f"stage:{stage.id}", actor.id, {"name": saved.name})
    put_on_record(register, before, entry, actor, now)
    return saved


def tidy_stages(lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The stages that lines of (name, definition) say. Raises FieldError."""
    wanted = [(one_line(name), clean(definition)) for name, definition in lines if one_line(name)]
    names = [name.casefold() for name, _ in wanted]
    if not wanted or len(wanted) > STAGES_MAX:
        raise FieldError({"stages": f"Name at least one stage and at most {STAGES_MAX}, one on each line."})
    twice = next((name for name, _ in wanted if names.count(name.casefold()) > 1), None)
    if twice is not None:
        raise FieldError({"stages": f"“{twice}” is there twice; keep one of them."})
    long = next((name for name, _ in wanted if len(name) > NAME_MAX), None)
    if long is not None:
        raise FieldError({"stages": f"“{long[:30]}…” is too long a name; put a colon after the name."})
    return wanted


def _tidy(stage: Stage, journey: Journey) -> Stage:
    tidy = replace(
        stage,
        name=free_name(stage.name, journey.stage_names(), stage.id),
        definition=clean(stage.definition),
        customer_goal=clean(stage.customer_goal),
        intent=clean(stage.intent),
        brand_value=clean(stage.brand_value),
    )
    long = [name for name in TEXTS if len(getattr(tidy, name)) > PROBLEM_MAX]
    errors = dict.fromkeys(long, f"Use at most {PROBLEM_MAX} characters.")
    if stage.weight not in WEIGHTS:
        errors["weight"] = "Choose one of the five."
    if errors:
        raise FieldError(errors)
    return tidy


def _write(register: Register, before: Journey, wanted: Sequence[tuple[str, str]], begun_with: Template | None) -> None:
    known = {stage.name.casefold(): stage for stage in before.stages}
    begun = {stage.name.casefold(): stage for stage in begun_with.stages} if begun_with else {}
    for position, (name, definition) in enumerate(wanted, start=1):
        key = name.casefold()
        base = known.get(key) or begun.get(key) or Stage(0, name, position)
        stage = replace(base, name=name, definition=definition, position=position)
        if key not in known:
            register.journeys.add_stage(stage)
        elif stage != known[key]:
            register.journeys.save_stage(stage)
    if begun_with and not before.stages:
        between_neighbours(register)
