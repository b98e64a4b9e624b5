from pathlib import Path

import pytest

from bot.commands.digests import print_digest
from bot.printing import Screen
from handlers.views.decisions import Standing
from tests.bot.commandline import Concord, told
from tests.builders import digest
from tests.handlers.views.test_digests import decision


def test_the_digest_is_printed_and_nothing_is_sent(filled: Concord) -> None:
    text = filled("digest", "--dry-run").stdout

    assert "3 live initiatives of 2 departments" in text
    assert "on CX-1 and CX-2" in text
    assert "It has no schedule yet" in text


def test_programs_get_its_values_and_the_picture_is_drawn(filled: Concord, tmp_path: Path) -> None:
    answer = told(filled("digest", "--dry-run", "--json", "--png", "out/map.png"))

    assert answer["waiting_total"] == 1
    assert (tmp_path / "out" / "map.png").read_bytes().startswith(b"\x89PNG")


def test_sending_is_left_to_slack(filled: Concord) -> None:
    result = filled("digest")

    assert (result.exit_code, "--dry-run" in result.stderr) == (2, True)


def test_decisions_are_printed_with_what_waiting_costs_and_what_is_proposed(capsys: pytest.CaptureFixture[str]) -> None:
    made = digest(decisions=(decision(),), decisions_total=1, decided=("CX-3 and CX-4: Edda left it as it is.",))
    print_digest(Screen(), made, {7: Standing(proposed="CX-1 begins later.")})

    text = capsys.readouterr().out
    assert "Decisions asked of you (1" in text
    assert "What waiting costs: Marketing and Claims pay for the same work" in text
    assert "Concord proposes: CX-1 begins later." in text
    assert "Edda left it as it is." in text
