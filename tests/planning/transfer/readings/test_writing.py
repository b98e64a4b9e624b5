from db.registers import SqlRegisters
from planning.metrics.readings import Via
from planning.metrics.recording import Recorded
from planning.transfer.readings.telling import OWN_HEADER, Readings, readings_told
from tests.builders import NOW, metric
from tests.planning.transfer.readings.given import taken

TEXT = "metric,on,value,respondents\n=Joy,2027-01-31,41,300\n=Joy,2027-02-28,-40.5,\n"


def test_the_same_file_again_changes_nothing(company: SqlRegisters) -> None:
    with company.writing() as register:
        first = taken(register, TEXT, new_metrics=True)
        entries = len([*register.audit.since(None)])
        again = taken(register, TEXT, new_metrics=True)

        assert (first, again) == (Recorded(2, 0, 0), Recorded(0, 0, 2))
        assert len([*register.audit.since(None)]) == entries


def test_what_is_taken_in_is_on_record_with_how_it_came(company: SqlRegisters) -> None:
    with company.writing() as register:
        taken(register, TEXT, new_metrics=True)
        (made,) = register.metrics.all()
        readings = register.readings.of(made.id)[made.id]
        verbs = [entry.verb for entry in register.audit.since(None)]

    assert [(one.value, one.via, one.by, one.recorded_at) for one in readings] == [
        (41, Via.FILE, None, NOW),
        (-40.5, Via.FILE, None, NOW),
    ]
    assert {"metric.imported", "readings.taken", "metric.read"} <= set(verbs)


def test_an_export_is_taken_back_and_changes_nothing(company: SqlRegisters) -> None:
    with company.writing() as register:
        taken(register, TEXT, new_metrics=True)
        amended = taken(register, "metric,on,value\n=Joy,2027-01-31,42\n")
        names = {one.id: one.name for one in register.metrics.all()}
        said = Readings.of(register)
        text = readings_told(said.counting, names)
        again = taken(register, text)

    assert amended.amended == 1
    assert text.encode().startswith(OWN_HEADER)
    assert "'=Joy,2027-02-28,'-40.5,,1," in text
    assert again == Recorded(0, 0, 2)
    assert [(one.value, one.version) for one in said.amended] == [(41, 1)]


def test_a_known_metric_stays_as_its_steward_set_it(company: SqlRegisters) -> None:
    with company.writing() as register:
        known = register.metrics.add(metric(stage=None, owner=None, feeds=None, unit="points"))
        taken(register, f"metric,on,value,unit\n{known.name},2027-01-31,41,euros\n", new_metrics=True)

        assert register.metrics.all() == [known]
