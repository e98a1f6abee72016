"""Writing a plan out is a revision: what it says is kept, so that the next one tells what changed."""

from dataclasses import replace
from datetime import date

from wizard.domain.assess import assess
from wizard.domain.changes import snapshot
from wizard.domain.plan import plan
from wizard.faces.session import Session
from wizard.model.deployment import Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Plan


def next_revision(session: Session) -> tuple[Plan, Deployment]:
    """As `revise`, for what a session works on."""
    return revise(session.knowledge, session.deployment, session.as_of, session.program)


def revise(
    knowledge: Knowledge, deployment: Deployment, as_of: date, program: str
) -> tuple[Plan, Deployment]:
    """The plan of the next revision, and the deployment to keep once it is written, which holds what it said.

    The plan compares itself with the revision before; its block is to hold the deployment given here.
    """
    saved = replace(
        deployment.saved,
        as_of=as_of,
        edition=knowledge.edition.id,
        program=program,
        revision=deployment.saved.revision + 1,
    )
    revised = replace(deployment, saved=saved)
    made = plan(knowledge, assess(knowledge, revised, as_of), program)
    return made, replace(revised, saved=replace(saved, before=snapshot(made)))
