"""Installations as this process remembers them: true for as long as their revision is."""

from threading import Lock

from db.installations import Installations, Standing
from planning.installations.values import Installation

MOST = 10_000
"""So many are remembered; who was not asked for the longest goes first."""


class Known:
    """Asks with one cheap look whether what it remembers still holds: an end counts in every replica at once."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations
        self._known = dict[str, Installation]()
        self._lock = Lock()

    def live(self, slack_id: str) -> Installation | None:
        """The installation of a team or an organisation; None where there is none, or none any more."""
        return self._holding(self._installations.standing_of(slack_id))

    def live_in(self, workspace: str) -> Installation | None:
        """The same, of the workspace with an id of ours."""
        return self._holding(self._installations.standing_in(workspace))

    def _holding(self, standing: Standing | None) -> Installation | None:
        if standing is None:
            return None
        with self._lock:
            known = self._known.pop(standing.slack_id, None)
        if not standing.is_live:
            return None
        if known is None or known.revision != standing.revision:
            known = self._installations.of(standing.slack_id)
        if known is None or not known.is_live:
            return None
        self._remember(known)
        return known

    def _remember(self, installation: Installation) -> None:
        with self._lock:
            self._known[installation.slack_id] = installation
            if len(self._known) > MOST:
                del self._known[next(iter(self._known))]
