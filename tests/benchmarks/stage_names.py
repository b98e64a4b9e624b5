"""Stage names as people write them, judged by hand: which of them name the same stage of a customer's experience.

The lists in stage_names.txt were written for this benchmark, each as people of different departments of one company may
answer a naming round, before any of them was measured; those that it calls “later” were written after the word families
of `planning.agreement.wording`, which were not changed for them. A line is one person's answer, in order, each name
with the concept that it is judged to mean.

The lists from the data beside this checkout are real vocabularies of journey stages and the journeys of its companies,
each as one answer; which of their names mean the same was judged by hand too.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.shared_data import FOLDER

Answers = Sequence[Sequence[tuple[str, str]]]
"""For each person the names in order, each with the concept that it is judged to mean."""
Groups = Mapping[str, Mapping[str, Answers]]
"""Group → set → its answers."""

FILE = Path(__file__).with_suffix(".txt")
VOCABULARIES: Mapping[str, str] = {
    "five_e": "aware start use leave advocate",
    "aarrr": "aware start loyal advocate pay",
    "tracardi_customer_journey": "aware consider buy loyal advocate",
}
"""For each real vocabulary of journey stages in D4, the concepts of its names in order."""
JOURNEYS: Mapping[str, str] = {
    "grocery": "consider start browse pay receive use help loyal leave",
    "hospital": "aware book prepare visit stay follow pay complain loss",
    "insurer": "aware buy start pay change claim renew loss leave",
    "saas": "aware buy start use help pay renew advocate leave",
    "telecom": "aware buy start use pay help move renew leave",
}
"""The same for the journeys of the companies; what one industry alone has is a concept of its own."""


def answers() -> Groups:
    """Every set of answers, those of the data where it is beside this checkout."""
    groups: dict[str, dict[str, Answers]] = {}
    for title, lines in _sections().items():
        group, _, name = title.partition(" ")
        if name:
            groups.setdefault(group, {})[name] = [_answer(line) for line in lines]
    return {**groups, "real": _real()} if FOLDER.is_dir() else groups


def measures() -> list[list[str]]:
    """Names of measures; those in one list are judged to be one."""
    return [line.split(" = ") for line in _sections()["measures"]]


def _sections() -> dict[str, list[str]]:
    parts = (part.splitlines() for part in FILE.read_text().split("\n\n"))
    return {title.strip("[]"): lines for title, *lines in parts}


def _answer(line: str) -> list[tuple[str, str]]:
    return [(name, concept) for name, _, concept in (part.partition(" = ") for part in line.split(" > "))]


def _real() -> dict[str, Answers]:
    known = {each["key"]: each["names"] for each in json.loads((FOLDER / "D4_vocabularies.json").read_text())}
    vocabularies = [_judged(known[key], said) for key, said in VOCABULARIES.items()]
    return {"vocabularies": vocabularies, "journeys": [_judged(_journey(key), said) for key, said in JOURNEYS.items()]}


def _journey(company: str) -> list[str]:
    told = json.loads((FOLDER / "companies" / company / "company.json").read_text())
    return [stage["name"] for stage in told["journey"]]


def _judged(names: Sequence[str], concepts: str) -> list[tuple[str, str]]:
    return list(zip(names, concepts.split(), strict=True))
