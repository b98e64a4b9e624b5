"""Every night what is over and old enough is forgotten, a bounded portion in each unit.

Where it stands is kept with it, so a night that is cut short goes on where it was, in whichever process.
"""

from dataclasses import replace
from datetime import datetime

from planning.data.keeping import kept_since
from planning.data.values import Kept, Portion, Progress
from planning.register import Register
from planning.workspace.hours import day_in

AT_ONCE = 250
"""Rows looked at in one unit: others wait for it no longer than for somebody's click."""
A_NIGHT = 80
"""Portions of a night; what is left goes on the next one, for the beat has other work."""


def tidy(register: Register, now: datetime) -> Portion | None:
    """Forget the next portion; None when there is nothing more to do tonight."""
    workspace = register.workspaces.current()
    tonight, progress = day_in(workspace.zone, now).toordinal(), register.keeping.progress()
    if progress.night == tonight:
        return None
    kept = [*Kept][progress.place]
    portion = register.keeping.forget(kept, kept_since(workspace, kept, now), progress.looked, AT_ONCE)
    register.keeping.save(_after(progress, portion, tonight))
    return portion


def _after(progress: Progress, portion: Portion, tonight: int) -> Progress:
    done, over = progress.done + 1, progress.done + 1 >= A_NIGHT
    if not portion.whole:
        looked = replace(progress, looked=portion.looked, done=done)
    elif progress.place + 1 < len(Kept):
        looked = replace(progress, place=progress.place + 1, looked=0, done=done)
    else:
        return Progress(tonight)
    return replace(looked, night=tonight, done=0) if over else looked
