from datetime import timedelta

from handlers.views.calendars import ROWS_MAX, calendar_png, calendar_words, rows
from handlers.views.loads import PANELS, WEEKS_MAX, loads_png, loads_words, panels
from tests.handlers.views.limits import LONG
from tests.proposed import MONDAY, contact_days, days, pool_load

PNG = b"\x89PNG\r\n"


def test_the_worst_pools_are_drawn_with_the_weeks_that_matter() -> None:
    calm = [pool_load(week, pool=5, before=1, after=1) for week in range(60)]
    worse = [pool_load(week, pool=pool, name=f"Pool {pool}", before=pool) for pool in range(6, 11) for week in (30, 31)]

    shown = panels([*calm, *worse])

    assert [name for name, _ in shown] == ["Pool 10", "Pool 9", "Pool 8", "Pool 7"][:PANELS]


def test_no_more_weeks_are_drawn_than_can_be_read() -> None:
    ((_, shown),) = panels([pool_load(week) for week in range(60)])

    assert len(shown) == WEEKS_MAX


def test_a_pool_that_is_asked_for_no_more_than_it_has_is_drawn_only_if_it_is_asked_otherwise() -> None:
    calm, otherwise = pool_load(before=1, after=1), pool_load(pool=2, name="Writers", before=1, after=1.5)

    assert [name for name, _ in panels([calm, otherwise])] == ["Writers"]
    assert loads_words([calm, otherwise]) == "Writers: within what there is before and after."


def test_quiet_weeks_far_from_what_changes_are_left_out() -> None:
    weeks = [pool_load(week, before=3 if week == 20 else 1, after=1) for week in range(40)]

    ((_, shown),) = panels(weeks)

    assert [week.monday for week in shown] == [MONDAY + timedelta(weeks=n) for n in range(17, 24)]


def test_the_load_is_told_in_words() -> None:
    weeks = [pool_load(0), pool_load(2, after=2.5)]

    assert loads_words(weeks) == (
        "Release testing: before, 2 person-weeks too much in 2 weeks from 1 March 2027 on; "
        "after, 0.5 person-weeks too much."
    )
    assert loads_words([pool_load(before=1, after=1)]) == "No pool is touched."


def test_contacts_that_clash_come_before_all_others() -> None:
    calm = [contact_days(id, clashes_before=(), after=days()) for id in range(2, 40)]

    shown = rows([*calm, contact_days(99)])

    assert len(shown) == ROWS_MAX
    assert 99 in [contact.initiative for contact in shown]


def test_the_calendar_is_told_in_words() -> None:
    stuck = contact_days(3, after=days(), clashes_after=(2,))

    assert calendar_words([contact_days(), stuck]) == (
        "CX-1 contacts Flood-zone homes by Letter, 8–12 March 2027 instead of 1–5 March 2027, "
        "clear (before: runs into CX-2). "
        "CX-3 contacts Flood-zone homes by Letter, 1–5 March 2027, runs into CX-2."
    )


def test_any_names_and_any_number_can_be_drawn() -> None:
    loads = [pool_load(week, pool=pool, name=LONG) for pool in range(6) for week in range(70)]
    contacts = [contact_days(id, segment_name=LONG, touchpoint_name=LONG) for id in range(50)]

    for picture in (loads_png(loads, LONG), calendar_png(contacts, LONG), loads_png([], ""), calendar_png([], "")):
        assert picture.startswith(PNG)
