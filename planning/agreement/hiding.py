"""What is told of the names in a naming round, so that nobody's answer can be read from them."""

from collections.abc import Sequence

from planning.agreement.matching import names_in
from planning.agreement.naming_index import FEWEST
from planning.agreement.results import NamingResult, ProposedStage


def told_blind(result: NamingResult, answers: Sequence[Sequence[str]]) -> NamingResult:
    """The result with the names that may be told; of fewer answers than FEWEST, none.

    The names that only one person used are told where at least FEWEST people used such names. Those of one or two
    people, put together, would be their answers.
    """
    if result.overall is None:
        return result.model_copy(update={"proposed": (), "others": ()})
    alone = [each.people for each in names_in(answers).values() if len(each.people) == 1]
    if len(frozenset().union(*alone)) >= FEWEST:
        return result
    others = tuple(_shared(stage) for stage in result.others if stage.support > 1)
    proposed = tuple(_shared(stage) for stage in result.proposed)
    return result.model_copy(update={"proposed": proposed, "others": others, "hidden": len(alone)})


def _shared(stage: ProposedStage) -> ProposedStage:
    return stage.model_copy(update={"names": tuple((name, count) for name, count in stage.names if count > 1)})
