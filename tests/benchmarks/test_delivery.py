from tests.benchmarks.delivery import TWICE, as_json, run, show


def test_it_measures_both_databases_and_no_channel_is_hurried(capsys: object) -> None:
    reports = run(channels=TWICE, paced=5, waiting=50)

    assert [report["database"] for report in reports] == ["sqlite", "postgresql"]
    assert all(report["least_rest_s"] >= 1 for report in reports)
    assert '"times"' in as_json(reports)
    show(reports)
