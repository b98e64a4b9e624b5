from pathlib import Path

import pytest

from planning.similarity.training.judgements import Judgement, judged_sets, read_judgements
from planning.similarity.training.texts import Judged, Told, TrainingError
from tests.planning.similarity.training.given import known
from tests.planning.transfer.given import planned
from tests.shared_data import shared_data

PORTFOLIO = (
    "id,department,owner,title,problem,status,cost\n"
    "7,Claims,Ada,Letters,Too long,planned,12\n"
    '8, Billing ,Ben,"Calls, fewer","People ring us.\nEvery month.",idea,3\n'
    "9,Sales,Cy,Offers,Nobody reads them,active,\n"
)
HEADER = "set,portfolio,id_a,id_b,grade_1,grade_2\n"


def said(first: str = "7", second: str = "8", grade: float = 3, **other: str) -> Judgement:
    return Judgement(**{"set": "one", "portfolio": "portfolio.csv"} | other, first=first, second=second, grade=grade)


def sets_of(folder: Path, *judgements: Judgement, text: str = PORTFOLIO) -> list[Judged]:
    (folder / "portfolio.csv").write_text(text, encoding="utf-8")
    return judged_sets(judgements, folder)


@pytest.mark.parametrize(("cells", "grade"), [("1,2", 1.5), ("1,", 1.0), ("1, ", 1.0), ("0,3", 1.5)])
def test_the_grade_is_the_mean_of_those_who_judged(tmp_path: Path, cells: str, grade: float) -> None:
    file = tmp_path / "judgements.csv"
    file.write_text(f"{HEADER}one,portfolio.csv,7,8,{cells}\n")

    assert read_judgements(file) == [said(grade=grade)]


def test_a_file_of_one_reader_needs_no_second_column(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    file.write_text("set,portfolio,id_a,id_b,grade_1\none,portfolio.csv,7,8,2\n")

    assert read_judgements(file) == [said(grade=2)]


def test_a_judged_initiative_says_what_the_import_reads(tmp_path: Path) -> None:
    [one] = sets_of(tmp_path, said("7", "8"), said("8", "9"))

    drafts = [row.draft for row in planned(PORTFOLIO).rows]
    assert list(one.told) == [Told(draft.department, draft.title, draft.problem) for draft in drafts]


def test_other_names_of_columns_are_understood(tmp_path: Path) -> None:
    text = "source_id,agency,title,description\n7,Claims,Letters,Too long\n8,Billing,Calls,People ring us.\n"

    [one] = sets_of(tmp_path, said(), text=text)

    assert one.told[0] == Told("Claims", "Letters", "Too long")


@pytest.mark.parametrize("again", [("7", "8"), ("8", "7")], ids=["the same way", "turned round"])
def test_the_first_judgement_of_a_pair_counts(tmp_path: Path, again: tuple[str, str]) -> None:
    [one] = sets_of(tmp_path, said("7", "8", 3), said(*again, 1))

    assert known([one]) == {frozenset({"Letters", "Calls, fewer"}): 3}


def test_of_a_pair_that_nobody_judged_nothing_is_known(tmp_path: Path) -> None:
    [one] = sets_of(tmp_path, said("7", "8"), said("9", "8", 1))

    assert frozenset({"Letters", "Offers"}) not in known([one])


def test_only_judged_initiatives_are_in_a_set(tmp_path: Path) -> None:
    [one] = sets_of(tmp_path, said("9", "7"))

    assert [told.title for told in one.told] == ["Offers", "Letters"]


def test_sets_come_in_the_order_in_which_they_are_named(tmp_path: Path) -> None:
    sets = sets_of(tmp_path, said(set="two"), said(set="one"), said("8", "9", set="two"))

    assert [(one.name, len(one.told)) for one in sets] == [("two", 3), ("one", 2)]


def test_an_initiative_that_its_portfolio_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"^portfolio\.csv has no initiative 10,"):
        sets_of(tmp_path, said("7", "10"))


def test_a_portfolio_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"speak of elsewhere\.csv, which is not below"):
        sets_of(tmp_path, said(portfolio="elsewhere.csv"))


def test_every_judgement_of_the_benchmark_finds_its_pair() -> None:
    judgements = read_judgements(shared_data("gold") / "judgements.csv")

    sets = judged_sets(judgements, shared_data(""))

    pairs = {(each.set, frozenset({each.first, each.second})) for each in judgements}
    assert sum(len(one.pairs) for one in sets) == len(pairs)
