from pathlib import Path

import numpy as np
import pytest

from planning.similarity.training.families import read_families
from planning.similarity.training.texts import TrainingError
from tests.planning.similarity.training.given import told, written


@pytest.mark.parametrize(
    ("roles", "grade"),
    [("as", 3), ("ss", 3), ("ac", 2), ("sc", 2), ("an", 1), ("sn", 1), ("cn", 1), ("ax", 0), ("sx", 0), ("cx", 0)],
)
@pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned round"])
def test_two_roles_of_a_family_have_a_grade(tmp_path: Path, roles: str, grade: float, turned: bool) -> None:
    [[family]] = read_families(written(tmp_path, roles[::-1] if turned else roles))

    assert family.grades[0, 1] == grade


@pytest.mark.parametrize("roles", ["cc", "nn", "nx", "xx"])
def test_of_two_that_are_both_beside_the_work_nothing_is_known(tmp_path: Path, roles: str) -> None:
    [[family]] = read_families(written(tmp_path, roles))

    assert np.isnan(family.grades[0, 1])


def test_a_pair_has_its_grade_once(tmp_path: Path) -> None:
    [[family]] = read_families(written(tmp_path, "asc"))

    assert family.pairs.tolist() == [[0, 1], [0, 2], [1, 2]]


def test_an_initiative_is_read_whole(tmp_path: Path) -> None:
    [[family]] = read_families(written(tmp_path, "as"))

    assert family.name == "plain letters"
    assert family.told[1] == told("Title 1", "Problem 1.", "Claims")


def test_each_file_is_an_organisation_in_the_order_of_names(tmp_path: Path) -> None:
    written(tmp_path, "asn", "B-01.jsonl")
    written(tmp_path, "as", "A-01.jsonl")

    assert [len(families[0].told) for families in read_families(tmp_path)] == [2, 3]


def test_an_empty_line_is_no_family(tmp_path: Path) -> None:
    file = written(tmp_path, "as") / "A-01.jsonl"
    file.write_text(f"\n{file.read_text()}\n")

    assert [len(families) for families in read_families(tmp_path)] == [1]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"w": "a", "need": "b"}', '{"w": "a", "need": "b", "i": [["a", "Claims", "Letters"]]}'],
    ids=["no JSON", "no object", "no initiatives", "no problem"],
)
def test_a_broken_line_is_refused_by_file_and_line(tmp_path: Path, line: str) -> None:
    file = written(tmp_path, "as") / "A-01.jsonl"
    file.write_text(f"{file.read_text()}{line}\n")

    with pytest.raises(TrainingError, match=r"^A-01\.jsonl, line 2 is not a family"):
        read_families(tmp_path)


def test_an_unknown_role_is_refused_by_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"(?s)^A-01\.jsonl, line 1 .*'z'"):
        read_families(written(tmp_path, "az"))
