"""Start a local Slack workspace: python -m bot.sandbox --workspace FILE.json [--port 8765]."""

import argparse
import json
import sys
from pathlib import Path

from pydantic import ValidationError

from bot.sandbox.server import HOST, Sandbox, serve
from bot.sandbox.workspace import WorkspaceFile


def main() -> int:
    """Read the workspace file and serve it until a signal ends it."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox", description="A local Slack workspace for trying things."
    )
    parser.add_argument("--workspace", type=Path, required=True, help="the workspace file (JSON)")
    parser.add_argument("--port", type=int, default=8765, help=f"port on {HOST}; 0 takes a free one")
    options = parser.parse_args()
    try:
        serve(WorkspaceFile.read(options.workspace), options.port, _announce)
    except ValidationError as error:
        sys.stderr.write(f"{options.workspace} cannot be used: {error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"{options.workspace} on {HOST}:{options.port} cannot be started: {error}\n")
        return 2
    return 0


def _announce(sandbox: Sandbox) -> None:
    sys.stderr.write(f"Local workspace on {HOST} only, for trying and testing; nothing here reaches Slack.\n")
    sys.stdout.write(json.dumps({"url": sandbox.url, "api_url": sandbox.api_url}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
