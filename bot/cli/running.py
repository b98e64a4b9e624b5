"""The bot itself: `concord demo`, `concord run` and `concord serve`."""

from typing import Annotated

import typer

from bot.cli.options import Commands, plainly, settings_of


def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the page is served; 0 means any free port.")
    ] = 8765,
    browser: Annotated[bool, typer.Option(help="Open the page.")] = True,
) -> None:
    """Try Concord in the browser, with a sample company and no Slack account."""
    from bot.commands.running import run_demo

    with plainly():
        run_demo(port, browser=browser)


def run(context: typer.Context) -> None:
    """Run the bot in your Slack workspace, by Socket Mode."""
    from bot.commands.running import run_bot

    with plainly():
        run_bot(settings_of(context))


def serve(context: typer.Context) -> None:
    """Serve the workspaces that install Concord, by HTTP and OAuth."""
    from bot.commands.running import run_server

    with plainly():
        run_server(settings_of(context))


COMMANDS: Commands = {"demo": demo, "run": run, "serve": serve}
