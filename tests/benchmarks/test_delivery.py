from tests.benchmarks.delivery import TWICE, as_json, run, show


def test_it_measures_both_databases_and_no_channel_is_hurried(capsys: object) -> None:
    reports = run(channels=TWICE, late=5, paced=5, waiting=50, answer_s=0.1)

    assert [report["database"] for report in reports] == ["sqlite", "postgresql"]
    assert all(report["least_rest_s"] >= 1 for report in reports)
    assert all(race["bare_s"] >= 0.5 for report in reports for race in report["races"] if race["answer_s"])
    assert '"times"' in as_json(reports)
    show(reports)
