import json
from pathlib import Path

import pytest

from bot.encoder import open_encoder
from tests.benchmarks.companies import main, measured, run, show
from tests.benchmarks.truth import DUPLICATE, SPLIT, Ids, Members, Truth, agreement, read_truth, same_problems
from tests.planning.transfer.given import Scattered
from tests.shared_data import shared_data

EXACT = ("contact_collision", "resource_contention", "metric_conflict")


def ids(*names: str) -> Ids:
    return frozenset(names)


def truth(**kinds: list[Ids]) -> Truth:
    return Truth({kind: {one: f"why {sorted(one)}" for one in groups} for kind, groups in kinds.items()}, {})


def found(*groups: Ids) -> dict[Ids, str]:
    return dict.fromkeys(groups, "because")


def test_what_is_found_is_right_missed_or_false() -> None:
    known = truth(metric_conflict=[ids("A", "B"), ids("C", "D")])

    it = agreement("metric_conflict", found(ids("A", "B"), ids("A", "D")), known)

    assert (it.truth, it.found, it.right) == (2, 2, 1)
    assert [miss.ids for miss in it.misses] == [("C", "D")]
    assert [(alarm.ids, alarm.why) for alarm in it.false_alarms] == [(("A", "D"), "because")]
    assert (it.precision, it.recall) == (0.5, 0.5)


def test_nothing_found_and_nothing_known_have_no_share() -> None:
    it = agreement("metric_conflict", {}, truth())

    assert (it.precision, it.recall) == (None, None)


def test_a_pair_of_one_split_problem_is_neither_a_right_nor_a_wrong_duplicate() -> None:
    known = truth(**{DUPLICATE: [ids("A", "B")], SPLIT: [ids("A", "B", "C")]})

    it = agreement(DUPLICATE, found(ids("A", "B"), ids("A", "C"), ids("A", "D")), known)

    assert (it.right, it.apart, it.precision) == (1, 1, 0.5)


def test_split_problems_agree_by_their_members() -> None:
    known = truth(**{SPLIT: [ids("A", "B", "C"), ids("D", "E")]})

    assert same_problems([ids("A", "B", "X"), ids("D", "Y")], known) == Members(problems=1, right=2, told=3, wanted=3)


def test_the_truth_of_a_company_is_read_from_its_three_files(tmp_path: Path) -> None:
    (tmp_path / "truth.csv").write_text("kind,ids,why\nduplicate_effort,A+B,the same\n")
    (tmp_path / "gaps.csv").write_text("kind,subject,why\nstage_without_owner,Claim,nobody\n")
    (tmp_path / "near_misses.csv").write_text("ids,why\nA+C,not the same\n")

    read = read_truth(tmp_path)

    assert read.kinds == {DUPLICATE: {ids("A", "B"): "the same"}, "stage_without_owner": {ids("Claim"): "nobody"}}
    assert read.near_misses == {ids("A", "C"): "not the same"}


@pytest.mark.parametrize("name", ["grocery", "hospital", "insurer", "saas", "telecom"])
def test_what_plans_say_outright_is_found_exactly(name: str) -> None:
    report = measured(shared_data(f"companies/{name}"), Scattered())

    judged = {kind: it for kind, it in report.kinds.items() if kind not in (DUPLICATE, SPLIT)}

    assert {kind: (it.misses, it.false_alarms) for kind, it in judged.items()} == dict.fromkeys(judged, ((), ()))
    assert {*EXACT} < judged.keys()
    assert report.members.problems == len(read_truth(shared_data(f"companies/{name}")).kinds[SPLIT])


def test_a_folder_is_told_in_json_and_the_table_lists_each_miss_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--company", str(shared_data("companies/insurer")), "--json"])
    report = json.loads(capsys.readouterr().out)

    show(report)

    shown = capsys.readouterr().out
    assert report["companies"]["insurer"]["kinds"]["resource_contention"]["recall"] == 1.0
    assert "missed duplicate_effort HM-069+HM-095: Both want to tell each household" in shown
    assert "Planted duplicates, with structure: " in shown


def test_a_company_that_is_named_is_read_by_the_packaged_encoder() -> None:
    assert run([shared_data("companies/insurer")])["encoder"] == open_encoder().version


def test_planted_duplicates_and_near_misses_are_all_scored() -> None:
    report = measured(shared_data("companies/insurer"), Scattered())

    assert {(len(it.duplicates), len(it.near_misses)) for it in report.planted.values()} == {(13, 20)}


def test_a_folder_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"truth\.csv"):
        main(["--company", str(tmp_path)])
