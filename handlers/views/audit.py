"""The audit log, some entries at a time."""

from handlers.views.audit_details import channel_of, details_told, now_called
from handlers.views.audit_words import VERBS
from handlers.views.names import Names
from handlers.views.paging import paging
from handlers.views.text import Message, Part, bold, bullets, channel_link, context, escape_within, header, rich
from planning.audit.values import Entry
from planning.register import Page
from planning.text import clip, counted
from planning.workspace.hours import zone_of

ITSELF = "Concord"
NAME, DETAILS, QUERY = 60, 160, 60
HOW = "Narrow it: /cx audit plan, /cx audit initiative.withdrawn, /cx audit CX-12, or the whole name of somebody."


def audit_list(page: Page[Entry], names: Names, zone: str, query: str = "") -> Message:
    """Who did what, the newest first, at the times of the reader's zone."""
    title = f"{counted(page.total, 'entry', 'entries') if page.total else 'Nothing'} in the log{_narrowed(query)}"
    told = [(_at(entry, zone), _told(entry, names, zone)) for entry in page.items]
    rows = [(bold(at), f" {words}", *_where(entry)) for entry, (at, words) in zip(page.items, told, strict=True)]
    hidden = page.total - page.offset - len(page.items)
    said = "\n".join([title, *(" ".join(one) for one in told)])
    body = [rich(bullets(rows))] if rows else []
    blocks = [header(title), *body, *paging("audit", query, page.offset, hidden), context(HOW)]
    return Message(escape_within(said), blocks)


def _narrowed(query: str) -> str:
    return f" for “{clip(query, QUERY)}”" if query else ""


def _at(entry: Entry, zone: str) -> str:
    return f"{entry.at.astimezone(zone_of(zone)):%Y-%m-%d %H:%M}"


def _told(entry: Entry, names: Names, zone: str) -> str:
    who = names.people.get(entry.actor, ITSELF) if entry.actor is not None else ITSELF
    words = VERBS.get(entry.verb, f"did “{clip(entry.verb, NAME)}” to {{}}").replace("{}", _subject(entry, names))
    details = clip(details_told(entry, names, zone), DETAILS)
    return f"{clip(who, NAME)}: {words}{f' – {details}' if details else ''}"


def _where(entry: Entry) -> tuple[Part, ...]:
    channel = channel_of(entry)
    return (", in ", channel_link(channel)) if channel else ()


def _subject(entry: Entry, names: Names) -> str:
    """What it was done to, by its name as it was then, or is now, or else by its number."""
    kind, _, key = entry.subject.partition(":")
    if kind == "initiative":
        return f"CX-{key}"
    called = entry.details.get("name") or now_called(kind, key, names)
    if called and kind == "person":
        return clip(str(called), NAME)
    kind = clip(kind.replace("_", "-"), NAME)
    return f"{kind} “{clip(str(called), NAME)}”" if called else f"{kind} {clip(key, NAME)}".strip()
