from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planning.similarity import Floats
from planning.similarity.training.judgements import Judgement, read_judgements
from tests.benchmarks.gold import (
    NoSuchPortfolio,
    Pool,
    pools,
    portfolio_for,
    read_portfolio,
)
from tests.planning.transfer.given import Scattered

JUDGED = "set,portfolio,id_a,id_b,grade_1,grade_2\ntown,town.csv,T1,T2,2,1\ntown,town.csv,T1,T3,1,\n"
TOWN = (
    "source_id,department,title,description,start,end\n"
    "T1,Roads,Fix the bridge,It is closed.,2027-01-01,2027-03-31\n"
    "T2,Buses,A bus over the bridge,People walk.,2027-02-01,2027-04-30\n"
    "T3,Parks,Plant trees,It is hot.,,\n"
)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The folder of a portfolio and the judgements of its pairs."""
    (tmp_path / "town.csv").write_text(TOWN)
    (tmp_path / "judgements.csv").write_text(JUDGED)
    return tmp_path


def pool_of(town: Path) -> Pool:
    (pool,) = pools(read_judgements(town / "judgements.csv"), [town / "town.csv"], Scattered())
    return pool


def test_a_grade_is_the_mean_of_its_readers(town: Path) -> None:
    assert [judgement.grade for judgement in read_judgements(town / "judgements.csv")] == [1.5, 1.0]


def test_a_pool_has_the_pairs_and_what_they_share(town: Path) -> None:
    pool = pool_of(town)

    assert [[pool.initiatives[row].source_id for row in pair] for pair in pool.pairs] == [["T1", "T2"], ["T1", "T3"]]
    assert pool.positive.tolist() == [True, False]
    assert pool.texts[0] == "Fix the bridge. It is closed."
    assert pool.evidence.shape == (2, 7)


def test_cosines_are_of_the_texts(town: Path) -> None:
    pool = pool_of(town)

    rows: Floats = Scattered().encode(pool.texts)
    assert pool.cosines == pytest.approx([rows[0] @ rows[1], rows[0] @ rows[2]], abs=0.01)


def test_a_part_of_a_pool_keeps_what_belongs_together(town: Path) -> None:
    whole = replace(pool_of(town), before=np.array([0.2, 0.4]))

    part = whole.only(np.array([False, True]))

    assert part.grades.tolist() == [1.0]
    assert part.before == [0.4]
    assert part.probabilities.tolist() == whole.probabilities[1:].tolist()


@pytest.mark.parametrize("name", ["companies/two/initiatives.csv", "initiatives.csv"])
def test_the_only_portfolio_is_meant_whatever_its_name(name: str) -> None:
    assert portfolio_for(name, [Path("/mine/portfolio.csv")]) == Path("/mine/portfolio.csv")


def test_a_portfolio_is_found_by_the_end_of_its_path() -> None:
    one, two = Path("/mine/companies/one/initiatives.csv"), Path("/mine/companies/two/initiatives.csv")

    assert portfolio_for("companies/two/initiatives.csv", [one, two]) == two


def test_a_portfolio_that_is_not_given_is_asked_for() -> None:
    with pytest.raises(NoSuchPortfolio, match=r"name that file with --portfolio"):
        portfolio_for("town.csv", [Path("/mine/one.csv"), Path("/mine/two.csv")])


def test_an_initiative_that_the_portfolio_lacks_is_named(town: Path) -> None:
    unknown = Judgement("town", "town.csv", "T1", "T9", 2.0)

    with pytest.raises(NoSuchPortfolio, match="T9"):
        pools([unknown], [town / "town.csv"], Scattered())


def test_a_portfolio_is_read_as_an_import_reads_it(town: Path) -> None:
    first, _, last = read_portfolio(town / "town.csv")

    assert first.window is not None
    assert last.window is None
