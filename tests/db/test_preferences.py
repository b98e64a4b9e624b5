from datetime import time

from db.registers import SqlRegisters
from planning.alerts.preferences import Preferences
from tests.planned import preferences


def test_preferences_come_back_as_they_were_saved(company: SqlRegisters) -> None:
    wanted = preferences(begins=time(7, 30), ends=time(0), weekdays=frozenset({1, 6}))
    for saved in (preferences(), wanted):
        with company.writing() as register:
            register.preferences.save(saved)

    with company.reading() as register:
        assert register.preferences.of(1) == wanted
        assert register.preferences.all() == {1: wanted}


def test_who_never_said_has_the_usual_ones(company: SqlRegisters) -> None:
    with company.reading() as register:
        assert register.preferences.of(2) == Preferences(2)
