"""Every path through the tree as a row: its answers, and what follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wizard.domain.assess import assess
from wizard.domain.paths import paths
from wizard.domain.plan import plan
from wizard.model.deployment import ROLES, Role
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Plan


@dataclass(frozen=True, slots=True)
class PathRow:
    """A path: (question id, answer) in order, the outcome, the options taken as `OPTION/ROLE`, the rules of
    its steps, and the facts that bear on any of them (all by id, each once)."""

    answers: tuple[tuple[str, str], ...]
    outcome: str
    options: tuple[str, ...]
    steps: tuple[str, ...]
    facts: tuple[str, ...]


def path_rows(knowledge: Knowledge, as_of: date) -> Iterator[PathRow]:
    """A row for each path, in the order of `paths`."""
    for path in paths(knowledge, as_of):
        made = plan(knowledge, assess(knowledge, path.deployment, as_of), "")
        yield row(knowledge, path.answers, made)


def row(knowledge: Knowledge, answers: tuple[tuple[str, str], ...], made: Plan) -> PathRow:
    """The row of one path, from the plan that its answers lead to."""
    assessment = made.assessment
    chosen: dict[Role, tuple[str, ...]] = {
        "core": assessment.chosen.core or (),
        "edge": assessment.chosen.edge or (),
    }
    options = tuple(f"{option}/{role}" for role in ROLES for option in chosen[role])
    steps = tuple(dict.fromkeys(step.rule for step in made.steps))
    met = {f"question:{question}" for question, _ in answers}
    met |= {f"outcome:{assessment.outcome}"}
    met |= {f"option:{option.partition('/')[0]}" for option in options}
    met |= {f"step:{step}" for step in steps}
    met |= {f"connection:{connection.id}" for connection in assessment.connections}
    met |= {f"notice:{notice.id}" for notice in assessment.notices}
    met |= {f"deadline:{entry.id}" for entry in assessment.calendar}
    facts = tuple(fact.id for fact in knowledge.facts.values() if not met.isdisjoint(fact.bears_on))
    return PathRow(answers, assessment.outcome, options, steps, facts)
