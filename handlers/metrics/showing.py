"""The list of metrics, and the card of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer
from handlers.carrying import id_carried
from handlers.commands import Call, Lister, Subcommand
from handlers.ids import Action
from handlers.metrics.finding import metrics_called
from handlers.settings import named
from handlers.setup.recording import known
from handlers.views.metric_cards import MetricCard, metric_card
from handlers.views.metrics import metric_list, no_metrics
from handlers.views.names import hand_off_names, joined
from handlers.views.paging import PAGE
from handlers.views.text import Message
from planning.initiatives.values import Initiative
from planning.metrics.feeding import chain_from
from planning.metrics.readings import Reading
from planning.metrics.recording import may_read
from planning.metrics.standing import standing
from planning.metrics.values import Metric
from planning.portfolio.values import Portfolio
from planning.register import Page, Register, Registers
from planning.scoreboard.metric_lines import metric_table
from planning.scoreboard.values import MetricTable
from planning.text import one_line
from planning.workspace.values import Person

TITLE = "Metric"
YEAR = timedelta(days=366)


def register(app: App) -> None:
    """Listen to the button that opens a card."""
    app.action(Action.METRIC_SHOW)(press_metric)


def show_metrics(call: Call) -> Message:
    """`/cx metrics`, or the card of the one that is named."""
    return list_metrics(call, one_line(call.text), 0)


def list_metrics(call: Call, query: str, offset: int) -> Message:
    """A page of the metrics, the worst first; of those that have the words in their name, if any were typed."""
    with call.registers.reading() as register:
        portfolio = register.initiatives.portfolio(call.now)
        metrics = metrics_called(query, portfolio.metrics) if query else portfolio.metrics
        if query and len(metrics) == 1:
            return card_of(register, portfolio, metrics[0], call.actor)
        readings = register.readings.of(*(metric.id for metric in metrics))
    if not metrics:
        return no_metrics()
    table = _table(portfolio, metrics, readings, offset)
    page = Page(table.lines, table.total, offset)
    return metric_list(page, table, portfolio.today, query, any(may_read(one, call.actor) for one in metrics))


def press_metric(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """The card, where the button stands."""
    ack()
    with registers.reading() as register:
        portfolio = register.initiatives.portfolio(now())
        card = card_of(register, portfolio, known(portfolio.metrics, id_carried(action["value"])), actor)
    answer(client, body, respond, card, TITLE)


def card_of(register: Register, portfolio: Portfolio, metric: Metric, actor: Person) -> Message:
    """The card of a metric as a person sees it."""
    readings, today = register.readings.of(metric.id)[metric.id], portfolio.today
    (line,) = _table(portfolio, (metric,), {metric.id: readings}).lines
    recent = tuple(one for one in readings if today - one.on <= YEAR)
    card = MetricCard(
        metric=metric,
        line=line,
        standing=standing(metric, readings, today),
        measures=_measures(metric, portfolio),
        owner=next((one.name for one in portfolio.people if one.id == metric.owner), ""),
        chain=tuple(chain_from(metric.id, {one.id: one for one in portfolio.metrics})),
        tense=_tense(metric, portfolio),
        movers=_movers(metric, portfolio),
        readings=recent,
        former=_former(register, metric),
        may_add=may_read(metric, actor),
    )
    return metric_card(card, today)


def _table(
    portfolio: Portfolio, metrics: Sequence[Metric], readings: Mapping[int, Sequence[Reading]], offset: int = 0
) -> MetricTable:
    """A page of some metrics."""
    table = metric_table(replace(portfolio, metrics=tuple(metrics)), readings, PAGE, offset)
    return table or MetricTable(lines=(), total=0)


def _measures(metric: Metric, portfolio: Portfolio) -> str:
    """The stage, the customers, or the hand-offs that name it."""
    journey = portfolio.journey
    edges = hand_off_names(journey)
    named_by = [edges[one.id] for one in journey.hand_offs if one.metric == metric.id]
    stage, segment = journey.stage_names().get(metric.stage or 0), journey.segment_names().get(metric.segment or 0)
    return joined([*filter(None, (stage, segment)), *named_by])


def _tense(metric: Metric, portfolio: Portfolio) -> tuple[tuple[str, str], ...]:
    names = named(portfolio.metrics)
    own = (one for one in portfolio.tensions if metric.id in (one.first, one.second))
    return tuple((names[one.other(metric.id)], one.why) for one in own)


def _movers(metric: Metric, portfolio: Portfolio) -> tuple[Initiative, ...]:
    """The live initiatives that have an effect on it, wanted or not."""
    effects = portfolio.holdings.columns.effects
    ids = sorted(set(effects.of[effects.to == metric.id].tolist()))
    return tuple(one for id in ids if (one := portfolio.holdings.by_id(id)) is not None)


def _former(register: Register, metric: Metric) -> dict[date, list[Reading]]:
    """What was said before of the days that were amended."""
    return {on: [*some] for on, some in groupby(register.readings.former(metric.id), key=lambda one: one.on)}


COMMANDS = (Subcommand("metrics", "metrics [name]", "Where each metric stands, worst first", show_metrics),)
LISTS: Mapping[str, Lister] = {"metrics": list_metrics}
