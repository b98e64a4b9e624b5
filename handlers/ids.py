"""The ids by which Slack tells us what was pressed: topic_verb, here and nowhere else."""

from enum import StrEnum

COMMAND = "/cx"


class Shortcut(StrEnum):
    """Callback ids of the shortcuts in the manifest."""

    REGISTER = "initiative_register"
    FROM_MESSAGE = "initiative_from_message"


class Modal(StrEnum):
    """Callback ids of the modals."""

    REGISTER = "initiative_register_form"
    EDIT = "initiative_edit_form"
    CONTACT = "initiative_contact_form"
    EFFECT = "initiative_effect_form"
    REQUEST = "initiative_request_form"
    SERVES = "initiative_serves_form"
    ROLES = "workspace_roles_form"
    DEPARTMENT = "workspace_department_form"
    JOURNEY = "journey_form"
    CUSTOMERS = "customers_form"
    SEGMENT = "segment_form"
    POOL = "pool_form"
    PROBLEM = "problem_form"
    METRIC = "metric_form"
    SCHEDULE = "digest_schedule_form"
    LOADING = "loading"
    TOLD = "told"


class Action(StrEnum):
    """Action ids of buttons and menus."""

    INITIATIVE_SHOW = "initiative_show"
    INITIATIVE_EDIT = "initiative_edit"
    INITIATIVE_NEW = "initiative_new"
    INITIATIVE_ADD_CONTACT = "initiative_add_contact"
    INITIATIVE_ADD_EFFECT = "initiative_add_effect"
    INITIATIVE_ADD_REQUEST = "initiative_add_request"
    INITIATIVE_SERVE = "initiative_serve"
    INITIATIVE_REMOVE_PLANNED = "initiative_remove_planned"
    INITIATIVE_RESTORE_PLANNED = "initiative_restore_planned"
    INITIATIVE_SET_STATUS = "initiative_set_status"
    INITIATIVE_WITHDRAW = "initiative_withdraw"
    INITIATIVE_UNDO = "initiative_undo"
    INITIATIVE_LEAVE = "initiative_leave"
    LIST_MORE = "list_more"
    LIST_BACK = "list_back"
    OVERLAP_SHOW = "overlap_show"
    OVERLAP_PLAN = "overlap_plan"
    OVERLAP_COORDINATE = "overlap_coordinate"
    OVERLAP_DIFFERENT = "overlap_different"
    OVERLAP_SNOOZE = "overlap_snooze"
    OVERLAP_UNDO = "overlap_undo"
    DIGEST_SEND_NOW = "digest_send_now"
    SETUP_ROLES = "setup_roles"
    SETUP_DEPARTMENT = "setup_department"
    SETUP_DEPARTMENT_PICK = "setup_department_pick"
    SETUP_JOURNEY = "setup_journey"
    SETUP_CUSTOMERS = "setup_customers"
    SETUP_SCHEDULE = "setup_schedule"
    SETUP_SEGMENT = "setup_segment"
    SETUP_POOL = "setup_pool"
    SETUP_PROBLEM = "setup_problem"
    SETUP_METRIC = "setup_metric"
    RULES_SHOW = "rules_show"
    SETUP_CLAIM = "setup_claim"
    MESSAGE_RESEND = "message_resend"
    FIELD = "value"
    """The one element of an input block; the block id names the field."""
    OPEN_LINK = "open_link"
