"""`concord run`, `concord serve` and `concord demo`."""

from bot.commands.opening import Fault
from bot.settings import Settings


def run_bot(settings: Settings) -> None:
    """Serve until told to stop."""
    from bot.running import run
    from bot.starting import CannotStart

    try:
        run(settings)
    except CannotStart as error:
        raise Fault(str(error)) from error


def run_server(settings: Settings) -> None:
    """Serve many workspaces until told to stop."""
    from bot.serving.server import serve
    from bot.starting import CannotStart

    try:
        serve(settings)
    except CannotStart as error:
        raise Fault(str(error)) from error


def run_demo(port: int, *, browser: bool) -> None:
    """Show the product until told to stop."""
    from bot.demo.processes import NotStarted
    from bot.demo.showing import show

    try:
        show(port, browser=browser)
    except NotStarted as error:
        raise Fault(str(error)) from error
