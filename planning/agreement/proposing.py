"""What comes of a naming round: how far people agree, and the stages that follow from what they named."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from planning.agreement.answers import NamedStages
from planning.agreement.hiding import told_blind
from planning.agreement.matching import Matching, matched
from planning.agreement.naming_index import naming_indices
from planning.agreement.results import DepartmentIndex, Index, NamingResult, ProposedStage
from planning.agreement.values import Invitation
from planning.similarity import Encoder

SHARE = 3
"""A stage is proposed when at least one in so many of those who answered named it, and two people at least."""
MOST = 20
"""Stages in each list at most, and names of one stage."""


def naming_result(invitations: Sequence[Invitation], departments: Mapping[int, str], encoder: Encoder) -> NamingResult:
    """The result of a naming round with these invitations; `departments` are names by id. It tells on nobody."""
    said = [(one.department, one.answer.names) for one in invitations if isinstance(one.answer, NamedStages)]
    answers = [names for _, names in said]
    matching = matched(answers, encoder)
    indices = naming_indices(matching.answers, [department for department, _ in said])
    proposed, others = proposal(matching)
    result = NamingResult(
        asked=len(invitations),
        answered=len(said),
        overall=indices.overall,
        between=indices.between,
        departments=_by_department(invitations, departments, indices.within),
        proposed=proposed,
        others=others,
    )
    return told_blind(result, answers)


def proposal(matching: Matching) -> tuple[tuple[ProposedStage, ...], tuple[ProposedStage, ...]]:
    """The stages that follow from what people named, in the order most of them used, and the others by support.

    A stage is proposed when a third of the people named it: a journey that all agree on cannot leave out what so many
    see, and their departments may still object when it is ratified. Of two stages, the one that more people name first
    is the earlier; a stage stands before another when it is earlier than more of the rest.
    """
    support = Counter(concept for answer in matching.answers for concept in answer)
    ranked = sorted(support, key=lambda concept: (-support[concept], concept))
    least = max(2, -(-len(matching.answers) // SHARE))
    chosen = [concept for concept in ranked if support[concept] >= least][:MOST]
    rest = [concept for concept in ranked if concept not in chosen][:MOST]
    return _stages(matching, support, _in_order(chosen, matching.answers)), _stages(matching, support, rest)


def _stages(matching: Matching, support: Counter[int], concepts: Sequence[int]) -> tuple[ProposedStage, ...]:
    told = ((matching.concepts[concept], support[concept]) for concept in concepts)
    return tuple(ProposedStage(name=one.name, support=count, names=one.names[:MOST]) for one, count in told)


def _in_order(concepts: Sequence[int], answers: Sequence[Sequence[int]]) -> list[int]:
    """Copeland's order of the majorities; equals by their mean place in the lists."""
    places = {concept: [_place(concept, answer) for answer in answers if concept in answer] for concept in concepts}
    mean = {concept: sum(sorted(each)) / len(each) for concept, each in places.items()}
    wins = Counter(_earlier(*pair, answers) for pair in combinations(concepts, 2))
    return sorted(concepts, key=lambda concept: (-wins[concept], round(mean[concept], 6), concept))


def _earlier(one: int, other: int, answers: Sequence[Sequence[int]]) -> int | None:
    both = [answer.index(one) < answer.index(other) for answer in answers if one in answer and other in answer]
    if 2 * sum(both) == len(both):
        return None
    return one if 2 * sum(both) > len(both) else other


def _place(concept: int, answer: Sequence[int]) -> float:
    return (answer.index(concept) + 0.5) / len(answer)


def _by_department(
    invitations: Sequence[Invitation], names: Mapping[int, str], indices: Mapping[int, Index | None]
) -> tuple[DepartmentIndex, ...]:
    asked = Counter(one.department for one in invitations)
    answered = Counter(one.department for one in invitations if isinstance(one.answer, NamedStages))
    told = [
        DepartmentIndex(
            department=id,
            name=names.get(id, ""),
            asked=count,
            answered=answered[id],
            index=indices.get(id),
        )
        for id, count in asked.items()
    ]
    return tuple(sorted(told, key=lambda one: (one.name.casefold(), one.department)))
