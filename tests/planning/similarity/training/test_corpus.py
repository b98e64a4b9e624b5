"""The families that this product brings along."""

import json
from collections import Counter
from collections.abc import Iterator

from planning.similarity.training.families import CORPUS, Role, read_families
from planning.similarity.training.texts import Judged


def every_family() -> Iterator[Judged]:
    return (family for folder in CORPUS.iterdir() for families in read_families(folder) for family in families)


def roles() -> Iterator[tuple[str, Counter[Role]]]:
    """File and line of each family, and how many initiatives of it have each role."""
    for path in sorted(CORPUS.rglob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.name} {number}", Counter(Role(role) for role, *_ in json.loads(line)["i"])


def test_every_line_of_every_file_is_a_family() -> None:
    assert len(list(every_family())) == len(list(roles())) > 0


def test_every_family_has_one_anchor() -> None:
    assert [place for place, count in roles() if count[Role.ANCHOR] != 1] == []


def test_every_family_tells_the_same_work_again() -> None:
    assert [place for place, count in roles() if not count[Role.SAME]] == []


def test_no_text_is_there_twice() -> None:
    count = Counter(" ".join(told.text.casefold().split()) for family in every_family() for told in family.told)

    assert [text for text, times in count.items() if times > 1] == []


def test_no_initiative_is_without_a_title() -> None:
    assert [told.problem for family in every_family() for told in family.told if not told.title.strip()] == []
