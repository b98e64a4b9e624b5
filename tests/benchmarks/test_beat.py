import pytest

from tests.benchmarks.beat import WORKSPACES, as_json, run, show


def test_it_measures_both_databases_at_each_size(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = (WORKSPACES * 3, WORKSPACES * 4)
    reports = run(sizes, beats=1)
    show(reports)

    assert [[row["schedules"] for row in report["sizes"]] for report in reports] == [[*sizes]] * 2
    assert '"database": "postgresql"' in as_json(reports)
    assert "postgresql: a beat with 10 due" in capsys.readouterr().out
