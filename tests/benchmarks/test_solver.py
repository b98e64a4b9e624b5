import json
from pathlib import Path

import pytest

from tests.benchmarks.solver import as_json, main, run, show

TASKS = [[0, [0], [1, 2]], [3, [2], [3]], [2, [2], [3]], [0, [0], []]]
"""Two tasks that cannot run together."""


def file_of(folder: Path, **fields: object) -> Path:
    file = folder / "cases.jsonl"
    file.write_text(json.dumps({"name": "tiny", "capacity": [3], **fields}) + "\n\n")
    return file


def test_a_schedule_is_solved_and_set_beside_the_best_known(tmp_path: Path) -> None:
    report = run(file_of(tmp_path, tasks=TASKS, optimal=5), limit=5)

    assert (report["schedules"], report["optimal"], report["mean_gap"]) == (1, 1, 0.0)
    assert (report["rows"][0]["makespan"], report["rows"][0]["greedy"]) == (5, 5)


def test_projects_share_resources_and_wait_for_their_release(tmp_path: Path) -> None:
    projects = [{"release": 0, "tasks": TASKS}, {"release": 4, "tasks": TASKS}]

    report = run(file_of(tmp_path, projects=projects), limit=5)

    assert report["rows"][0]["makespan"] == 10
    assert report["rows"][0]["projects"] == [5, 6]


def test_the_table_names_each_schedule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show(run(file_of(tmp_path, tasks=TASKS), limit=5))

    printed = capsys.readouterr().out
    assert "tiny" in printed
    assert "1 schedules: 1 optimal" in printed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "this is no JSON"),
        ("[1]", "the line"),
        ('{"capacity": [3]}', "tasks"),
        ('{"capacity": [3], "tasks": [[1, [4], []]]}', "task 0 needs 4 of resource 0, which has 3"),
        ('{"capacity": [3], "tasks": [[1, [1, 1], []]]}', "task 0 has 2 demands for 1 resources"),
        ('{"capacity": [3], "tasks": [[1, [1], [7]]]}', "task 0 is followed by 7, which is no task"),
        ('{"capacity": [3], "tasks": [[1, [1], [1]], [1, [1], [0]]]}', "in a circle"),
        ('{"capacity": [3], "tasks": [[-1, [1], []]]}', "tasks.0.0"),
    ],
)
def test_a_line_that_is_no_schedule_is_told_and_does_not_stop_the_others(tmp_path: Path, text: str, why: str) -> None:
    file = file_of(tmp_path, tasks=TASKS)
    file.write_text(f"{text}\n{file.read_text()}")

    report = run(file, limit=5)

    assert [fault["line"] for fault in report["faults"]] == [1]
    assert why in report["faults"][0]["why"]
    assert report["optimal"] == 1


@pytest.mark.parametrize("text", [b"", b"\n\n", b"\xff", None], ids=["empty", "blank", "no text", "missing"])
def test_a_file_without_schedules_gives_an_empty_report(tmp_path: Path, text: bytes | None) -> None:
    file = tmp_path / "cases.jsonl"
    if text is not None:
        file.write_bytes(text)

    report = run(file, limit=5)

    assert (report["schedules"], report["mean_gap"]) == (0, 0.0)
    assert json.loads(as_json([report]))["rows"] == []


def test_a_file_of_which_no_line_could_be_read_ends_it_with_a_fault(tmp_path: Path) -> None:
    file = file_of(tmp_path, tasks="none")

    with pytest.raises(SystemExit, match=r"No line could be read of cases\.jsonl"):
        main(["--instances", str(file), "--limit", "1"])


def test_what_takes_no_time_needs_nothing(tmp_path: Path) -> None:
    report = run(file_of(tmp_path, tasks=[[0, [9], [1]], [0, [9], []]]), limit=0.1)

    assert [row["makespan"] for row in report["rows"]] == [0]


def test_how_much_longer_it_is_than_the_critical_path_is_told(tmp_path: Path) -> None:
    report = run(file_of(tmp_path, tasks=TASKS), limit=5)

    assert report["mean_over_critical_path"] == pytest.approx(5 / 3 - 1)


def test_a_name_is_made_up_where_there_is_none(tmp_path: Path) -> None:
    assert [row["name"] for row in run(file_of(tmp_path, tasks=TASKS, name=None), limit=5)["rows"]] == ["line 1"]
