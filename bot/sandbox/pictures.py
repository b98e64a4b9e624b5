"""Which uploaded pictures a block may show by now."""

from collections.abc import Callable

from bot.sandbox.faults import Faults
from bot.sandbox.state import Workspace

PROCESSING = "files.info"


def is_processed(faults: Faults) -> bool:
    """Whether files are finished at once; a `slow` fault on files.info says no."""
    fault = faults.pending(PROCESSING)
    return fault is None or fault.order.kind != "slow"


def ask_whether_processed(workspace: Workspace) -> bool:
    """The same, and each time it is asked brings the file nearer to being finished."""
    processed = is_processed(workspace.faults)
    if not processed:
        workspace.faults.strike(PROCESSING)
    return processed


def may_show(workspace: Workspace) -> Callable[[str], bool]:
    """A test for slack_file: a finished picture, named by id or by its address."""

    def test(name: str) -> bool:
        file = workspace.files.find(name.rsplit("/", 1)[-1])
        return file is not None and file.is_complete and file.is_image and is_processed(workspace.faults)

    return test
