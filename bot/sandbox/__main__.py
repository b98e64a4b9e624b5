"""Start a local Slack: python -m bot.sandbox --workspace FILE.json | --provider FILE.json [--port 8765]."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.sandbox import server
from bot.sandbox.provider import server as provider
from bot.sandbox.provider.file import ProviderFile
from bot.sandbox.server import HOST, Sandbox
from bot.sandbox.workspace import WorkspaceFile


def main() -> int:
    """Read the file and serve what is in it until a signal ends it."""
    options = _options()
    file = options.workspace or options.provider
    try:
        if options.workspace:
            server.serve(WorkspaceFile.read(file), options.port, _announce_workspace)
        else:
            provider.serve(ProviderFile.read(file), options.port, lambda running: _announce(running.announcement))
    except ValidationError as error:
        sys.stderr.write(f"{file} cannot be used: {error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"{file} on {HOST}:{options.port} cannot be started: {error}\n")
        return 2
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox", description="A local Slack workspace, or several, for trying things."
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--workspace", type=Path, help="the file of one workspace with the app in it (JSON)")
    what.add_argument("--provider", type=Path, help="the file of workspaces that install the app by OAuth (JSON)")
    parser.add_argument("--port", type=int, default=8765, help=f"port on {HOST}, others follow; 0 takes free ones")
    return parser.parse_args()


def _announce_workspace(sandbox: Sandbox) -> None:
    _announce({"url": sandbox.url, "api_url": sandbox.api_url})


def _announce(place: dict[str, Any]) -> None:
    sys.stderr.write(f"Local workspace on {HOST} only, for trying and testing; nothing here reaches Slack.\n")
    sys.stdout.write(json.dumps(place) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
