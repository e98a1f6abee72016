"""Whether what is still to be asked can change which options are recommended."""

from datetime import date, timedelta

from wizard.domain import options as judging
from wizard.domain import outcome as tree
from wizard.domain import simulate
from wizard.domain.answers import answer
from wizard.domain.predict import predict
from wizard.domain.walk import walk
from wizard.model.deployment import Choice, Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Asked


def settled(knowledge: Knowledge, deployment: Deployment, as_of: date) -> bool:
    """Whether no single remaining answer changes the options recommended.

    Each open question is tried with each of its answers by itself. An open outcome is never settled.
    """
    if tree.outcome(deployment) == "open":
        return False
    state = walk(knowledge, deployment)
    now = recommended(knowledge, deployment, as_of)
    pending = [asked for asked in (state.next, *state.ahead) if asked is not None]
    return all(
        recommended(knowledge, answer(knowledge, deployment, asked, value), as_of) == now
        for asked in pending
        for value in answers_to_try(knowledge, asked, as_of)
    )


def recommended(knowledge: Knowledge, deployment: Deployment, as_of: date) -> Choice:
    """The options recommended for a deployment, without assessing the rest of it."""
    after_renewal = predict(knowledge, simulate.renewed(deployment), as_of)
    core_needs = judging.core_needs_client_auth(knowledge, deployment, as_of)
    return judging.recommended(judging.judge(knowledge, deployment, as_of, after_renewal, core_needs))


def answers_to_try(knowledge: Knowledge, asked: Asked, as_of: date) -> tuple[str, ...]:
    """The answers that stand for all; () where none can change an option by itself."""
    question = knowledge.questions[asked.question]
    match question.kind:
        case "choice" | "eku":
            return question.answers
        case "release":
            return "X14.3.7", "X15.4", "X15.5", str(knowledge.fixed_release)
        case "issuer":
            return tuple(knowledge.issuers)
        case "date":
            days = [(as_of + timedelta(days=n)).isoformat() for n in (7, 400)]
            return (*days, *question.answers)
        case _:
            return ()
