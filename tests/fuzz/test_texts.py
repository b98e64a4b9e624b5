"""What people type comes out of files and pictures as they typed it, and does nothing there."""

import csv
from dataclasses import replace
from datetime import UTC
from io import StringIO

from hypothesis import example, given, settings
from icalendar import Calendar

from db.registers import SqlRegisters
from handlers.views.calendars import calendar_png
from handlers.views.charts import coverage_png
from handlers.views.invitations import invitation_ics
from handlers.views.loads import loads_png
from handlers.views.pack import pack_pdf
from handlers.views.text import escape_within
from handlers.views.trends import panels, trends_png
from planning.digests.values import Coverage
from planning.initiatives.values import Initiative
from planning.text import NAME_MAX, PROBLEM_MAX, TITLE_MAX, clean, one_line
from planning.transfer.cells import bare, harmless
from planning.transfer.naming import known_in
from tests.builders import NOW, draft
from tests.fuzz.hostile import TEXTS, texts
from tests.fuzz.probing import LIVE
from tests.handlers.views.boards import metric_line, scoreboard, table
from tests.handlers.views.planned import shown
from tests.handlers.views.test_charts import PNG
from tests.handlers.views.test_coverage import SMALL
from tests.handlers.views.test_pack import pack, plan
from tests.planned import plan as agreed
from tests.planned import terms
from tests.planning.transfer.given import Scattered, planned
from tests.planning.transfer.test_exporting import exported

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet runs what begins so."""
OURS = {"SUMMARY", "DESCRIPTION", "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "TRANSP", "STATUS"}
NAMES = tuple(one_line(text)[:NAME_MAX] or "-" for text in TEXTS)


@given(text=texts)
@example(text="'=1")
@example(text="＝cmd|' /C calc'!A0")
def test_no_cell_is_a_formula_and_each_gives_its_text_back(text: str) -> None:
    assert not harmless(text).startswith(RUNS)
    assert bare(harmless(text)) == text


def test_an_export_of_all_texts_is_read_back_as_they_were_typed(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        department, (vector,) = register.departments.add("=1+1").id, Scattered().encode(["x"])
        for name in map(one_line, TEXTS):
            title, problem = name[:TITLE_MAX].strip() or "-", clean(name)[:PROBLEM_MAX].strip()
            register.initiatives.add(draft(title=title, problem=problem, department=department), vector, NOW)
        files = exported(register)
        plan = planned(files["initiatives.csv"], known_in(register), source="another name")

    assert plan.counts() == {"new": 0, "changed": 0, "unchanged": len(TEXTS), "rejected": 0}
    cells = [cell for row in csv.reader(StringIO(files["initiatives.csv"])) for cell in row]
    assert not [cell for cell in cells if cell.startswith(RUNS)]


@given(text=texts)
def test_no_text_comes_alive_and_none_is_too_long(text: str) -> None:
    assert not LIVE.search(escape_within(text, 300))
    assert len(escape_within(text, 300)) <= 300


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_an_invitation_has_no_line_but_ours(text: str) -> None:
    goal = clean(text)
    of = shown(agreed(id=7, terms=terms(session_at=NOW.astimezone(UTC), goal=goal)))
    named = replace(of, initiatives=tuple(_called(one, one_line(text)) for one in of.initiatives))
    content = invitation_ics(named, "session", "main")

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert set(event) <= OURS
    assert not event.subcomponents
    assert content.count(b"\n") == content.count(b"\r\n")


def _called(initiative: Initiative, title: str) -> Initiative:
    return replace(initiative, draft=replace(initiative.draft, title=title or "-"))


def test_pictures_of_all_names_are_drawn_without_a_warning() -> None:
    departments = tuple(enumerate(NAMES))
    names: Coverage = SMALL.model_copy(update={"departments": departments, "stages": departments, "silent": (0,)})
    lines = [metric_line(name=name, unit=name[:20]) for name in NAMES[:8]]
    drawn = plan(3, "")

    assert coverage_png(names).startswith(PNG)
    assert trends_png(panels(scoreboard(metrics=table(*lines)), 8)).startswith(PNG)
    for name in NAMES:
        contacts = [
            one.model_copy(update={"title": name, "department": name, "segment_name": name})
            for one in drawn.contacts[:2]
        ]
        assert calendar_png(contacts, name).startswith(PNG)
        loads = [one.model_copy(update={"name": name}) for one in drawn.loads]
        assert loads_png(loads, name).startswith(PNG)


def test_a_document_of_all_texts_is_printed() -> None:
    assert pack_pdf(pack(4, " ".join(text[:40] for text in TEXTS))).startswith(b"%PDF")
