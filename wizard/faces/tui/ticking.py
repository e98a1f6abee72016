"""Ticks and notes: what is said of a step is kept with the deployment, by the step's id, at once."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wizard.faces.session import Session
from wizard.model.deployment import Deployment
from wizard.model.plan import PlanStep
from wizard.model.text import visible

if TYPE_CHECKING:
    from wizard.faces.tui.frame import Frame

NOTE_LIMIT = 1000
"""Characters of a note."""


def ticked(session: Session, step: PlanStep) -> Deployment:
    """The deployment with the step ticked today, or with its tick taken back."""
    saved = session.deployment.saved
    ticks = dict(saved.ticks)
    if step.id in ticks:
        del ticks[step.id]
    else:
        ticks[step.id] = session.as_of
    return replace(session.deployment, saved=replace(saved, ticks=ticks))


def noted(session: Session, step: PlanStep, text: str) -> Deployment:
    """The deployment with that note on the step; an empty one takes it away."""
    saved = session.deployment.saved
    notes = {id: note for id, note in saved.notes.items() if id != step.id}
    text = visible(text.strip(), NOTE_LIMIT)
    if text:
        notes[step.id] = text
    return replace(session.deployment, saved=replace(saved, notes=notes))


def tick(frame: "Frame[Any]", session: Session, step: PlanStep) -> bool:
    """Tick the step or take its tick back; whether that was done. What evidence proves stays ticked."""
    if step.proved and step.id not in session.deployment.saved.ticks:
        frame.tell(frame.say("tui.plan.proved"))
        return False
    return frame.wizard.flow.change(ticked(session, step))


def write(frame: "Frame[Any]", session: Session, step: PlanStep) -> None:
    """Ask for the note on the step, and keep it."""
    from wizard.faces.tui.screens.small import TypeScreen

    def keep(text: str | None) -> None:
        if text is not None and frame.wizard.flow.change(noted(session, step, text)):
            frame.redraw(cursor=None)

    frame.app.push_screen(
        TypeScreen(
            frame.say("tui.plan.note"),
            step.title,
            [frame.say("tui.plan.note-intro")],
            initial=step.note,
        ),
        keep,
    )
