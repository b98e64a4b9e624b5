"""Metrics that are known to pull against each other wherever both are measured.

They are where a company begins: when a metric is made, those with the metrics that are there already are added, and
from then on they are the stewards' to change. What a steward removes never comes back by itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from planning.metrics.values import Metric, Tension

_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Known:
    """Two measures, each by the names that companies give it, in small letters without signs, and why they pull."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    why: str


SATISFACTION = ("satisfaction", "csat", "nps", "net promoter", "promoter score")
RETENTION = ("retention", "renewal rate", "renewals", "persistency", "loyalty")

KNOWN: tuple[Known, ...] = (
    Known(
        ("handle time", "handling time", "call duration", "aht", "talk time"),
        ("first contact resolution", "first call resolution", "fcr", "solved at once", "solved at the first contact"),
        "A call that is cut short leaves more unsolved, and the customer has to come back.",
    ),
    Known(
        ("speed of answer", "speed to answer", "response time", "reply time", "answer time"),
        ("quality score", "answer quality", "service quality", "quality of answers"),
        "Whoever has to answer sooner has less time to answer well.",
    ),
    Known(
        ("conversion", "close rate", "win rate"),
        ("return rate", "returns", "refund rate", "refunds", "early cancellations"),
        "Customers who are talked into something send it back.",
    ),
    Known(
        ("acquisition", "new customers", "new contracts", "new policies", "sign ups", "signups"),
        ("churn", "churn rate", "attrition", "lapse rate", "cancellation rate", "cancellations"),
        "Customers who are won by promises and low prices are the first to leave.",
    ),
    Known(
        ("cost to serve", "cost per contact", "cost per call", "service cost", "servicing cost", "service costs"),
        SATISFACTION,
        "What is saved on service is felt by the customers who need it.",
    ),
    Known(
        ("containment", "deflection", "self service rate", "self service share", "call avoidance"),
        ("effort", "effort score", "ces"),
        "Keeping customers away from people makes it harder for those whom the machine cannot help.",
    ),
    Known(
        ("collections", "collection rate", "recovery rate", "overdue payments", "days sales outstanding"),
        SATISFACTION,
        "Pressing for payment costs the goodwill of customers who meant to pay.",
    ),
    Known(
        ("cross sell", "cross selling", "upsell", "up sell", "upselling", "products per customer"),
        RETENTION,
        "Offers to customers who have an open question make them look elsewhere.",
    ),
    Known(
        ("processing time", "cycle time", "turnaround time", "throughput time", "time to decision"),
        ("error rate", "errors", "accuracy", "right first time", "rework", "complaints upheld"),
        "What is decided in a hurry is wrong more often.",
    ),
    Known(
        ("emails sent", "messages sent", "campaign volume", "campaign reach", "contacts per customer"),
        ("unsubscribe rate", "unsubscribes", "opt outs", "opt out rate", "complaints"),
        "More messages make more people stop listening.",
    ),
    Known(
        ("utilisation", "utilization", "occupancy"),
        ("waiting time", "wait time", "queue time", "abandonment", "abandoned calls"),
        "Where everybody is always busy, customers wait.",
    ),
)


def known_tensions(metric: Metric, others: Iterable[Metric]) -> list[Tension]:
    """Those of a metric with the others that everybody knows of."""
    whys = ((other.id, _why(metric.name, other.name)) for other in others)
    return [Tension(min(metric.id, id), max(metric.id, id), why) for id, why in whys if why]


def _why(name: str, other: str) -> str:
    """Why two metrics of these names pull against each other; nothing when that is not known."""
    for known in KNOWN:
        if any(_is(one, known.first) and _is(two, known.second) for one, two in ((name, other), (other, name))):
            return known.why
    return ""


def _is(name: str, called: Iterable[str]) -> bool:
    """Whether the name has all words of one of the others, next to each other."""
    words = f" {' '.join(_WORDS.findall(name.casefold()))} "
    return any(f" {one} " in words for one in called)
