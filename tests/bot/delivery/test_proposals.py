from bot.delivery.drawing import drawn
from bot.delivery.drawn import Drawn
from db.registers import SqlRegisters
from handlers.ids import Action
from handlers.views.proposals import CALENDAR, LOADS
from planning.outbox.values import Address, MessageKind, Posting
from planning.proposals.asking import Progress, Proposal
from planning.proposals.values import About, AboutKind
from tests.builders import NOW, draft, found, vector
from tests.handlers.slack import buttons
from tests.handlers.views.limits import accepted, words
from tests.proposed import ABOUT, done, proposal, proposed

FILES = {LOADS: "F1", CALENDAR: "F2"}


def shown(company: SqlRegisters, *asked: Proposal) -> Drawn:
    """The message of the first of these."""
    with company.writing() as register:
        for one in asked:
            register.proposals.add(one)
    posting = Posting("proposal:1", MessageKind.PROPOSAL, 1, Address.person("U0ADA"))
    with company.reading() as register:
        return drawn(register, posting, NOW)


def test_a_proposal_comes_with_both_pictures(company: SqlRegisters) -> None:
    message = shown(company, done())

    assert list(message.pictures) == [LOADS, CALENDAR]
    assert all(picture.draw().startswith(b"\x89PNG") for picture in message.pictures.values())
    assert "A proposal for everything planned in Q1 2027" in words(message.message(FILES))


def test_while_it_grows_nothing_is_uploaded(company: SqlRegisters) -> None:
    assert shown(company, proposal(progress=Progress.RUNNING, best=proposed())).pictures == {}


def test_an_overlap_is_named_by_its_initiatives(company: SqlRegisters) -> None:
    with company.writing() as register:
        for department in (1, 2):
            register.initiatives.add(draft(department=department), vector(department), NOW)
        register.findings.add(found(), NOW)

    about = About(kind=AboutKind.FINDING, id=1)
    assert "A proposal for CX-1 and CX-2: two departments" in words(shown(company, done(about=about)).message({}))


def test_after_another_was_asked_for_the_buttons_are_gone(company: SqlRegisters) -> None:
    mine = done(asked_by=1)

    of_others = shown(company, mine, proposal(asked_by=2)).message({})
    assert Action.PROPOSAL_ANOTHER in buttons(accepted(of_others))
    assert buttons(accepted(shown(company, proposal(asked_by=1, about=ABOUT)).message({}))) == {}
