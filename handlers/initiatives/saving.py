"""The submitted form of a new initiative: asked once more where it runs into others, then saved."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.carrying import carried
from handlers.forms import field_errors
from handlers.home import publish_home
from handlers.ids import Modal
from handlers.initiatives.starting import Choices
from handlers.initiatives.submission import Submission, submission_of
from handlers.initiatives.telling import informed_of, nudge, who_is_told
from handlers.keeping import fitted, refuse
from handlers.patience import InTime, in_place
from handlers.views.initiatives import saved_modal
from handlers.views.names import Names
from handlers.views.registering import Turn, answer_field, register_form
from planning.errors import FieldError
from planning.findings.values import Choice
from planning.initiatives.checking import Vocabulary, checked
from planning.initiatives.registering import SLACK, NearOverlap, register_initiative, runs_into
from planning.initiatives.rehearsing import Rehearsal
from planning.initiatives.values import Draft
from planning.journey.suggesting import suggest_stages
from planning.register import Register, Registers
from planning.similarity import Encoder, text_of
from planning.workspace.arranging import join_department
from planning.workspace.values import Person

MENUS = frozenset({"stages", "department"})
"""Fields whose options may have changed since the form was opened."""


def register(app: App) -> None:
    """Listen to the form."""
    app.view(Modal.REGISTER)(submit_initiative)


def submit_initiative(
    ack: Ack,
    view: dict[str, Any],
    client: WebClient,
    actor: Person,
    registers: Registers,
    now: Callable[[], datetime],
    encoder: Encoder,
    in_time: InTime = in_place,
) -> None:
    """Save the initiative, or bring the form back with what is still to be said."""
    said = in_time(ack, client, view, lambda say: _answer(say, view, actor, registers, now(), encoder))
    at_home = carried(Turn, view["private_metadata"]).at_home
    if at_home and said.get("view", {}).get("callback_id") == Modal.TOLD:
        publish_home(client, registers, actor, now())


def _answer(
    say: Callable[..., object],
    view: dict[str, Any],
    actor: Person,
    registers: Registers,
    now: datetime,
    encoder: Encoder,
) -> None:
    try:
        submission = submission_of(view, actor, encoder)
    except ValidationError as error:
        say(response_action="errors", errors=field_errors(error))
        return
    if unanswered := submission.form.unanswered:
        say(response_action="errors", errors={answer_field(id): "Choose one of the answers." for id in unanswered})
        return
    try:
        shown = _asked_again(submission, registers, encoder, actor, now) or _saved(submission, registers, actor, now)
    except FieldError as error:
        _refuse(say, view, submission, registers, error, actor, now)
        return
    say(response_action="update", view=fitted(shown.to_dict()))


def _asked_again(
    submission: Submission, registers: Registers, encoder: Encoder, actor: Person, now: datetime
) -> View | None:
    """The form once more: with suggested stages when none is chosen, and with what it would run into.

    Not when it is saved already: Slack sent it twice, and both get the same answer.
    """
    with registers.reading() as register:
        if register.initiatives.by_source(SLACK, submission.key) is not None:
            return None
        choices = Choices.of(register)
        draft = checked(submission.draft, Vocabulary.of(register))
        near, told = _met(register, draft, submission, actor, now) if not _joins(submission) else ((), [])
    suggested = _suggested(submission, choices, encoder)
    if not suggested and not _new(near, submission.turn):
        return None
    return _again(submission, choices, near, suggested, told)


def _met(
    register: Register, draft: Draft, submission: Submission, actor: Person, now: datetime
) -> tuple[tuple[NearOverlap, ...], list[str]]:
    """What the draft would run into, and who would be told of it."""
    rehearsal = Rehearsal.of(register, draft, submission.vector, now)
    near = runs_into(rehearsal)
    return near, who_is_told(register, rehearsal, near, actor, now)


def _joins(submission: Submission) -> bool:
    return Choice.JOIN in submission.form.answers.values()


def _new(near: Sequence[NearOverlap], turn: Turn) -> bool:
    return any(one.initiative.id not in turn.shown for one in near)


def _suggested(submission: Submission, choices: Choices, encoder: Encoder) -> tuple[int, ...]:
    """Stages for a form without any; only once, because an initiative may be saved without."""
    if submission.draft.stages or submission.turn.suggested or _joins(submission):
        return ()
    text = text_of(submission.draft.title, submission.draft.problem)
    return tuple(stage.id for stage in suggest_stages(choices.journey, encoder, text))


def _again(
    submission: Submission,
    choices: Choices,
    near: Sequence[NearOverlap],
    suggested: tuple[int, ...],
    told: Sequence[str],
    notice: str = "",
) -> View:
    turn = submission.turn.model_copy(
        update={
            "edition": submission.turn.edition + bool(suggested),
            "suggested": submission.turn.suggested or bool(suggested),
            "shown": tuple(sorted({*submission.turn.shown, *(one.initiative.id for one in near)})),
        }
    )
    filled = replace(submission.form.filled, stages=suggested or submission.form.stages)
    notice = notice or ("Please confirm or clear the suggested stages, then save." if suggested else "")
    return register_form(filled, choices.journey, choices.departments, turn, near, notice, told)


def _saved(submission: Submission, registers: Registers, actor: Person, now: datetime) -> View:
    with registers.writing() as register:
        initiative = register_initiative(
            register, submission.draft, submission.vector, submission.form.chosen, actor, now, submission.key
        )
        actor = register.people.by_id(actor.id)
        if actor.department is None:
            join_department(register, initiative.draft.department, actor, now)
        host = register.initiatives.by_id(initiative.joined).draft.title if initiative.joined is not None else ""
        names, informed = Names.of(register), informed_of(register, initiative, actor, now)
        looking = register.detections.waiting() > 0
    return saved_modal(initiative, names, informed, nudge(initiative.draft), host, looking=looking)


def _refuse(
    say: Callable[..., object],
    view: dict[str, Any],
    submission: Submission,
    registers: Registers,
    error: FieldError,
    actor: Person,
    now: datetime,
) -> None:
    """Show the faults at their fields; where a menu is out of date, the form again with fresh ones."""
    if not MENUS & error.errors.keys():
        refuse(say, view, error)
        return
    with registers.reading() as register:
        choices = Choices.of(register)
        kept = tuple(id for id in submission.form.stages if id in choices.journey.stage_names())
        draft = replace(submission.draft, stages=kept)
        # What was asked before stays asked, with its answers.
        there = draft.department in choices.departments
        near, told = _met(register, draft, submission, actor, now) if there else ((), [])
    turn = submission.turn.model_copy(
        update={
            "edition": submission.turn.edition + 1,
            "asks_department": submission.turn.asks_department or "department" in error.errors,
        }
    )
    again = replace(submission, form=submission.form.model_copy(update={"stages": kept}), turn=turn)
    view = fitted(_again(again, choices, near, (), told, f"Not saved yet. {error}").to_dict())
    say(response_action="update", view=view)
