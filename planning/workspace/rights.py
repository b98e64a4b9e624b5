"""Who may do what: the one table. What somebody is told who may not stands with the subject."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planning.workspace.values import Person, Role


class Who(StrEnum):
    """What somebody is to what a right is wanted for."""

    EMPLOYEE = "everybody who works here"
    ASKED = "whom it was put to"
    OWNER = "whose it is"
    LEAD_OF_DEPARTMENT = "a lead of a department that it is about"
    LEAD = "a lead of any department"
    EXECUTIVE = "an executive"
    STEWARD = "a steward"


class Right(StrEnum):
    """Something that can be done."""

    TAKE_PART = "look up, register, raise a hand, and choose what comes to oneself"
    CHANGE_INITIATIVE = "change an initiative, its status and what it plans"
    DECIDE_FINDING = "say what an overlap or a gap is"
    ASK_AT_LARGE = "ask for a proposal of more than an overlap of one’s own"
    CHANGE_PLAN = "say what a plan agrees on, what came of it, and take it back"
    ACCEPT_PLAN = "accept a plan for a department"
    RULE = "decide what the leads could not"
    RECORD_READING = "say what a metric stands at"
    ANSWER_POLL = "answer the question of a round"
    END_POLL = "close a round, or call it off"
    SEE_RESULTS = "see what came of a round"
    TEST_SCORE = "have the leads of a stage asked for its score"
    ANSWER_FOR_DEPARTMENT = "say what a department thinks of the journey"
    RUN_AGREEMENT = "begin rounds, ask the departments, take over names, ratify"
    ANSWER_CHECK_IN = "say how an initiative goes when asked"
    HAND_BACK = "hand back what one looks after"
    RELEASE = "relieve somebody of what they look after"
    SEE_LESSONS = "see how each rule does"
    SEE_PACK = "get the pack of a quarter"
    OPEN_SEASON = "open the planning season"
    OPEN_SESSION = "open the session of a stage"
    KEEP_OWN_LIST = "see and change when one’s own list comes"
    KEEP_DEPARTMENT_DIGEST = "see and change when a department’s digest comes, and send it"
    KEEP_SCHEDULES = "change when everything else comes, and send it"
    SEND_EXECUTIVE_DIGEST = "see when the executives’ digest comes, and send it"
    SET_UP = "change the settings, the journey, departments, metrics and keys"
    READ_AUDIT = "read the log of who did what"
    NAME_ROLES = "say who leads, who is an executive, and who is a steward"
    BECOME_STEWARD = "look after a workspace that nobody looks after"


_THOSE_CONCERNED = frozenset({Who.ASKED, Who.OWNER, Who.LEAD_OF_DEPARTMENT, Who.STEWARD})
_ALL_WITH_A_ROLE = frozenset({Who.LEAD, Who.EXECUTIVE, Who.STEWARD})
_STEWARDS = frozenset({Who.STEWARD})

TURNS: Mapping[Right, tuple[frozenset[Who], ...]] = {
    Right.ACCEPT_PLAN: (frozenset({Who.LEAD_OF_DEPARTMENT, Who.ASKED}), frozenset({Who.OWNER}), _STEWARDS),
    Right.RULE: (frozenset({Who.EXECUTIVE}), _STEWARDS),
    Right.BECOME_STEWARD: (_STEWARDS, frozenset({Who.EMPLOYEE})),
}
"""Rights that fall to the next where there is nobody of the first."""

TABLE: Mapping[Right, frozenset[Who]] = {
    Right.TAKE_PART: frozenset({Who.EMPLOYEE}),
    Right.CHANGE_INITIATIVE: frozenset({Who.OWNER, Who.LEAD_OF_DEPARTMENT, Who.STEWARD}),
    Right.DECIDE_FINDING: _THOSE_CONCERNED,
    Right.ASK_AT_LARGE: _ALL_WITH_A_ROLE,
    Right.CHANGE_PLAN: _THOSE_CONCERNED,
    Right.RECORD_READING: frozenset({Who.OWNER, Who.LEAD, Who.STEWARD}),
    Right.ANSWER_POLL: frozenset({Who.ASKED}),
    Right.END_POLL: frozenset({Who.OWNER, Who.STEWARD}),
    Right.SEE_RESULTS: _ALL_WITH_A_ROLE,
    Right.TEST_SCORE: frozenset({Who.OWNER, Who.STEWARD}),
    Right.ANSWER_FOR_DEPARTMENT: frozenset({Who.LEAD_OF_DEPARTMENT}),
    Right.RUN_AGREEMENT: _STEWARDS,
    Right.ANSWER_CHECK_IN: frozenset({Who.ASKED}),
    Right.HAND_BACK: frozenset({Who.OWNER}),
    Right.RELEASE: _STEWARDS,
    Right.SEE_LESSONS: _ALL_WITH_A_ROLE,
    Right.SEE_PACK: frozenset({Who.EXECUTIVE, Who.STEWARD}),
    Right.OPEN_SEASON: _STEWARDS,
    Right.OPEN_SESSION: frozenset({Who.LEAD_OF_DEPARTMENT, Who.STEWARD}),
    Right.KEEP_OWN_LIST: frozenset({Who.OWNER}),
    Right.KEEP_DEPARTMENT_DIGEST: frozenset({Who.LEAD_OF_DEPARTMENT, Who.STEWARD}),
    Right.KEEP_SCHEDULES: _STEWARDS,
    Right.SEND_EXECUTIVE_DIGEST: frozenset({Who.EXECUTIVE, Who.STEWARD}),
    Right.SET_UP: _STEWARDS,
    Right.READ_AUDIT: _STEWARDS,
    Right.NAME_ROLES: _STEWARDS,
    **{right: frozenset[Who]().union(*turns) for right, turns in TURNS.items()},
}


@dataclass(frozen=True, slots=True)
class Ties:
    """What a right is wanted for, as far as people are tied to it."""

    departments: Collection[int] = ()
    owners: Collection[int | None] = ()
    asked: Collection[int | None] = ()


NOTHING = Ties()
_IS: Mapping[Who, Callable[[Person, Ties], bool]] = {
    Who.EMPLOYEE: lambda _person, _ties: True,
    Who.ASKED: lambda person, ties: person.id in ties.asked,
    Who.OWNER: lambda person, ties: person.id in ties.owners,
    Who.LEAD_OF_DEPARTMENT: lambda person, ties: any(person.leads(one) for one in ties.departments),
    Who.LEAD: lambda person, _ties: Role.LEAD in person.roles,
    Who.EXECUTIVE: lambda person, _ties: Role.EXECUTIVE in person.roles,
    Who.STEWARD: lambda person, _ties: Role.STEWARD in person.roles,
}


def is_any(person: Person, who: Iterable[Who], ties: Ties = NOTHING) -> bool:
    """Whether somebody is one of these; who has left is nobody."""
    return person.left_at is None and any(_IS[one](person, ties) for one in who)


def may(actor: Person, right: Right, ties: Ties = NOTHING) -> bool:
    """Whether somebody has a right; one that goes by turns only where it is theirs already: see `holders`."""
    turns = TURNS.get(right)
    return is_any(actor, turns[0] if turns else TABLE[right], ties)


def holders(people: Iterable[Person], right: Right, ties: Ties = NOTHING) -> list[Person]:
    """Who has a right; of one that goes by turns, the first of whom there is anybody."""
    known = [*people]
    groups = ([one for one in known if is_any(one, who, ties)] for who in TURNS.get(right, (TABLE[right],)))
    return next(filter(None, groups), [])


def among(people: Iterable[Person], *who: Who, ties: Ties = NOTHING) -> list[Person]:
    """Those of the people who are one of these."""
    return [one for one in people if is_any(one, who, ties)]
