import json
from itertools import chain

import pytest

from planning.agreement.naming_index import FEWEST
from planning.agreement.wording import folded
from tests.benchmarks.naming import LEAST, VARIANTS, Counted, added, as_json, counted, harder, pieces_of, run, show
from tests.benchmarks.stage_names import JOURNEYS, VOCABULARIES, Groups, answers, measures
from tests.planning.agreement.given import Unreading
from tests.shared_data import shared_data

SHOP = [
    [("Find", "aware"), ("Checkout", "buy"), ("Use", "use")],
    [("Discover", "aware"), ("Purchase", "buy"), ("Enjoy", "use")],
    [("Hear", "aware"), ("Order", "buy"), ("Leave", "leave")],
]
GROUPS: Groups = {"written": {"shop": SHOP, "bank": SHOP[::-1], "club": SHOP[:2]}}


def test_pairs_are_counted_that_are_told_and_that_are_judged_to_be_one() -> None:
    assert counted([[0, 1], [2, 3]], ["a", "a", "b", "a"]) == Counted(told=2, true=3, right=1)


def test_several_sets_are_counted_as_one() -> None:
    assert added([Counted(4, 2, 1), Counted(2, 6, 2)]) == Counted(6, 8, 3)
    assert str(Counted(6, 8, 3)) == "0.50 0.38"
    assert Counted(6, 8, 3).balance == pytest.approx(6 / 14)


def test_words_for_one_step_are_told_as_one() -> None:
    pieces = pieces_of(SHOP, Unreading())

    assert counted(pieces.groups((0, 1, 0), 0.5), pieces.concepts) == Counted(7, 7, 7)
    assert pieces.off((0, 1, 0), 0.5) == 0


def test_harder_sets_keep_the_names_of_each_answer() -> None:
    groups = harder(GROUPS)

    assert [set(answer) for answer in groups["shuffled"][0]] == [set(answer) for answer in SHOP]
    assert [set(answer) for answer in groups["swapped"][0]] == [set(answer) for answer in SHOP]
    assert groups["swapped"][0] != SHOP
    assert groups["mixed"][0] == [SHOP[0], SHOP[2], SHOP[0]]


def test_the_tables_tell_every_variant_and_threshold(capsys: pytest.CaptureFixture[str]) -> None:
    report = run(GROUPS, Unreading())
    show(report)

    assert [row["name"] for row in report["variants"]] == list(VARIANTS)
    assert all(row["least"] in LEAST for row in report["thresholds"])
    assert json.loads(as_json(report)) == report
    assert "meaning, words and order" in capsys.readouterr().out


def test_a_name_has_one_concept_in_its_set_and_a_person_no_concept_twice() -> None:
    for said in chain.from_iterable(group.values() for group in answers().values()):
        concepts = {folded(name): concept for answer in said for name, concept in answer}

        assert all(concepts[folded(name)] == concept for answer in said for name, concept in answer)
        assert all(len({concept for _, concept in answer}) == len(answer) for answer in said)
        assert len(said) >= FEWEST


def test_the_names_of_the_data_are_judged_too() -> None:
    shared_data("D4_vocabularies.json")

    real = answers()["real"]

    assert [len(real["vocabularies"]), len(real["journeys"])] == [len(VOCABULARIES), len(JOURNEYS)]


def test_no_measure_is_in_two_lists() -> None:
    names = [name for line in measures() for name in line]

    assert len(set(names)) == len(names)
