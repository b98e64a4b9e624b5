"""The Home tab."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement
from slack_sdk.models.views import View

from handlers.ids import Action
from handlers.views.initiatives import row
from handlers.views.names import Names
from handlers.views.needs import need_blocks
from handlers.views.permissions import off_blocks
from handlers.views.scores import scores_blocks
from handlers.views.settings import Settings, claim_blocks, settings_blocks
from handlers.views.stuck import stuck_blocks
from handlers.views.text import Part, bold, bullets, code, context, divider, header, paragraph, plain, rich
from planning.digests.values import Coverage
from planning.initiatives.values import Initiative
from planning.needs.values import Needs
from planning.outbox.values import Message
from planning.register import Page
from planning.scoreboard.values import Scoreboard
from planning.text import clip
from planning.workspace.rights import Right, Who, is_any, may
from planning.workspace.values import Person

STAGES_SHOWN = 30
NONE_STUCK: Page[Message] = Page((), 0)
NO_SCORES = Scoreboard()


@dataclass(frozen=True, slots=True)
class Home:
    """All that the tab shows to one person."""

    person: Person
    needs: Needs
    mine: Page[Initiative]
    names: Names
    coverage: Coverage | None
    settings: Settings
    today: date
    stuck: Page[Message] = NONE_STUCK
    addressees: Mapping[str, str] = field(default_factory=dict)
    """Names of people and channels by Slack id, for the messages that did not arrive."""
    scores: Scoreboard = NO_SCORES
    trends: str | None = None
    """The id of the picture of the trends, once Slack has it."""
    off: Mapping[str, str] = field(default_factory=dict)
    """Permission that was not given → what is off without it."""


def home_view(home: Home) -> View:
    """The set-up's first step while nobody looks after the workspace, otherwise what needs the person now.

    What can be pressed stands in blocks with ids, so that it still works when the tab is drawn again meanwhile.
    """
    blocks = _first_run() if not home.settings.stewards else _everyday(home)
    return View(type="home", blocks=blocks)


def _first_run() -> list[Block]:
    return [
        header("Welcome to Concord"),
        paragraph(
            "Every department sees every customer initiative here, on one journey, "
            "and hears early where two of them run into each other or leave the customer alone."
        ),
        *claim_blocks(),
    ]


def _everyday(home: Home) -> list[Block]:
    steward = may(home.person, Right.SET_UP)
    begun = bool(home.settings.journey.stages and home.settings.departments)
    settings = [divider(), *settings_blocks(home.settings, steward)] if steward else []
    if steward and not begun:
        return [header("Set up Concord"), *settings[1:], *off_blocks(home.off)]
    return [
        *_buttons(),
        *need_blocks(home.needs, home.person, home.today),
        *_beyond(home.person),
        *_mine(home),
        *_map(home),
        *scores_blocks(home.scores, home.trends, steward=steward),
        *(stuck_blocks(home.stuck, home.addressees, home.person.zone) if steward else []),
        *off_blocks(home.off),
        *settings,
    ]


def _buttons() -> list[Block]:
    new = ButtonElement(text=plain("New initiative"), action_id=Action.INITIATIVE_NEW, style="primary")
    told = ButtonElement(text=plain("Notifications"), action_id=Action.PREFERENCES_OPEN)
    due = ButtonElement(text=plain("Schedules"), action_id=Action.SCHEDULES_SHOW)
    return [ActionsBlock(block_id="new", elements=[new, told, due])]


def _beyond(person: Person) -> list[Block]:
    """For those without a department: the way to all of them, or to one."""
    if person.department is not None:
        return []
    return _of_all() if is_any(person, (Who.EXECUTIVE,)) else _of_nobody()


def _of_all() -> list[Block]:
    """Executives belong to no department: they look at all of them."""
    rows: list[Sequence[Part]] = [
        (code("/cx digest"), "  what changed, what waits for a decision, what is missing"),
        (code("/cx overlaps"), "  every overlap that nobody has decided"),
        (code("/cx map"), "  who works on which stage"),
    ]
    return [header("All departments"), rich(bullets(rows))]


def _of_nobody() -> list[Block]:
    told = "Concord does not know your department yet. It asks when you register an initiative: "
    return [paragraph(told, code("/cx new"))]


def _mine(home: Home) -> list[Block]:
    if not home.mine.total:
        return [header("Your initiatives"), paragraph("You own none. ", code("/cx find"), " shows those of all.")]
    rows = [row(initiative, home.names) for initiative in home.mine.items]
    return [header(f"Your initiatives ({home.mine.total})"), *rows, *_more(home.mine.hidden, "/cx mine")]


def _more(hidden: int, command: str) -> list[Block]:
    return [paragraph(f"…and {hidden} more: ", code(command))] if hidden else []


def _map(home: Home) -> list[Block]:
    if home.coverage is None or home.person.department is None:
        return []
    department = home.names.departments.get(home.person.department, "Your department")
    heading = header(f"{department} on the journey")
    if home.person.department in home.coverage.silent:
        return [heading, paragraph("Nothing is registered yet, so nobody can tell what your department works on.")]
    rows = [_stage(home.coverage, stage, name, home.person.department) for stage, name in home.coverage.stages]
    hidden = len(rows) - STAGES_SHOWN
    more: list[Block] = [context(f"…and {hidden} more stages")] if hidden > 0 else []
    return [heading, *([rich(bullets(rows[:STAGES_SHOWN]))] if rows else []), *more]


def _stage(coverage: Coverage, stage: int, name: str, department: int) -> Sequence[Part]:
    own = coverage.count(stage, department) or 0
    others = sum(cell.count for cell in coverage.cells if cell.stage == stage) - own
    told = [f"{own} of yours"] if own else []
    told += [f"{others} of other departments"] if others else []
    return (bold(f"{clip(name, 80)}: "), ", ".join(told) or "nobody yet")
