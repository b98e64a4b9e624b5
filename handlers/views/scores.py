"""The scoreboard as people read it: how each metric stands, how far people agree, and what to do about it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ImageBlock

from handlers.views.standings import (
    STATUS_WORDS,
    aim_words,
    index_number,
    interval_words,
    short,
    sparkline,
    status_words,
    trend_words,
    valued,
)
from handlers.views.text import Message, Part, bold, bullets, context, escape_within, header, paragraph, rich
from handlers.views.trends import panels, trends_words
from planning.findings.facts.base import listed
from planning.scoreboard.values import (
    Agreement,
    Completeness,
    Dabbling,
    MetricLine,
    MetricTable,
    Mirror,
    Pulse,
    Scoreboard,
    ScoreTests,
    Told,
)
from planning.text import clip, counted

NAME, SENTENCE = 60, 300
METRICS_SHOWN = 6
TITLE_OF_ALL = "Scores"
NOTHING = "Nothing is measured yet. A steward can say what each stage is measured by with “/cx setup”."

Row = Sequence[Part]


def scores_message(board: Scoreboard, picture: str | None, *, steward: bool) -> Message:
    """The scoreboard as a private reply."""
    blocks = scores_blocks(board, picture, steward=steward)
    if not blocks:
        return Message(escape_within(NOTHING), [paragraph(NOTHING)])
    return Message(escape_within(f"{TITLE_OF_ALL}. {scores_words(board)}"), blocks)


def scores_blocks(board: Scoreboard, picture: str | None, *, steward: bool) -> list[Block]:
    """The scoreboard with its picture, if that is uploaded; stewards are told what would make known what is not."""
    table = board.metrics
    unknown = [context(f"Not known yet. {' '.join(board.unknown)}")] if steward and board.unknown else []
    rows = [*([metric_row(line) for line in table.lines[:METRICS_SHOWN]] if table else []), *part_rows(board)]
    if not rows:
        return [header(TITLE_OF_ALL), *unknown] if unknown else []
    more: list[Block] = [context(count_words(table, METRICS_SHOWN))] if table else []
    return [
        header(TITLE_OF_ALL),
        rich(bullets(rows)),
        *more,
        *picture_blocks(board, picture, METRICS_SHOWN),
        *unknown,
    ]


def picture_blocks(board: Scoreboard, picture: str | None, metrics: int) -> list[Block]:
    """The trends as an image, with the same in words for those who cannot see it."""
    if picture is None:
        return []
    return [ImageBlock(slack_file={"id": picture}, alt_text=trends_words(panels(board, metrics)) or "Trends")]


def part_rows(board: Scoreboard) -> list[Row]:
    """Everything beside the metrics: what it is, its number, and what to do."""
    return [(bold(f"{title}: "), f"{number}. {clip(sentence, SENTENCE)}") for title, number, sentence in _parts(board)]


def scores_words(board: Scoreboard) -> str:
    """All of it in sentences, what has to be done about the metrics first."""
    lines = board.metrics.lines if board.metrics else ()
    told = [clip(line.sentence, SENTENCE) for line in lines if not line.calm]
    counted = [f"{count_words(board.metrics, len(lines)).removesuffix('.')}."] if board.metrics else []
    parts = [f"{title}: {number}. {clip(sentence, SENTENCE)}" for title, number, sentence in _parts(board)]
    return " ".join([*counted, *told, *parts])


def count_words(table: MetricTable, shown: int) -> str:
    """How many metrics stand how, and where the others are."""
    told = ", ".join(f"{count} {STATUS_WORDS[status]}" for status, count in table.counts)
    hidden = table.total - min(shown, len(table.lines))
    more = f" …and {hidden} more: /cx metrics" if hidden else ""
    return f"{counted(table.total, 'metric')}: {told}.{more}"


def metric_row(line: MetricLine) -> Row:
    """A metric, how it stands, its readings as bars, and what to do where something is to be done."""
    spark = sparkline([point.value for point in line.points])
    advice = "" if line.calm else f". {clip(line.advice, SENTENCE)}"
    return (bold(f"{clip(line.name, NAME)}: "), f"{standing_words(line)}{f' {spark}' if spark else ''}{advice}")


def standing_words(line: MetricLine) -> str:
    """How a metric stands, in as few words as stay clear."""
    told = (_last(line), aim_words(line), trend_words(line))
    return f"{status_words(line)}: {', '.join(filter(None, told))}"


def _last(line: MetricLine) -> str:
    if line.last is None:
        return "no reading yet"
    when = f"{short(line.last.on)}, nothing since" if line.stale_since else f"{line.last.on:%b %Y}"
    return f"{valued(line.last.value, line.unit)} ({when})"


def _parts(board: Scoreboard) -> list[tuple[str, str, str]]:
    """Title, number and sentence of each part that has something to say."""
    return [(*_named(part), part.sentence) for part in board.told]


def _named(part: Told) -> tuple[str, str]:
    match part:
        case Agreement():
            return "Agreement on the stages", _agreement(part)
        case Pulse():
            return "Same work, same stage", _pulse(part)
        case ScoreTests():
            return "Score tests", f"leads agree on {part.agreed} of {counted(part.tested, 'stage')} asked"
        case Completeness():
            return "Complete fixes", f"{part.complete} of {part.problems} customer problems ({part.share:.0%})"
        case Dabbling():
            return "Improving what stays broken", _dabbling(part)
        case Mirror():
            return "Mirror of the org chart", _mirror(part)
    return "", ""


def _agreement(part: Agreement) -> str:
    index = part.index
    told = f"{interval_words(index.value, index.low, index.high)}, 1 is identical" if index else "not known yet"
    over = f" over {counted(part.over, 'objection')}" if part.over else ""
    ratified = f"ratified on {short(part.ratified_on)}{over}" if part.ratified_on else "not ratified"
    return f"{told}; {ratified}"


def _pulse(part: Pulse) -> str:
    alpha = interval_words(part.alpha.value, part.alpha.low, part.alpha.high)
    before = f"; before: {', '.join(map(index_number, part.before))}" if part.before else ""
    return f"{alpha} on {short(part.asked_on)}{before}"


def _dabbling(part: Dabbling) -> str:
    unsaid = f"; {part.unsaid} more name no problem" if part.unsaid else ""
    return f"{counted(part.count, 'initiative')} ({part.ratio:.0%}){unsaid}"


def _mirror(part: Mirror) -> str:
    spark = sparkline([value for _, value in part.quarters], (0.0, 1.0))
    over_time = f" {spark}" if spark else ""
    bridged = f"; bridged by {listed(part.bridges)}" if part.bridges else ""
    return f"{interval_words(part.value, part.low, part.high)}; 0 is mixed, 1 is split{over_time}{bridged}"
