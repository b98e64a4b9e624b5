from db.registers import SqlRegisters
from handlers.scores import show_scores
from handlers.views.trends import panels, trends_key
from planning.scoreboard.composing import scoreboard
from tests.builders import NOW, lead, metric, reading, steward
from tests.handlers.slack import Desk
from tests.handlers.views.limits import elements, words


def test_the_scores_are_told_on_request(company: SqlRegisters, desk: Desk) -> None:
    with company.writing() as register:
        register.metrics.add(metric())
    said = words(show_scores(desk.call()))

    assert "Satisfaction: \n? not known yet: no reading yet, target 60 points" in said
    assert "Not known yet. " not in said


def test_a_steward_is_told_what_would_make_the_rest_known(company: SqlRegisters) -> None:
    keeper = Desk(company, lead(1, id=1, roles=steward().roles))

    assert "“/cx agree”" in words(show_scores(keeper.call()))


def test_the_picture_is_shown_when_slack_has_it(company: SqlRegisters, desk: Desk) -> None:
    with company.writing() as register:
        register.metrics.add(metric())
        register.readings.add_all([reading(on=NOW.date().replace(day=1, month=1)), reading(value=48)])
        register.pictures.keep(trends_key(panels(scoreboard(register, NOW), 6)), "F1", NOW)
    (image,) = elements(show_scores(desk.call()), "image")

    assert image["slack_file"] == {"id": "F1"}
