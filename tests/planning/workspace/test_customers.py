import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import FieldError, NotAllowed
from planning.findings.values import Kind, Rule
from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Draft, Intent, Status
from planning.journey.values import Journey
from planning.text import NAME_MAX
from planning.workspace.customers import save_customers
from planning.workspace.values import Person
from tests.builders import NOW, contact, draft, lead, steward, vector

SAM, BO = steward(id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")
PRIVATE = ("Private customers", "")
"""The one segment of the company; its one touchpoint is Email."""


def saved(
    company: SqlRegisters, *segments: tuple[str, str], touchpoints: tuple[str, ...] = ("Email",), by: Person = SAM
) -> Journey:
    with company.writing() as register:
        return save_customers(register, segments, touchpoints, by, NOW)


def refused(company: SqlRegisters, *segments: tuple[str, str], touchpoints: tuple[str, ...] = ("Email",)) -> FieldError:
    with company.reading() as register:
        before = register.journeys.current()
    with pytest.raises(FieldError) as refusal:
        saved(company, *segments, touchpoints=touchpoints)
    with company.reading() as register:
        assert register.journeys.current() == before
    return refusal.value


def nested(journey: Journey) -> dict[str, str]:
    names = journey.segment_names()
    return {one.name: names[one.parent] if one.parent else "" for one in journey.segments}


def registered(company: SqlRegisters, one: Draft, seed: int = 1) -> None:
    with company.writing() as register:
        register_initiative(register, one, vector(seed), {}, SAM if one.department == 1 else BO, NOW)


def test_new_ones_are_added_and_what_they_are_part_of_needs_no_line(company: SqlRegisters) -> None:
    journey = saved(
        company, PRIVATE, ("Families", "Private customers"), ("Young families", "Families"), ("Tiny", "Firms")
    )

    assert nested(journey) == {
        "Private customers": "",
        "Families": "Private customers",
        "Young families": "Families",
        "Tiny": "Firms",
        "Firms": "",
    }


def test_the_same_name_is_the_same_one_whatever_its_letters(company: SqlRegisters) -> None:
    journey = saved(
        company, ("PRIVATE  customers", ""), ("Families", "private customers"), touchpoints=("email", "App")
    )

    assert journey.segment_names() == {1: "PRIVATE customers", 2: "Families"}
    assert journey.touchpoint_names() == {1: "email", 2: "App"}


def test_what_is_only_named_as_larger_keeps_its_own_letters(company: SqlRegisters) -> None:
    assert "Private customers" in nested(saved(company, ("Families", "private CUSTOMERS")))


def test_a_segment_moves_to_another_one_and_out_of_it(company: SqlRegisters) -> None:
    saved(company, PRIVATE, ("Families", "Private customers"))
    assert nested(saved(company, ("Private customers", "Families"), ("Families", ""))) == {
        "Private customers": "Families",
        "Families": "",
    }
    assert set(nested(saved(company, PRIVATE, ("Families", ""))).values()) == {""}


def test_what_nobody_uses_goes_with_its_line_parts_and_all(company: SqlRegisters) -> None:
    saved(company, PRIVATE, ("Families", "Private customers"), ("Young families", "Families"))
    journey = saved(company, ("Firms", ""), touchpoints=())

    assert (nested(journey), journey.touchpoints) == ({"Firms": ""}, ())


def test_what_is_used_stays_and_it_is_said_how_often(company: SqlRegisters) -> None:
    registered(company, draft(segments=(1,), contacts=(contact(),)))
    registered(company, draft(title="Second", segments=(1,), status=Status.DONE), seed=2)
    fault = refused(company, touchpoints=("App",))

    assert fault.errors.keys() == {"segments", "touchpoints"}
    told = "“Private customers” is used by 2 initiatives (CX-1 Clearer letters, CX-2 Second), finished ones included."
    assert told in fault.errors["segments"]
    assert "“Email” is used by 1 initiative (CX-1 Clearer letters)," in fault.errors["touchpoints"]


@pytest.mark.parametrize(
    ("segments", "told"),
    [
        ([PRIVATE, ("A", "B"), ("B", "a")], "part of itself"),
        ([PRIVATE, ("A", "A")], "part of itself"),
        ([PRIVATE, ("A", "B"), ("B", "C"), ("C", "B")], "part of itself"),
        ([PRIVATE, ("A", "B"), ("A", "C")], "part of both “B” and “C”"),
        ([PRIVATE, ("x" * (NAME_MAX + 1), "")], "at most 80 characters"),
    ],
    ids=["circle", "itself", "before a circle", "two larger ones", "long"],
)
def test_what_cannot_be_is_told_at_the_segments(
    company: SqlRegisters, segments: list[tuple[str, str]], told: str
) -> None:
    fault = refused(company, *segments)

    assert list(fault.errors) == ["segments"]
    assert told in str(fault)


def test_a_long_touchpoint_is_told_at_the_touchpoints(company: SqlRegisters) -> None:
    assert list(refused(company, PRIVATE, touchpoints=("Email", "x" * 81)).errors) == ["touchpoints"]


def test_contacts_collide_as_soon_as_their_customers_are_the_same(company: SqlRegisters, database: Database) -> None:
    saved(company, PRIVATE, ("Families", ""))
    registered(company, draft(contacts=(contact(segment=1, intent=Intent.CANCEL),)))
    registered(company, draft(department=2, contacts=(contact(segment=2, intent=Intent.WIN),)), seed=5)
    saved(company, PRIVATE, ("Families", "Private customers"))

    with company.reading() as register:
        (finding,) = register.findings.standing(Kind.OVERLAP)
    assert finding.found.rule is Rule.CONTACT_COLLISION
    alerts = database.outbox("main").page(9)
    assert [message.posting.address.ids for message in alerts.items] == [("U0BO",)], "who saved it knows"


def test_what_was_saved_is_on_record(company: SqlRegisters) -> None:
    saved(company, PRIVATE, ("Families", "Private customers"), touchpoints=("Email", "App"))

    with company.reading() as register:
        (entry,) = [entry for entry in register.audit.since(None) if entry.verb == "customers.saved"]
    assert entry.actor == SAM.id
    assert entry.details == {"segments": ["Private customers", "Families"], "touchpoints": ["Email", "App"]}


def test_only_stewards_save_them(company: SqlRegisters) -> None:
    with pytest.raises(NotAllowed):
        saved(company, PRIVATE, by=BO)
