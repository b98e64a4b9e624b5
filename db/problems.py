"""Customer problems and the parts that their fixes need."""

from collections import defaultdict
from dataclasses import dataclass, replace

from sqlalchemy import UniqueConstraint, delete, insert
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope, name_is_free
from db.tables import Named, Owned, Row, folded, within
from planning.problems.values import Part, Problem


class ProblemRow(Named, Row):
    """A customer problem."""

    __tablename__ = "problems"
    __table_args__ = (UniqueConstraint("workspace_id", "name"), within("owner_id", "people"))

    folded: Mapped[str]
    statement: Mapped[str]
    owner_id: Mapped[int | None]

    def fill(self, problem: Problem) -> None:
        """Take over what the value says."""
        self.name, self.folded, self.statement = problem.name, folded(problem.name), problem.statement
        self.owner_id = problem.owner


class NeedRow(Owned, Row):
    """A part that a complete fix needs."""

    __tablename__ = "problem_needs"
    __table_args__ = (within("problem_id", "problems"),)

    problem_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    part: Mapped[Part] = mapped_column(primary_key=True)


@dataclass(frozen=True, slots=True)
class SqlProblems:
    """The customer problems of a workspace, in the order in which they came."""

    scope: Scope

    def all(self) -> list[Problem]:
        """Every problem with what its fix needs."""
        return self.scope.held(ProblemRow, self._read)

    def _read(self) -> list[Problem]:
        rows = self.scope.plain(ProblemRow, ProblemRow.id)
        needs: defaultdict[int, list[Part]] = defaultdict(list)
        for need in self.scope.plain(NeedRow, NeedRow.problem_id, NeedRow.position):
            needs[need.problem_id].append(need.part)
        return [Problem(row.id, row.name, row.statement, tuple(needs[row.id]), row.owner_id) for row in rows]

    def add(self, problem: Problem) -> Problem:
        """Store a new problem under a number of its own; a name that is taken is refused."""
        name_is_free(self.scope, ProblemRow, "problem", problem.name)
        numbered = replace(problem, id=self.scope.number(ProblemRow))
        row = ProblemRow(workspace_id=self.scope.workspace, id=numbered.id)
        row.fill(numbered)
        self.scope.keep(row)
        self._add_needs(numbered)
        return numbered

    def save(self, problem: Problem) -> None:
        """Write the problem as it is now; a name that is taken is refused."""
        row = self.scope.one(ProblemRow, problem.id, "I do not know this customer problem.")
        name_is_free(self.scope, ProblemRow, "problem", problem.name, ProblemRow.id != problem.id)
        row.fill(problem)
        self.scope.keep(row)
        self.scope.session.execute(delete(NeedRow).where(self.scope.owns(NeedRow), NeedRow.problem_id == problem.id))
        self._add_needs(problem)

    def _add_needs(self, problem: Problem) -> None:
        self.scope.touch(ProblemRow)
        owner = {"workspace_id": self.scope.workspace, "problem_id": problem.id}
        needs = enumerate(dict.fromkeys(problem.needs))
        rows = [{**owner, "position": position, "part": part} for position, part in needs]
        if rows:
            self.scope.session.execute(insert(NeedRow), rows)
