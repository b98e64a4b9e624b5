import pytest

from planning.errors import FieldError
from planning.schedules.cron import Cron
from planning.schedules.defaults import USUAL
from planning.schedules.rhythms import Often, Rhythm


@pytest.mark.parametrize(
    ("text", "often", "said"),
    [
        ("30 8 * * mon,wed", Often.WEEKLY, "every Monday and Wednesday at 08:30"),
        ("0 9 * * *", Often.WEEKLY, "every day at 09:00"),
        ("0 9 8-14 * tue", Often.MONTHLY, "the second Tuesday of each month at 09:00"),
        ("0 9 22-28 * sun", Often.MONTHLY, "the fourth Sunday of each month at 09:00"),
        ("0 9 1-7 1,4,7,10 fri", Often.QUARTERLY, "the first Friday of January, April, July and October at 09:00"),
        ("0 9 8-14 1,4,7,10 fri", Often.OTHER, "the second Friday of January, April, July and October at 09:00"),
        ("0 9 1-7 * mon,tue", Often.OTHER, "the first Monday and Tuesday of each month at 09:00"),
        ("0 9 29 2 *", Often.OTHER, "on day 29 of February at 09:00"),
    ],
)
def test_a_cron_is_chosen_and_said_as_people_would(text: str, often: Often, said: str) -> None:
    rhythm = Rhythm.of(Cron.of(text))

    assert rhythm.often is often
    assert rhythm.cron().said == said
    assert rhythm.cron().said == Cron.of(text).said


def test_what_is_written_otherwise_leaves_the_days_as_a_new_one_has_them() -> None:
    assert Rhythm.of(Cron.of("0 9 4 3,6,9,12 *")).weekdays == Rhythm().weekdays


@pytest.mark.parametrize("cron", USUAL.values(), ids=[*USUAL])
def test_what_every_workspace_has_comes_back_as_it_was(cron: Cron) -> None:
    assert Rhythm.of(cron).cron() == cron


@pytest.mark.parametrize("often", [Often.MONTHLY, Often.QUARTERLY])
@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({1, 2})], ids=["no day", "two days"])
def test_once_a_month_is_one_day(often: Often, weekdays: frozenset[int]) -> None:
    with pytest.raises(FieldError) as caught:
        Rhythm(often, weekdays).cron()

    assert list(caught.value.errors) == ["weekdays"]
