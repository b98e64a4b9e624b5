from dataclasses import replace

from handlers.views.claims import claim_told, stage_claims
from handlers.views.names import Names
from handlers.views.paging import PAGE, Place
from handlers.views.problems import Viewer, problem_card, problem_list, shown_of, summary
from handlers.views.text import Message
from planning.claims.values import Claim, Claimable, Held
from planning.initiatives.values import Initiative
from planning.portfolio.completeness import Completeness, Fix
from planning.problems.values import Part
from planning.register import Page
from planning.text import PROBLEM_MAX
from tests.builders import initiative, journey, person, problem, stage, steward
from tests.handlers.views.limits import LONG, accepted, elements, words

NAMES = Names({1: "Marketing"}, {1: "Ada Berg"}, {}, {}, {})
VIEWER = Viewer(person(id=1), NAMES)
WHOLE = Completeness(complete=0, described=1, lacking=1, serving=1, unsaid=2)
UNKNOWN = Completeness(complete=0, described=1, lacking=0, serving=0, unsaid=3, known=False)


def card(fix: Fix, *finished: Initiative, known: bool = True) -> Message:
    """The card with all the initiatives that it names."""
    involved = {one.id: one for one in (*fix.serving, *finished)}
    return problem_card(fix, {id: involved[id] for id in shown_of(fix)}, VIEWER, known=known)


def test_the_largest_list_and_card_fit() -> None:
    names = Names({1: LONG}, {1: LONG}, {}, {}, {})
    large = problem(name=LONG[:80], statement=LONG[:PROBLEM_MAX], needs=tuple(Part), owner=1)
    serving = tuple(initiative(id, title=LONG, supplies=tuple(Part)) for id in range(1, 40))
    silent = tuple(initiative(id, title=LONG) for id in range(40, 60))
    fix = Fix(large, (*serving, *silent), {part: tuple(range(100, 200)) for part in Part})
    involved = {id: initiative(id, title=LONG) for id in range(1, 200)}

    accepted(problem_card(fix, involved, Viewer(person(id=1), names)))
    accepted(problem_card(replace(fix, problem=replace(large, needs=())), involved, Viewer(person(id=1), names)))
    accepted(problem_list(Page((fix,) * PAGE, 500, PAGE), WHOLE, Viewer(person(id=1), names), LONG))
    accepted(problem_list(Page((), 0), WHOLE, VIEWER, LONG))


def test_what_nobody_has_said_is_unknown_and_not_missing() -> None:
    listed = words(problem_list(Page((Fix(problem()),), 1), UNKNOWN, VIEWER))
    alone = words(card(Fix(problem()), known=False))

    assert "Needs process, message." in listed
    assert "what is missing is unknown" in listed
    assert "✗" not in listed + alone


def test_a_fix_that_nobody_has_described_asks_for_its_description() -> None:
    assert "Nobody has said yet what a complete fix needs." in words(card(Fix(problem(needs=()))))


def test_who_works_on_it_without_saying_what_they_bring_is_named() -> None:
    shown = words(card(Fix(problem(), (initiative(7),))))

    assert "On it, without saying what they bring: \nCX-7 Clearer letters (Marketing)" in shown


def test_of_many_that_bring_a_part_some_are_named() -> None:
    fix = Fix(problem(), tuple(initiative(id, supplies=(Part.PROCESS,)) for id in range(1, 10)))

    assert "CX-4 Clearer letters (Marketing), …and 5 more" in words(card(fix))


def test_silence_is_counted_beside_the_dabbling() -> None:
    assert summary(WHOLE) == (
        "Complete fixes: 0 of 1. Initiatives on a fix that lacks a part: 1 of 1. "
        "Live initiatives that name no problem: 2. Open a problem to see what its fix lacks, and how to bring it."
    )


def test_the_largest_claims_fit() -> None:
    names, place = Names({}, {1: LONG}, {}, {}, {}), Place(list="map")
    stages = tuple(stage(id=id, name=LONG[:80], owner=(None, 1)[id % 2]) for id in range(1, 120))

    for viewer in (person(id=1), person(id=2), steward(id=2)):
        accepted(claim_told(Held(Claim(Claimable.GAP, 1), LONG, 1), viewer, names, place))
    accepted(Message("stages", stage_claims(stages, 1, names, place)))


def test_each_stage_says_who_looks_after_it_and_only_free_ones_are_offered() -> None:
    stages = (stage(id=1, name="Join", owner=1), *journey().stages[1:])
    blocks = Message("stages", stage_claims(stages, 2, NAMES, Place(list="map")))

    assert "Join: \nAda Berg\nUse: \nnobody yet" in words(blocks)
    (menu,) = elements(blocks, "static_select")
    assert [option["text"]["text"] for option in menu["options"]] == ["Use", "Renew"]
