from handlers.views.agreement.ratification import ratification_card, ratification_section
from handlers.views.agreement.ratification_forms import ratify_form, stances_form
from handlers.views.text import Message
from planning.agreement.ratification import AskedStage, Ratification, Stance
from planning.agreement.tallying import DepartmentWord, Objection, Tally, Word
from tests.builders import NOW
from tests.handlers.slack import drawn, light
from tests.handlers.views.limits import LONG, accepted

NAME = LONG[:80]
STAGES = tuple(AskedStage(n, f"{n}{NAME}"[:80], LONG[:3000]) for n in range(1, 21))
ASKED = Ratification(1, STAGES, NOW, 1, asked=tuple((n, n) for n in range(1, 100)))
OBJECTIONS = tuple(Objection(NAME, stage.name, LONG[:500]) for stage in STAGES)
WORDS = tuple(
    DepartmentWord(n, f"{n}{NAME}"[:80], word, OBJECTIONS if word is Word.OBJECTS else ())
    for n, word in enumerate([*Word] * 15, 1)
)
FULL = Tally(ASKED, WORDS, tuple(f"“{NAME}” is called “{NAME}” now" for _ in range(20)), NOW)


def test_the_largest_card_and_section_fit() -> None:
    accepted(ratification_card(FULL, 2))
    section = ratification_section(FULL, LONG[:1000], 2, steward=True)
    accepted(Message("Ratification", section.blocks))


def test_the_largest_forms_fit() -> None:
    said = [Stance(2, stage.id, 1, False, LONG[:500], NOW) for stage in STAGES]

    assert light(drawn(ratify_form(FULL, LONG[:1000])))
    assert len(drawn(stances_form(ASKED, 2, NAME, said))["blocks"]) == 41
