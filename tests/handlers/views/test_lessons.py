from handlers.views.lessons import lessons_message
from planning.findings.learning import Lesson, learnt
from planning.findings.values import Choice, Rule
from tests.builders import finding, found, verdict
from tests.handlers.views.limits import accepted, words


def test_without_verdicts_every_rule_says_so_and_from_which_score_it_tells() -> None:
    said = words(lessons_message(learnt([]), {}))

    assert said.count("nobody has judged one yet.") == 6
    assert "Told from a score of" in said
    assert "Always told." in said


def test_a_judged_rule_shows_its_precision_with_its_interval_and_the_method() -> None:
    dismissed = [
        finding(id=n, found=found(1, n), verdict=verdict(Choice.DIFFERENT, found(1, n), by=n)) for n in range(2, 6)
    ]
    useful = finding(id=9, found=found(1, 9), verdict=verdict(Choice.PLAN, found(1, 9)))
    shown = lessons_message(learnt([*dismissed, useful]), {})

    assert "1 of 5 judged was worth telling, 20% [" in words(shown)
    assert "; from tonight " in words(shown)
    assert "95% confidence" in words(shown)
    assert "1 of 5 judged" in shown.text
    accepted(shown)


def test_the_threshold_in_force_is_told() -> None:
    lessons = {Rule.SPLIT_PROBLEM: Lesson(10, 5, 0.2, 0.8, 0.7)}

    assert "Told from a score of 0.70." in words(lessons_message(lessons, {Rule.SPLIT_PROBLEM: 0.7}))
