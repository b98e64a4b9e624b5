from handlers.views.agreement.hub import hub_message, waiting_section
from handlers.views.agreement.naming import naming_section
from handlers.views.agreement.pulse import WORDING, pulse_section
from handlers.views.agreement.ratification import ratification_section
from handlers.views.agreement.rounds import Progress
from handlers.views.agreement.score import score_section
from tests.asked import invitation, naming_result, poll
from tests.builders import stage
from tests.handlers.views.agreement.test_pulse import CLOSED as PULSE
from tests.handlers.views.agreement.test_ratification import FULL as ASKED
from tests.handlers.views.agreement.test_score import FULL as SCORE
from tests.handlers.views.limits import LONG, accepted

NAME = LONG[:80]


def going(id: int) -> Progress:
    return Progress(poll(id=id), ((NAME, 3),) * 50, 9)


def test_everything_that_can_be_told_at_once_fits_into_one_message() -> None:
    named = [poll(result=naming_result())] * 5
    tests = [(NAME, going(id), True) for id in range(10, 30)]
    stages = [stage(id=n, name=f"{n}{NAME}", position=n) for n in range(1, 21)]
    sections = [
        waiting_section([(WORDING, poll(), invitation(id=id)) for id in range(1, 6)], "UTC"),
        ratification_section(ASKED, LONG[:900], 2, steward=True),
        naming_section(named, going(1), "UTC", reader=True, steward=True),
        pulse_section([PULSE] * 5, going(2), "UTC", reader=True, steward=True),
        score_section([SCORE] * 20, tests, stages, "UTC", reader=True),
    ]

    accepted(hub_message(sections))
