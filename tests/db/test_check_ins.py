from db.registers import SqlRegisters
from planning.checkins.values import CheckIn, Standing
from tests.builders import NOW, at, draft, vector


def test_the_newest_and_the_newest_answered_are_told_apart(company: SqlRegisters) -> None:
    with company.writing() as register:
        for n in (1, 2):
            register.initiatives.add(draft(), vector(n), NOW)
        old = CheckIn(0, 1, 1, NOW, Standing.STUCK, "No people.", NOW)
        kept = register.check_ins.add_all([old, CheckIn(0, 2, 1, NOW), CheckIn(0, 1, 1, at(28))])

    with company.reading() as register:
        assert register.check_ins.latest([1, 2, 3]) == {1: kept[0]}
        assert register.check_ins.newest([1, 2, 3]) == {1: kept[2], 2: kept[1]}
        assert register.check_ins.asked(1, NOW) == kept[:2]
        assert register.check_ins.since(at(1)) == [kept[2]]
