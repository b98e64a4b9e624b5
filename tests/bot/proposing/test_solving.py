import subprocess
import sys

START = """
import sys, bot.running
assert not [name for name in sys.modules if name.split(".")[0] in ("ortools", "matplotlib")]
from bot.proposing.solving import warm_up
warm_up()
assert "planning.proposals.solving" in sys.modules
"""


def test_the_bot_starts_without_the_solver_which_is_loaded_behind_its_back() -> None:
    subprocess.run([sys.executable, "-c", START], check=True)
