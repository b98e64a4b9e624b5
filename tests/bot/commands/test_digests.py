from pathlib import Path

from tests.bot.commandline import Concord, told


def test_the_digest_is_printed_and_nothing_is_sent(filled: Concord) -> None:
    text = filled("digest", "--dry-run").stdout

    assert "3 live initiatives of 2 departments" in text
    assert "CX-1 + CX-2" in text
    assert "It has no schedule yet" in text


def test_programs_get_its_values_and_the_picture_is_drawn(filled: Concord, tmp_path: Path) -> None:
    answer = told(filled("digest", "--dry-run", "--json", "--png", "out/map.png"))

    assert answer["waiting_total"] == 1
    assert (tmp_path / "out" / "map.png").read_bytes().startswith(b"\x89PNG")


def test_sending_is_left_to_slack(filled: Concord) -> None:
    result = filled("digest")

    assert (result.exit_code, "--dry-run" in result.stderr) == (2, True)
