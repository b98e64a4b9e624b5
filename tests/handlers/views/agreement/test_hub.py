from handlers.views.agreement.hub import hub_message, waiting_section
from handlers.views.agreement.naming import naming_section
from handlers.views.agreement.pulse import pulse_section
from handlers.views.agreement.ratification import ratification_section
from handlers.views.agreement.rounds import Progress
from handlers.views.agreement.score import score_section
from planning.agreement.values import PollKind
from tests.asked import invitation, poll
from tests.builders import at, stage
from tests.handlers.views.agreement import test_naming, test_pulse, test_questions, test_ratification, test_score
from tests.handlers.views.limits import LONG, accepted

NAME = test_naming.NAME
GOING = Progress(poll(), ((NAME, 50),) * 60, 200)
STAGES = [stage(id=n, name=f"{n}{NAME}"[:80], position=n) for n in range(1, 21)]


def test_all_sections_at_their_longest_fit_together() -> None:
    closed = poll(closed_at=at(7), next_at=None, result=test_naming.WORST)
    tests = [(NAME, Progress(poll(id=n, kind=PollKind.SCORE), GOING.asked, 9), True) for n in range(1, 21)]
    sections = (
        waiting_section([(test_questions.WORST, poll(), invitation(id=n)) for n in range(1, 9)], "UTC"),
        ratification_section(test_ratification.FULL, LONG[:1000], 2, steward=True),
        naming_section([closed] * 5, GOING, "UTC", reader=True, steward=True),
        pulse_section([test_pulse.CLOSED] * 5, GOING, "UTC", reader=True, steward=True),
        score_section([test_score.FULL] * 20, tests, STAGES, "UTC", reader=True),
    )

    accepted(hub_message(sections))
