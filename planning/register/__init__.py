"""The register as planning sees it: one workspace, one transaction, one store per subject.

Implemented in `db/`. Everything read inside is consistent; everything written is kept together or not at all.
"""

from planning.register.agreement import Polls, Ratifications
from planning.register.data import Keeping, Personal
from planning.register.findings import Detections, Findings
from planning.register.initiatives import Initiatives, Search
from planning.register.journeys import Journeys, Metrics, Pools, Problems
from planning.register.outgoing import Audit, Postings, Schedules
from planning.register.pages import Page
from planning.register.people import Departments, People, Workspaces
from planning.register.pushing import Alerts, CheckIns, Decisions, Plans, PreferencesStore, Proposals
from planning.register.scores import ApiKeys, Measurements, Pictures, Readings
from planning.register.units import Register, Registers

__all__ = [
    "Alerts",
    "ApiKeys",
    "Audit",
    "CheckIns",
    "Decisions",
    "Departments",
    "Detections",
    "Findings",
    "Initiatives",
    "Journeys",
    "Keeping",
    "Measurements",
    "Metrics",
    "Page",
    "People",
    "Personal",
    "Pictures",
    "Plans",
    "Polls",
    "Pools",
    "Postings",
    "PreferencesStore",
    "Problems",
    "Proposals",
    "Ratifications",
    "Readings",
    "Register",
    "Registers",
    "Schedules",
    "Search",
    "Workspaces",
]
