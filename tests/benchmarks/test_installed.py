"""The benchmark of many workspaces measures what it says."""

from tests.benchmarks.installed import run


def test_every_side_is_measured_on_each_database() -> None:
    reports = run((1, 3), turns=5)

    assert [report["database"] for report in reports] == ["SQLite", "PostgreSQL"]
    for report in reports:
        assert [row["what"] for row in report["installed"]] == ["whole, 1 workspace", "whole, 3 workspaces"]
        assert len(report["layers"]) == 4
        assert 0 < report["share"]["of_it"] < 1
