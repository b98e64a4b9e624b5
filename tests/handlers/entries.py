"""Every way in from Slack, with the right that it takes: one of several where it depends on what it is about.

Each of them is refused to guests, to bots, to people of other workspaces and to accounts that are switched off, before
anything else happens. What Slack tells by itself has no actor and takes no right.
"""

from collections.abc import Mapping

from handlers.ids import Action, Modal, Shortcut, Step
from planning.schedules.changing import SENT_BY
from planning.workspace.rights import Right

Rights = tuple[Right, ...]
NOBODYS: Rights = ()
"""Slack tells it, and nobody has asked for anything."""
_EVERYBODY: Rights = (Right.TAKE_PART,)
_CHANGING: Rights = (Right.CHANGE_INITIATIVE,)
_DECIDING: Rights = (Right.DECIDE_FINDING,)
_PROPOSING: Rights = (Right.DECIDE_FINDING, Right.ASK_AT_LARGE)
_PLANNING: Rights = (Right.CHANGE_PLAN,)
_AGREEING: Rights = (Right.RUN_AGREEMENT,)
_SETTING_UP: Rights = (Right.SET_UP,)
_NAMING: Rights = (Right.NAME_ROLES,)
_CHECKING_IN: Rights = (Right.ANSWER_CHECK_IN,)
_RULING: Rights = (Right.RULE,)
_ENDING: Rights = (Right.END_POLL,)
_ANSWERING_FOR: Rights = (Right.ANSWER_FOR_DEPARTMENT,)
SCHEDULES: Rights = tuple(dict.fromkeys(SENT_BY.values()))

COMMANDS: Mapping[str, Rights] = {
    **dict.fromkeys(("help", "todo", "new", "mine", "find", "show", "map", "journey", "scores", "metrics"), _EVERYBODY),
    **dict.fromkeys(("overlaps", "gaps", "plans", "problems", "notify", "schedules", "agree", "digest"), _EVERYBODY),
    **dict.fromkeys(("status", "withdraw", "edit"), _CHANGING),
    "setup": _EVERYBODY,
    "propose": (Right.TAKE_PART, *_PROPOSING),
    "season": (Right.TAKE_PART, Right.SEE_PACK),
    "rules": (Right.SEE_LESSONS,),
    "audit": (Right.READ_AUDIT,),
    "privacy": _EVERYBODY,
    "reading": (Right.RECORD_READING,),
}
"""Sub-commands; what one shows has buttons with rights of their own."""

SHORTCUTS: Mapping[str, Rights] = dict.fromkeys(Shortcut, _EVERYBODY)

ACTIONS: Mapping[str, Rights] = {
    **dict.fromkeys((Action.INITIATIVE_SHOW, Action.INITIATIVE_NEW, Action.OVERLAP_SHOW), _EVERYBODY),
    **dict.fromkeys((Action.LIST_MORE, Action.LIST_BACK, Action.LIST_OPEN, Action.LIST_OPEN_OTHER), _EVERYBODY),
    **dict.fromkeys((Action.PROBLEM_SHOW, Action.METRIC_SHOW, Action.PLAN_SHOW), _EVERYBODY),
    **dict.fromkeys((Action.SCHEDULES_SHOW, Action.SCHEDULES_MORE, Action.PREFERENCES_OPEN), _EVERYBODY),
    **dict.fromkeys((Action.CLAIM_RAISE, Action.AGREE_SHOW, Action.OPEN_LINK), _EVERYBODY),
    **dict.fromkeys((Action.INITIATIVE_EDIT, Action.INITIATIVE_SERVE, Action.INITIATIVE_SET_STATUS), _CHANGING),
    **dict.fromkeys((Action.INITIATIVE_ADD_CONTACT, Action.INITIATIVE_ADD_EFFECT), _CHANGING),
    **dict.fromkeys((Action.INITIATIVE_ADD_REQUEST, Action.INITIATIVE_REMOVE_PLANNED), _CHANGING),
    **dict.fromkeys((Action.INITIATIVE_RESTORE_PLANNED, Action.INITIATIVE_WITHDRAW), _CHANGING),
    **dict.fromkeys((Action.INITIATIVE_UNDO, Action.INITIATIVE_LEAVE), _CHANGING),
    **dict.fromkeys((Action.OVERLAP_PLAN, Action.OVERLAP_COORDINATE, Action.OVERLAP_DIFFERENT), _DECIDING),
    **dict.fromkeys((Action.OVERLAP_SNOOZE, Action.OVERLAP_UNDO, Action.OVERLAP_JOIN), _DECIDING),
    **dict.fromkeys((Action.OVERLAP_HAND, Action.OVERLAP_TAKE_BACK), _DECIDING),
    **dict.fromkeys((Action.PROPOSAL_ASK, Action.PROPOSAL_STOP, Action.PROPOSAL_AGAIN), _PROPOSING),
    **dict.fromkeys((Action.PROPOSAL_ANOTHER, Action.PROPOSAL_WISH, Action.PROPOSAL_PLAN), _PROPOSING),
    Action.CLAIM_HAND_BACK: (Right.HAND_BACK,),
    Action.CLAIM_RELEASE: (Right.RELEASE,),
    **dict.fromkeys((Action.PLAN_CHANGE, Action.PLAN_STEWARD, Action.PLAN_TAKE_BACK, Action.OUTCOME_TELL), _PLANNING),
    Action.PLAN_ACCEPT: (Right.ACCEPT_PLAN,),
    **dict.fromkeys((Action.DECISION_APPROVE, Action.DECISION_DELEGATE, Action.DECISION_DECLINE), _RULING),
    **dict.fromkeys((Action.DECISION_UNDO, Action.DECISION_SHOW), _RULING),
    **dict.fromkeys((Action.CHECK_IN_ON_TRACK, Action.CHECK_IN_AT_RISK, Action.CHECK_IN_STUCK), _CHECKING_IN),
    **dict.fromkeys((Action.CHECK_IN_MORE, Action.CHECK_IN_REST), _CHECKING_IN),
    Action.POLL_ANSWER: (Right.ANSWER_POLL,),
    Action.POLL_RESULT: (Right.SEE_RESULTS,),
    **dict.fromkeys((Action.POLL_CLOSE, Action.POLL_CALL_OFF), _ENDING),
    Action.SCORE_START: (Right.TEST_SCORE,),
    **dict.fromkeys((Action.RATIFICATION_AGREE, Action.RATIFICATION_ANSWER), _ANSWERING_FOR),
    **dict.fromkeys((Action.RATIFICATION_ASK, Action.RATIFICATION_RATIFY), _AGREEING),
    **dict.fromkeys((Action.NAMING_START, Action.NAMING_ADOPT, Action.PULSE_START), _AGREEING),
    Action.SEASON_OPEN: (Right.OPEN_SEASON,),
    Action.SEASON_SESSION: (Right.OPEN_SESSION,),
    Action.READING_ADD: (Right.RECORD_READING,),
    Action.RULES_SHOW: (Right.SEE_LESSONS,),
    Action.DIGEST_SEND_NOW: (Right.SEND_EXECUTIVE_DIGEST,),
    **dict.fromkeys((Action.SCHEDULE_ADD, Action.SCHEDULE_CHANGE, Action.SCHEDULE_HISTORY), SCHEDULES),
    **dict.fromkeys((Action.SCHEDULE_PAUSE, Action.SCHEDULE_PREVIEW, Action.SCHEDULE_RESUME), SCHEDULES),
    **dict.fromkeys((Action.SCHEDULE_SEND, Action.SCHEDULE_SKIP, Action.SCHEDULE_UNSKIP), SCHEDULES),
    **dict.fromkeys((Action.SETUP_JOURNEY, Action.SETUP_CUSTOMERS, Action.SETUP_SCHEDULE), _SETTING_UP),
    **dict.fromkeys((Action.SETUP_STAGE, Action.SETUP_HAND_OFF, Action.SETUP_HAND_OFFS), _SETTING_UP),
    **dict.fromkeys((Action.SETUP_SEGMENT, Action.SETUP_POOL, Action.SETUP_PROBLEM), _SETTING_UP),
    **dict.fromkeys((Action.SETUP_METRIC, Action.SETUP_TENSION, Action.SETUP_ALERTS), _SETTING_UP),
    Action.SETUP_DATA: _SETTING_UP,
    Action.PRIVACY_SEND: _EVERYBODY,
    **dict.fromkeys((Action.SETUP_KEYS, Action.KEY_REVOKE), _SETTING_UP),
    **dict.fromkeys((Action.MESSAGE_RESEND, Action.MESSAGE_LEAVE), _SETTING_UP),
    **dict.fromkeys((Action.SETUP_ROLES, Action.SETUP_DEPARTMENT, Action.SETUP_DEPARTMENT_PICK), _NAMING),
    Action.SETUP_CLAIM: (Right.BECOME_STEWARD,),
}

FORMS: Mapping[str, Rights] = {
    **dict.fromkeys((Modal.REGISTER, Modal.PREFERENCES), _EVERYBODY),
    **dict.fromkeys((Modal.EDIT, Modal.CONTACT, Modal.EFFECT, Modal.REQUEST, Modal.SERVES), _CHANGING),
    **dict.fromkeys((Modal.JOIN, Modal.SNOOZE, Modal.HAND), _DECIDING),
    Modal.PROPOSAL_WISH: _PROPOSING,
    **dict.fromkeys((Modal.PLAN, Modal.OUTCOME), _PLANNING),
    Modal.DELEGATE: _RULING,
    Modal.CHECK_IN: _CHECKING_IN,
    Modal.POLL_ANSWER: (Right.ANSWER_POLL,),
    Modal.STANCES: _ANSWERING_FOR,
    **dict.fromkeys((Modal.RATIFY, Modal.NAMING, Modal.PULSE), _AGREEING),
    Modal.SCORE_TEST: (Right.TEST_SCORE,),
    Modal.READING: (Right.RECORD_READING,),
    Modal.SCHEDULE: SCHEDULES,
    **dict.fromkeys((Modal.JOURNEY, Modal.TEMPLATE, Modal.CUSTOMERS, Modal.STAGE, Modal.HAND_OFF), _SETTING_UP),
    **dict.fromkeys((Modal.SEGMENT, Modal.POOL, Modal.PROBLEM, Modal.METRIC, Modal.TENSION), _SETTING_UP),
    **dict.fromkeys((Modal.KEY, Modal.ALERTS, Modal.DATA), _SETTING_UP),
    **dict.fromkeys((Modal.ROLES, Modal.DEPARTMENT), _NAMING),
}

CLOSINGS: Mapping[str, Rights] = {Modal.TOLD: _EVERYBODY}

OPTIONS: Mapping[str, Rights] = {
    Action.FIELD: _EVERYBODY,
    Action.SETUP_DEPARTMENT_PICK: _EVERYBODY,
    **dict.fromkeys((Action.SETUP_STAGE, Action.SETUP_HAND_OFF, Action.SETUP_SEGMENT, Action.SETUP_POOL), _EVERYBODY),
    **dict.fromkeys((Action.SETUP_PROBLEM, Action.SETUP_METRIC, Action.SETUP_TENSION), _EVERYBODY),
}
"""Menus list names that everybody may look up."""

EVENTS: Mapping[str, Rights] = {
    "app_home_opened": _EVERYBODY,
    **dict.fromkeys(("user_change", "app_uninstalled", "tokens_revoked"), NOBODYS),
    **dict.fromkeys(("team_access_granted", "team_access_revoked"), NOBODYS),
}

STEPS: Mapping[str, Rights] = {Step.REGISTER: _EVERYBODY}
"""A workflow runs them for somebody, with no more rights than that person has."""

ENTRIES: Mapping[str, Mapping[str, Rights]] = {
    "command": COMMANDS,
    "shortcut": SHORTCUTS,
    "action": ACTIONS,
    "view": FORMS,
    "view_closed": CLOSINGS,
    "options": OPTIONS,
    "event": EVENTS,
    "function": STEPS,
}
"""Kind of Bolt's listener → id → the rights of which it takes one."""
