import json
from pathlib import Path

import pytest

from tests.benchmarks.psplib import cases
from tests.benchmarks.solver import run, show

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


def test_a_name_is_made_up_where_there_is_none(tmp_path: Path) -> None:
    assert [case.name for case in cases(file_of(tmp_path, tasks=TASKS, name=None))] == ["line 1"]
