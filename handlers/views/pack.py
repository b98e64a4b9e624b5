"""The pack of a quarter as a PDF document, and the words that come with it."""

from datetime import UTC, datetime, time

from handlers.views.calendars import calendar_png, calendar_words
from handlers.views.changes import before_after, change_sentence, lack_sentence
from handlers.views.loads import loads_png, loads_words, panels
from handlers.views.paper import Paper
from handlers.views.proposals import CALENDAR_TITLE, LOADS_TITLE
from handlers.views.season import HEADINGS, ask_cells, pool_sentences, segment_sentences
from handlers.views.text import Message, escape_within
from planning.proposals.values import Proposed
from planning.season.pack import Pack, StagePack
from planning.season.quarters import quarter_words
from planning.text import clip, counted
from planning.window import said

MIMETYPE = "application/pdf"
ROWS, ASKS, SENTENCES, CHANGES, METRICS = 60, 15, 10, 40, 12
"""As many of each are told; the others are counted."""
NAME = 60
WIDTHS, INITIATIVES = (28, 25, 47, 27, 47), (32, 85, 57)
"""Of the columns, in millimetres."""
NO_PLAN = "No plan is computed for this quarter yet."


def pack_name(pack: Pack) -> str:
    """What the file is called."""
    return f"planning-pack-{pack.quarter}.pdf"


def pack_title(pack: Pack) -> str:
    """What it is called on screen."""
    return f"Planning pack {quarter_words(pack.quarter)}"


def pack_message(pack: Pack) -> Message:
    """The words that come with the file."""
    plan = before_after(pack.best) if pack.best else ""
    proposed = f" The computed plan: {plan}." if plan else f" {NO_PLAN}"
    figures = f"{counted(pack.in_quarter, 'live initiative')}, {counted(pack.open_overlaps, 'open overlap')}."
    return Message(escape_within(f"{pack_title(pack)}: {figures}{proposed} The document has it stage by stage."))


def pack_pdf(pack: Pack) -> bytes:
    """The whole portfolio: figures, the computed plan, then each stage in the order of the journey."""
    paper = Paper(f"{clip(pack.company, NAME)}, {pack_title(pack)}", datetime.combine(pack.day, time(), UTC))
    _cover(paper, pack)
    paper.contents()
    _portfolio(paper, pack)
    _plan(paper, pack.best)
    paper.part("Stage by stage")
    for stage in pack.stages:
        _stage(paper, stage, pack)
    return paper.content()


def _cover(paper: Paper, pack: Pack) -> None:
    paper.title(f"{clip(pack.company, NAME)}: {pack_title(pack)}")
    paper.line(f"As it stands on {said(pack.day)}.", faint=True)
    shared = sum(stage.season.shared for stage in pack.stages)
    paper.rows(
        [
            f"Live initiatives: {pack.live}; those that do something in the quarter: {pack.in_quarter}.",
            f"Stages: {len(pack.stages)}; those that two departments or more share in the quarter: {shared}.",
            f"Overlaps that wait for a decision of the leads, in the whole portfolio: {pack.open_overlaps}.",
            f"Decisions asked of executives: {len(pack.decisions)}.",
            f"The computed plan: {before_after(pack.best)}." if pack.best else NO_PLAN,
        ],
        10,
    )


def _portfolio(paper: Paper, pack: Pack) -> None:
    paper.part("The portfolio")
    paper.heading("Who works on which stage", 1)
    paper.rows([_covered(pack, id, name) for id, name in pack.coverage.stages], ROWS)
    silent = [clip(name, NAME) for id, name in pack.coverage.departments if id in pack.coverage.silent]
    if silent:
        paper.line("Nothing registered, so nobody can tell: " + ", ".join(silent[:20]), faint=True)
    paper.heading("Scores", 1)
    lines = [line.sentence for line in pack.scores.metrics.lines] if pack.scores.metrics else []
    told = [*lines[:METRICS], *(part.sentence for part in pack.scores.told)]
    paper.rows(told or ["Nothing is measured yet."], ROWS)
    paper.heading("Decisions asked of executives", 1)
    paper.rows(pack.decisions or ("None.",), SENTENCES)


def _covered(pack: Pack, stage: int, name: str) -> str:
    cells = ((department, pack.coverage.count(stage, id)) for id, department in pack.coverage.departments)
    busy = [f"{clip(department, NAME)} {count}" for department, count in cells if count]
    hidden = len(busy) - SENTENCES
    more = [f"…and {hidden} more"] if hidden > 0 else []
    return f"{clip(name, NAME)}: {', '.join([*busy[:SENTENCES], *more]) or 'nobody yet'}"


def _plan(paper: Paper, best: Proposed | None) -> None:
    paper.part("The computed plan")
    if best is None:
        paper.line(f"{NO_PLAN} “/cx season pack” brings one as soon as it is there.")
        return
    paper.line(f"Before → after: {before_after(best)}.")
    if not best.possible:
        paper.heading("What is short although everything that may move is moved", 2)
        paper.rows([lack_sentence(lack) for lack in best.lacks], SENTENCES)
        paper.rows([way.sentence for way in best.relaxations], SENTENCES)
    paper.heading("What would change", 2)
    paper.rows([change_sentence(change) for change in best.changes] or ["Nothing."], CHANGES)
    if panels(best.loads):
        paper.picture(loads_png(best.loads, LOADS_TITLE), loads_words(best.loads))
    if best.contacts:
        paper.picture(calendar_png(best.contacts, CALENDAR_TITLE), calendar_words(best.contacts))


def _stage(paper: Paper, stage: StagePack, pack: Pack) -> None:
    season = stage.season
    paper.heading(season.name, 1)
    if not season.initiatives:
        paper.line("Nobody plans anything here in the quarter.")
        return
    _initiatives(paper, stage, pack)
    if season.pools:
        paper.heading("People asked for", 2)
        paper.rows(pool_sentences(season.pools), SENTENCES)
        asks = [(pool.name, ask) for pool in season.pools for ask in pool.asks]
        paper.table(HEADINGS, [ask_cells(*each) for each in asks[:ASKS]], WIDTHS, len(asks) - ASKS)
    for title, sentences in (
        ("Contacts with customers", segment_sentences(season.segments)),
        ("Where it collides", stage.conflicts),
        ("What the computed plan changes", [change_sentence(change) for change in stage.changes]),
    ):
        if sentences:
            paper.heading(title, 2)
            paper.rows(sentences, SENTENCES)


def _initiatives(paper: Paper, stage: StagePack, pack: Pack) -> None:
    """By department, in the order of their beginning."""
    paper.heading("Initiatives by department", 2)
    ordered = sorted(
        stage.season.initiatives,
        key=lambda one: (pack.departments[one.draft.department].casefold(), str(one.draft.starts_on), one.id),
    )
    rows = [
        (
            clip(pack.departments[one.draft.department], NAME),
            f"{one.reference} {one.draft.title}",
            str(one.window) if one.window else "no dates yet",
        )
        for one in ordered[:ROWS]
    ]
    paper.table(("Department", "Initiative", "When"), rows, INITIATIVES, len(ordered) - ROWS)
