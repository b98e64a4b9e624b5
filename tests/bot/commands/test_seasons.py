from pathlib import Path

from tests.bot.commandline import Concord, told


def test_the_pack_is_written_with_its_figures(filled: Concord, tmp_path: Path) -> None:
    answer = told(filled("season", "--quarter", "2027-Q1", "--to", "out/pack.pdf", "--json"))

    assert answer["quarter"] == "2027-Q1"
    assert (tmp_path / "out" / "pack.pdf").read_bytes().startswith(b"%PDF")


def test_a_quarter_that_is_none_is_refused(filled: Concord) -> None:
    result = filled("season", "--quarter", "soon", "--to", "pack.pdf")

    assert result.exit_code == 1
    assert "Which quarter?" in result.stderr
