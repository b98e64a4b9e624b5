"""What department digests are made of, for tests."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from planning.digests.department_composing import Gathered, compose_department
from planning.digests.department_values import DepartmentDigest
from planning.initiatives.values import Initiative
from planning.schedules.values import Schedule, ScheduleKind
from tests import builders
from tests.planning.portfolios import MARKETING, NOON, portfolio

WEEK = timedelta(days=7)


def schedule(**fields: Any) -> Schedule:
    """Marketing's, in UTC."""
    return builders.schedule(**{"kind": ScheduleKind.DEPARTMENT, "subject": 1, "zone": "UTC", **fields})


def digest_of(*initiatives: Initiative, company: dict[str, Any] | None = None, **gathered: Any) -> DepartmentDigest:
    """Marketing's digest at noon; `company` are fields of the portfolio."""
    known = Gathered("Acorn", MARKETING, portfolio(*initiatives, **(company or {})))
    return compose_department(replace(known, **gathered), schedule(), NOON - WEEK, NOON)
