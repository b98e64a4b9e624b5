from db.registers import SqlRegisters
from planning.scoreboard.composing import scoreboard
from planning.scoreboard.values import Scoreboard
from tests.asked import naming_result, poll
from tests.builders import NOW, measurement, metric, reading


def test_a_new_company_is_told_what_would_make_each_part_known(company: SqlRegisters) -> None:
    with company.reading() as register:
        board = scoreboard(register, NOW)

    assert board == Scoreboard()
    assert len(board.unknown) == 6


def test_the_scoreboard_is_read_from_what_is_on_record(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.metrics.add(metric())
        register.readings.add_all([reading(), reading(value=50, version=2)])
        register.polls.add(poll(closed_at=NOW, next_at=None, result=naming_result()))
        register.measurements.save(measurement())
    with company.reading() as register:
        board = scoreboard(register, NOW)

    assert board.metrics is not None
    assert board.metrics.lines[0].points[-1].value == 50
    assert board.agreement is not None
    assert board.agreement.index is not None
    assert board.mirror is not None
    assert len(board.unknown) == 3
