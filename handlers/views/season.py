"""The planning season of one stage: who shares it, what all ask for, what Concord proposes, the way to the session."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, RawTextObject, TableBlock

from handlers.ids import Action
from handlers.views.names import Names
from handlers.views.proposals import proposal_blocks, proposal_pictures, proposal_words
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    context,
    escape_within,
    header,
    line,
    paragraph,
    plain,
    rich,
)
from planning.findings.facts.base import amount, listed, person_weeks
from planning.findings.facts.contacts import in_weeks
from planning.proposals.asking import Proposal
from planning.season.quarters import days_of_quarter, quarter_words
from planning.season.values import Ask, PoolAsks, SegmentContacts, StageSeason
from planning.text import clip, counted
from planning.window import said

POOLS, SEGMENTS, ASKS, DEPARTMENTS = 5, 5, 15, 8
NAME, TITLE, SENTENCE = 60, 60, 300
HEADINGS = ("Pool", "Who asks", "For what", "Person-weeks", "When")
Row = tuple[str, Ask]


@dataclass(frozen=True, slots=True)
class ShownSeason:
    """All that the message of one stage shows; `met` says that its session is open."""

    season: StageSeason
    proposal: Proposal
    names: Names
    met: bool = False


def season_message(shown: ShownSeason, files: Mapping[str, str], *, table: bool = True) -> Message:
    """What the leads who share the stage ask for, and what would fit; without `table` the asks are told in rows."""
    season = shown.season
    title = f"Planning season {quarter_words(season.quarter)}: {clip(season.name, NAME)}"
    who = who_shares(season, shown.names)
    pools, segments = pool_sentences(season.pools[:POOLS]), segment_sentences(season.segments[:SEGMENTS])
    blocks: list[Block] = [
        header(title),
        paragraph(who),
        *_section("People", "Nobody is asked for.", pools, len(season.pools) - POOLS),
        *_asks(season.pools, table=table),
        *_section("Contacts with customers", "Nobody is contacted.", segments, len(season.segments) - SEGMENTS),
        *proposal_blocks(shown.proposal, shown.names, buttons=False),
        *proposal_pictures(shown.proposal, files),
        *_session(shown),
    ]
    spoken = " ".join([f"{title}.", who, *pools, *segments, proposal_words(shown.proposal)])
    return Message(escape_within(spoken), blocks)


def who_shares(season: StageSeason, names: Names) -> str:
    """Which departments work on it, and when the quarter begins."""
    counts = {id: sum(one.draft.department == id for one in season.initiatives) for id in season.departments}
    told = [f"{clip(names.departments.get(id, 'another one'), NAME)} ({count})" for id, count in counts.items()]
    shown = [*told[:DEPARTMENTS], *([f"{len(told) - DEPARTMENTS} more"] if len(told) > DEPARTMENTS else [])]
    work = counted(len(season.initiatives), "initiative")
    begins = said(days_of_quarter(season.quarter).start)
    return (
        f"{listed(shown)} share this stage, with {work} in the quarter that begins on {begins}. Plan it together once."
    )


def pool_sentences(pools: Iterable[PoolAsks]) -> list[str]:
    """How much is asked of each against what there is, and where it is too much."""
    return [clip(_pool(pool), SENTENCE) for pool in pools]


def segment_sentences(segments: Iterable[SegmentContacts]) -> list[str]:
    """How often the customers of each are contacted against what they bear."""
    return [clip(_segment(segment), SENTENCE) for segment in segments]


def ask_cells(pool: str, ask: Ask) -> tuple[str, ...]:
    """One ask as a row of a table."""
    elsewhere = "" if ask.here else " (another stage)"
    what = f"CX-{ask.initiative}{elsewhere} {clip(ask.title, TITLE)}"
    return (clip(pool, NAME), clip(ask.department, NAME), what, amount(ask.person_weeks), str(ask.window))


def _pool(pool: PoolAsks) -> str:
    asked = f"{clip(pool.name, NAME)}: {person_weeks(pool.asked)} asked for, {amount(pool.available)} available"
    worst = pool.worst
    if worst is None:
        return f"{asked}; never too much in a week."
    weeks = counted(len(pool.over), "week")
    most = f"{amount(worst.asked)} of {amount(worst.available)} in {in_weeks((worst.monday,))}"
    return f"{asked}; too much in {weeks}, most of all {most}."


def _segment(segment: SegmentContacts) -> str:
    senders = [clip(name, NAME) for name in segment.senders[:3]]
    hidden = len(segment.senders) - len(senders)
    by = listed([*senders, *([f"{hidden} more"] if hidden > 0 else [])])
    name = f"{clip(segment.name, NAME)} ({by})"
    if not segment.crowded:
        return f"{name}: at most {segment.most} a week; they bear {segment.budget}."
    fullest = max(segment.crowded, key=lambda week: week[1])
    weeks = counted(len(segment.crowded), "week")
    return f"{name}: too many in {weeks}, {fullest[1]} in {_week(fullest[0])}; they bear {segment.budget} a week."


def _week(monday: date) -> str:
    return in_weeks((monday,))


def _section(title: str, nothing: str, sentences: Sequence[str], hidden: int) -> list[Block]:
    more = [f"…and {hidden} more"] if hidden > 0 else []
    rows: list[Sequence[Part]] = [(sentence,) for sentence in [*sentences, *more] or [nothing]]
    return [rich(line(bold(title)), bullets(rows))]


def _asks(pools: Sequence[PoolAsks], *, table: bool) -> list[Block]:
    """Who asks how much of which pool and when, the scarcest pool first."""
    asked = [(pool.name, ask) for pool in pools for ask in pool.asks]
    if not asked:
        return []
    asks, hidden = [ask_cells(*each) for each in asked[:ASKS]], len(asked) - ASKS
    more: list[Block] = [context(f"…and {hidden} more asks")] if hidden > 0 else []
    if table:
        rows = [[RawTextObject(text=cell or "–") for cell in row] for row in (HEADINGS, *asks)]
        return [TableBlock(rows=rows), *more]
    return [rich(bullets([(" · ".join(row),) for row in asks])), *more]


def _session(shown: ShownSeason) -> list[Block]:
    if shown.met:
        return [context("The session is open: its own conversation has the plan. “/cx plans” shows it.")]
    button = ButtonElement(
        text=plain("Open the session"),
        action_id=Action.SEASON_SESSION,
        value=str(shown.proposal.id),
        style="primary",
    )
    told = "One conversation of all who share the stage, with this proposal as its plan to accept or to change."
    return [ActionsBlock(block_id="session", elements=[button]), context(told)]
