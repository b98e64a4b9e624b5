from dataclasses import replace

import pytest

from planning.journey.telling import told_of
from planning.journey.values import Journey, Touchpoint
from tests.builders import hand_off, journey, segment, stage, touchpoint

NOW = journey("Join", "Use", "Renew", hand_offs=(hand_off(),))


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (NOW, ()),
        (
            replace(NOW, stages=(*NOW.stages, stage(id=4, name="Leave", position=4))),
            ("New stages: “Leave”.",),
        ),
        (replace(NOW, stages=NOW.stages[:2]), ("Taken out of the stages: “Renew”.",)),
        (
            replace(NOW, stages=(replace(NOW.stages[0], name="Enter"), *NOW.stages[1:])),
            ("“Join” is called “Enter” now.",),
        ),
        (
            replace(NOW, stages=(replace(NOW.stages[0], intent="Calm.", weight=5), *NOW.stages[1:])),
            ("“Join” has another intent and another weight.",),
        ),
        (
            replace(NOW, stages=(replace(NOW.stages[0], position=9), *NOW.stages[1:])),
            ("The order is “Use”, “Renew”, “Join” now.",),
        ),
        (replace(NOW, hand_offs=()), ("Hand-offs that were taken out: “Join → Use”.",)),
        (
            replace(NOW, hand_offs=(*NOW.hand_offs, hand_off(id=2, before=2, after=3))),
            ("Hand-offs that are new: “Use → Renew”.",),
        ),
        (
            replace(NOW, hand_offs=(hand_off(giver=None, metric=1),)),
            ("Hand-off “Join → Use” has another giver and another metric.",),
        ),
        (
            replace(NOW, hand_offs=(hand_off(after=3),)),
            ("The hand-off “Join → Use” is “Join → Renew” now.",),
        ),
        (
            replace(NOW, segments=(segment(parent=2, weight=5), segment(id=2, name="Everybody"))),
            (
                "New segments: “Everybody”.",
                "“Private customers” is part of “Everybody” now.",
                "“Private customers” has another weight.",
            ),
        ),
        (replace(NOW, touchpoints=(touchpoint(name="Mail"),)), ("“Email” is called “Mail” now.",)),
        (
            replace(NOW, touchpoints=tuple(Touchpoint(n, f"T{n}") for n in range(2, 12))),
            (
                "New touchpoints: “T2”, “T3”, “T4”, “T5”, “T6”, “T7”, “T8”, “T9” and 2 more.",
                "Taken out of the touchpoints: “Email”.",
            ),
        ),
    ],
)
def test_every_change_is_told_in_a_sentence(after: Journey, told: tuple[str, ...]) -> None:
    assert told_of(NOW, after) == told


def test_a_hand_off_that_goes_with_its_stage_needs_no_words() -> None:
    after = replace(NOW, stages=NOW.stages[1:], hand_offs=())

    assert told_of(NOW, after) == ("Taken out of the stages: “Join”.",)
