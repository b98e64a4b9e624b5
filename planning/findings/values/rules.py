"""Which rules find something, and of what kind it is."""

from enum import StrEnum


class Kind(StrEnum):
    """A finding either ties initiatives together or says that something is missing."""

    OVERLAP = "overlap"
    GAP = "gap"


class Rule(StrEnum):
    """Which rule found it."""

    DUPLICATE_EFFORT = "duplicate_effort"
    SPLIT_PROBLEM = "split_problem"
    CONTACT_COLLISION = "contact_collision"
    CONTACT_CROWDING = "contact_crowding"
    RESOURCE_CONTENTION = "resource_contention"
    METRIC_CONFLICT = "metric_conflict"
    STAGE_WITHOUT_WORK = "stage_without_work"
    STAGE_WITHOUT_OWNER = "stage_without_owner"
    STAGE_WITHOUT_METRIC = "stage_without_metric"
    SINGLE_DEPARTMENT_STAGE = "single_department_stage"
    BARE_HAND_OFF = "bare_hand_off"
    SEGMENT_UNSERVED = "segment_unserved"
    METRIC_OFF_TARGET_UNMOVED = "metric_off_target_unmoved"
    METRIC_STALE = "metric_stale"
    SCORE_DISPUTED = "score_disputed"
    PROBLEM_FIX_INCOMPLETE = "problem_fix_incomplete"
    INITIATIVE_INCOMPLETE = "initiative_incomplete"

    @property
    def kind(self) -> Kind:
        """Whether the rule finds overlaps or gaps."""
        return Kind.OVERLAP if self in OVERLAP_RULES else Kind.GAP


OVERLAP_RULES = frozenset(
    (
        *(Rule.DUPLICATE_EFFORT, Rule.SPLIT_PROBLEM, Rule.CONTACT_COLLISION, Rule.CONTACT_CROWDING),
        *(Rule.RESOURCE_CONTENTION, Rule.METRIC_CONFLICT),
    )
)
