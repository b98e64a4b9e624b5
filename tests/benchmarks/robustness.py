"""Whether Concord's verdict holds when a text is edited, and how sure it is of short texts and other languages.

`python -m tests.benchmarks.robustness [--json]` edits the texts of the judged pairs beside this checkout
(`tests.benchmarks.editing`): of each pair first the one and then the other or, where it says so, both at once. All
texts, edited or not, are read by the packaged encoder, or by that of another folder (`--encoder`).

The texts in other languages are those of `tests.benchmarks.languages`, and their titles. A false alert is one of the 45
pairs of ten different initiatives of which leads would be told if they also shared a stage, a segment and days.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from bot.encoder import open_encoder
from planning.overlaps.weights import ALERT, SHOWN
from planning.similarity import Floats
from planning.similarity.training.judgements import judged_sets, read_judgements
from tests.benchmarks.certainty import Certainty, Foreign, alone, certainty, foreign, probabilities, written
from tests.benchmarks.default import JUDGEMENTS, default_pools
from tests.benchmarks.editing import EDITS, Edit, Reading, as_written, beside, title_alone
from tests.benchmarks.gold import Pool
from tests.benchmarks.truth import figure, share
from tests.shared_data import FOLDER


@dataclass(frozen=True, slots=True)
class Steadiness:
    """What an edit does to probabilities, in what share of pairs verdicts change, and how many alerts remain."""

    mean_change: float
    greatest_change: float
    alert_changed: float
    shown_changed: float
    told_before: int
    still_told: float | None
    silenced: int
    """Texts that the encoder no longer reads; it took them for another language or found no word."""


@dataclass(frozen=True, slots=True)
class Report:
    """All of it; `order_differences` counts the pairs whose probability is another when the two change places."""

    encoder: str
    pairs: int
    order_differences: int
    edits: Mapping[str, Steadiness]
    certainty: Mapping[str, Certainty]
    languages: Mapping[str, Foreign]


def measured(sets: Sequence[Reading]) -> Report:
    """The report on these sets."""
    encoder, plain = sets[0].encoder, [each.read(as_written) for each in sets]
    full = [beside(each.pool, rows, rows) for each, rows in zip(sets, plain, strict=True)]
    titles = [each.after(title_alone) for each in sets]
    return Report(
        encoder.version,
        sum(len(pool.pairs) for pool in full),
        sum(order_differences(pool, rows) for pool, rows in zip(full, plain, strict=True)),
        {edit.name: steadiness(edit, sets, plain) for edit in EDITS},
        {"full texts": certainty(full), "titles alone": certainty(titles)},
        {name: foreign(encoder, texts) for name, texts in written().items()},
    )


def order_differences(pool: Pool, vectors: Floats) -> int:
    """How many pairs have another probability when the two change places."""
    turned = beside(replace(pool, pairs=pool.pairs[:, ::-1]), vectors, vectors)
    return int((turned.probabilities != beside(pool, vectors, vectors).probabilities).sum())


def steadiness(edit: Edit, sets: Sequence[Reading], plain: Sequence[Floats]) -> Steadiness:
    """What the edit does to the pairs of the sets, whose texts as written have the vectors `plain`."""
    before, after, silenced = [], [], 0
    for one, rows in zip(sets, plain, strict=True):
        edited = one.read(edit.change)
        sides = [(edited, edited)] if edit.both else [(edited, rows), (rows, edited)]
        before += [beside(one.pool, rows, rows)] * len(sides)
        after += [beside(one.pool, *side) for side in sides]
        silenced += int((rows.any(axis=1) & ~edited.any(axis=1)).sum())
    return compared(before, after, silenced)


def compared(before: Sequence[Pool], after: Sequence[Pool], silenced: int = 0) -> Steadiness:
    """How the probabilities of the same pairs differ, and what leads are told and registrants shown by them."""
    said, then = probabilities(before), probabilities(after)
    told, still = alone(before) >= ALERT, alone(after) >= ALERT
    changes = np.abs(then - said)
    return Steadiness(
        float(changes.mean()),
        float(changes.max()),
        float((told != still).mean()),
        float(((said >= SHOWN) != (then >= SHOWN)).mean()),
        int(told.sum()),
        share(int((told & still).sum()), int(told.sum())),
        silenced,
    )


def show(report: Report) -> None:
    """Print the report as tables."""
    print(f"{report.pairs} judged pairs, read by {report.encoder}")
    print(f"Pairs of another probability when the two change places: {report.order_differences}\n")
    print(f"{'Edited':<22}mean change  greatest  alert changed  shown changed  alerts  still told  silenced")
    for name, it in report.edits.items():
        changes = f"{it.mean_change:11.3f}{it.greatest_change:10.2f}{it.alert_changed:15.4f}{it.shown_changed:15.4f}"
        print(f"{name:<22}{changes}{it.told_before:8}{figure(it.still_told):>12}{it.silenced:10}")
    for name, sure in report.certainty.items():
        alerts = f"{sure.alerts} alerts, of which right {figure(sure.precision)}"
        print(f"\nCertainty of {name}: said {sure.said:.3f}, true {sure.true:.3f}; {alerts}\n pairs    said    true")
        for each in sure.bins:
            print(f"{each.pairs:6}{each.said:8.2f}{each.true:8.2f}")
    print(f"\n{'Ten texts in':<22}unread  false alerts")
    for name, texts in report.languages.items():
        print(f"{name:<22}{texts.unread:6.2f}{texts.false_alerts:14.2f}")


def as_json(report: Report) -> str:
    """The report, with null for what cannot be measured."""
    return json.dumps(asdict(report), indent=1)


def run(folder: Path | None = None) -> Report:
    """The report on the judged pairs beside this checkout, read by the encoder of the folder or the packaged one."""
    pools, encoder = default_pools(), open_encoder(folder)
    told = [each for judged in judged_sets(read_judgements(JUDGEMENTS), FOLDER) for each in judged.told]
    departments = {each.text: each.department for each in told}
    return measured([Reading.of(pool, departments, encoder) for pool in pools])


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the judged pairs beside this checkout."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.robustness", description="Robustness of verdicts")
    parser.add_argument("--encoder", type=Path, help="a folder with another encoder")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    told = parser.parse_args(arguments)
    report = run(told.encoder)
    print(as_json(report)) if told.json else show(report)


if __name__ == "__main__":
    main()
