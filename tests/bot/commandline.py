"""What tests of the command line share."""

import json
from collections.abc import Callable
from typing import Any

from typer.testing import Result

Concord = Callable[..., Result]
"""Runs a command: its words as arguments."""

FILE = (
    "id,title,problem,department,owner,status,start,end\n"
    "1,Shorter calls,Customers wait for ten minutes on the phone,Claims,Ada,active,2027-01-04,2027-03-01\n"
    "2,Shorter calls,Customers wait for ten minutes on the phone,Sales,Bo,planned,2027-02-01,2027-04-01\n"
    "3,<b>[red]Letters[/red],Nobody understands them,Sales,,On Track,2027-02-01,Ongoing\n"
    "4,,A row without a title,Sales,,planned,,\n"
)
"""A tracker's export with an overlap, a word for no date and a bad row."""


def told(result: Result) -> Any:
    """The JSON that a command printed."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)
