"""Messages that show a decision are drawn again when it is ruled on, or no longer needed."""

from planning.decisions.values import Decision
from planning.outbox.values import MessageKind
from planning.register import Register


def draw_again(register: Register, *decisions: Decision) -> None:
    """Every digest since they were asked for, and what whoever decides in the executives' place was sent."""
    if decisions:
        digests = register.schedules.made_since(min(decision.asked_at for decision in decisions))
        register.postings.revise(MessageKind.DIGEST, *digests)
        register.postings.revise(MessageKind.DECISION, *(decision.id for decision in decisions))
