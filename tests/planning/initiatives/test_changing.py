from db.registers import SqlRegisters
from planning.initiatives.changing import who_may_change
from tests.builders import NOW, draft, vector


def test_without_owner_and_lead_a_steward_is_asked(company: SqlRegisters) -> None:
    with company.writing() as register:
        claims = register.departments.add("Claims")
        one = register.initiatives.add(draft(department=claims.id), vector(1), NOW)

        assert who_may_change(register, one) == "CX-1 belongs to Claims; ask a steward to change it."
