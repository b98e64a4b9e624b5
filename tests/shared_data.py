"""The real data beside the checkout."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "data"


def shared_data(name: str) -> Path:
    """A file or folder of the real data; skips the test, saying so, where the whole folder is missing."""
    if not FOLDER.is_dir():
        pytest.skip("the real data (../shared/data) is not beside this checkout")
    return FOLDER / name
