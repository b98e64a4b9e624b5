from dataclasses import replace

import pytest

from planning.findings.values import Kind
from planning.initiatives.values import Effect, Initiative, Request, Status
from planning.metrics.values import Direction
from planning.outbox.values import MessageKind
from planning.problems.values import Part
from planning.register import Register, Registers
from planning.transfer.values import TransferFault
from planning.workspace.values import Role
from tests.builders import NOW, draft, pool, vector, window
from tests.planning.transfer.given import Scattered, imported

FILE = (
    "id,title,department,owner,status,stages,cost\n1,Calls,Claims,Ada,active,Join,12\n2,Letters,Sales,,planned,Use,\n"
)


def all_of(registers: Registers) -> list[Initiative]:
    with registers.reading() as register:
        return register.initiatives.all()


def verbs(register: Register) -> list[str]:
    return [entry.verb for entry in register.audit.since(None) if not entry.verb.startswith("finding.")]


def test_rows_go_in_with_all_that_they_name(registers: Registers) -> None:
    with registers.writing() as register:
        result = imported(register, FILE)

    with registers.reading() as register:
        calls, letters = register.initiatives.all()
        assert result.counts == {"new": 2, "changed": 0, "unchanged": 0, "rejected": 0}
        assert (calls.reference, calls.source, calls.source_id) == ("CX-1", "tracker", "1")
        assert register.departments.by_id(calls.draft.department).name == "Claims"
        assert calls.draft.owner is not None
        owner = register.people.by_id(calls.draft.owner)
        assert (owner.name, owner.slack_id, owner.department) == ("Ada", None, calls.draft.department)
        assert letters.draft.owner is None
        assert calls.draft.extras == {"cost": "12"}
        assert [stage.name for stage in register.journeys.current().stages] == ["Join", "Use"]
        assert [version.told for version in register.journeys.versions(9)] == [("New stages: “Join”, “Use”.",)]
        assert verbs(register) == ["initiative.imported", "initiative.imported", "import.done"]


def test_the_same_file_twice_changes_nothing(registers: Registers) -> None:
    with registers.writing() as register:
        imported(register, FILE)
    before = all_of(registers)
    with registers.writing() as register:
        log = verbs(register)
        result = imported(register, FILE)
        assert verbs(register) == log

    assert result.counts == {"new": 0, "changed": 0, "unchanged": 2, "rejected": 0}
    assert all_of(registers) == before


def test_a_changed_row_is_updated_with_one_entry_that_says_what(registers: Registers) -> None:
    with registers.writing() as register:
        imported(register, FILE)
    with registers.writing() as register:
        imported(register, FILE.replace("active", "done").replace("Letters", "Clear letters"), "f2")

    with registers.reading() as register:
        calls, letters = register.initiatives.all()
        assert (calls.draft.status, letters.draft.title) == (Status.DONE, "Clear letters")
        entries = [e for e in register.audit.since(None) if e.verb in ("initiative.status", "initiative.amended")]
        assert [(e.verb, e.subject, e.details.get("fields")) for e in entries] == [
            ("initiative.status", "initiative:1", ["status"]),
            ("initiative.amended", "initiative:2", ["title"]),
        ]
        assert entries[0].details["to"] == "done"


def test_what_was_added_in_slack_stays_where_the_file_says_nothing(registers: Registers) -> None:
    with registers.writing() as register:
        imported(register, FILE)
    with registers.writing() as register:
        letters = register.initiatives.by_id(2)
        owned = replace(letters.draft, owner=register.people.all()[0].id, problem="Nobody understands them.")
        register.initiatives.save(replace(letters, draft=owned), vector())
    with registers.writing() as register:
        result = imported(register, FILE)

    assert result.counts["unchanged"] == 2


def test_an_owner_is_somebody_of_the_department_before_anybody_else(registers: Registers) -> None:
    with registers.writing() as register:
        claims, sales = register.departments.add("Claims"), register.departments.add("Sales")
        register.people.add("Ada", department=sales.id)
        of_claims = register.people.add("ada", department=claims.id)
        elsewhere = register.people.add("Bo", department=sales.id)
        imported(register, "id,title,department,owner\n1,Calls,Claims,Ada\n2,Letters,Claims,Bo\n3,Bills,Claims,Cy\n")

    owners = [initiative.draft.owner for initiative in all_of(registers)]
    assert owners[:2] == [of_claims.id, elsewhere.id]
    with registers.reading() as register:
        assert [person.name for person in register.people.all()] == ["Ada", "ada", "Bo", "Cy"]


def test_an_import_refreshes_the_findings_and_alerts_nobody(registers: Registers) -> None:
    same = (
        "id,title,department,owner\n1,Shorter calls for everybody,Claims,Ada\n2,Shorter calls for everybody,Sales,Bo\n"
    )
    with registers.writing() as register:
        claims = register.departments.add("Claims")
        register.people.add("Ada", slack_id="U0ADA", department=claims.id, roles=frozenset({Role.LEAD}))
        result = imported(register, same)

        assert result.opened(Kind.OVERLAP) == 1
        assert register.postings.revise(MessageKind.ALERT, result.findings.opened[0].id) == 0


def test_each_steward_in_slack_hears_once(registers: Registers) -> None:
    heard = []
    with registers.writing() as register:
        steward = frozenset({Role.STEWARD})
        register.people.add("Ada", slack_id="U0ADA", roles=steward)
        register.people.add("Bo", roles=steward)
        register.people.add("Cy", slack_id="U0CY")
        imported(register, FILE)
        heard.append(register.postings.revise(MessageKind.IMPORTED, 0))
        imported(register, FILE)
        heard.append(register.postings.revise(MessageKind.IMPORTED, 0))

    assert heard == [1, 1]


def test_when_it_fails_in_the_middle_nothing_is_left(registers: Registers) -> None:
    def fails(register: Register) -> None:
        imported(register, FILE)
        raise TransferFault("the power went out")

    with pytest.raises(TransferFault), registers.writing() as register:
        fails(register)

    with registers.reading() as register:
        assert (register.initiatives.all(), register.departments.all(), verbs(register)) == ([], [], [])


def test_an_initiative_of_slack_is_never_taken_for_one_of_a_file(registers: Registers) -> None:
    with registers.writing() as register:
        department = register.departments.add("Claims").id
        register.initiatives.add(draft(department=department), Scattered().encode(["x"])[0], NOW)
        imported(register, "id,title,department\nCX-1,Calls,Claims\n")

    assert [initiative.draft.title for initiative in all_of(registers)] == ["Clearer letters", "Calls"]


def test_a_metric_that_only_a_row_names_is_better_the_way_that_row_moves_it(registers: Registers) -> None:
    with registers.writing() as register:
        register.pools.add(pool(name="Writers"))
        imported(
            register,
            "id,title,department,metric_effects,requests,serves_problem,supplies\n"
            "1,Calls,Claims,Handling time:down,writers|2|2027-03-01|2027-03-12,Told it thrice,people\n"
            "2,Letters,Sales,NPS:up; handling time:up,,told it thrice,\n",
        )

    with registers.reading() as register:
        assert [(metric.name, metric.direction) for metric in register.metrics.all()] == [
            ("Handling time", Direction.DOWN),
            ("NPS", Direction.UP),
        ]
        (thrice,) = register.problems.all()
        calls, letters = register.initiatives.all()
    assert (calls.draft.serves, letters.draft.serves, calls.draft.supplies) == (thrice.id, thrice.id, (Part.PEOPLE,))
    assert calls.draft.requests == (Request(1, 2.0, window(days=12)),)
    assert letters.draft.effects == (Effect(2, Direction.UP), Effect(1, Direction.UP))
