import json
from dataclasses import replace

import pytest

from tests.benchmarks.proposals import EVERYTHING, as_json, generated, main, measured, refuse_worse, run, show


def test_the_proposal_is_never_worse_than_the_greedy_leveller() -> None:
    line = measured("generated", generated(50), EVERYTHING, seconds=10)

    assert not line.worse
    assert line.proposal.conflicts <= line.greedy.conflicts <= line.before
    assert line.first_at <= line.best_at <= line.ended_at


def test_the_benchmark_fails_where_the_greedy_leveller_does_better() -> None:
    line = measured("generated", generated(20), EVERYTHING, seconds=5)

    with pytest.raises(SystemExit, match="did better on generated of 20"):
        refuse_worse([line, replace(line, worse=True)])


def test_the_table_names_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    show(run((20,), 5, companies=False))

    shown = capsys.readouterr().out
    assert shown.count("proposal") == shown.count("greedy") == 2


def test_the_lines_are_told_in_json() -> None:
    lines = json.loads(as_json(run((20,), 5, companies=False)))

    assert [line["name"] for line in lines] == ["generated, 2027-Q1", "generated, everything"]


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["--no-such-option"])
