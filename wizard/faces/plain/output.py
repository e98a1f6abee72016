"""The plan as lines: printed whole or one chapter, written to a file, its steps ticked and noted."""

import re
from dataclasses import replace

from wizard.faces import command
from wizard.faces.json import plan_json
from wizard.faces.markdown import render
from wizard.faces.plain.talk import Talk
from wizard.faces.revision import next_revision
from wizard.model.plan import PlanStep
from wizard.model.problems import ProblemsError
from wizard.model.text import visible

_CHAPTER = re.compile(r"^## (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_HANDOVER = "handover"
_JSON = ".json"


def print_plan(talk: Talk, which: str) -> None:
    """The plan as Markdown; only one chapter where its number is given. Then its chapters by number."""
    console = talk.console
    text = render(talk.session.plan, talk.knowledge)
    head, chapters = chapters_of(text)
    if not which:
        console.put()
        console.raw(text)
    elif which.isdecimal() and 1 <= int(which) <= len(chapters):
        console.put()
        console.raw(chapters[int(which) - 1][1])
        return
    else:
        console.refuse(talk.words.say("refused.no-chapter", given=visible(which)))
        console.put(head.splitlines()[0])
    console.say("plain.chapters")
    for number, (title, _) in enumerate(chapters, 1):
        console.put(title, first=f"{number:>2}. ", rest="    ")


def chapters_of(markdown: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What stands before the first heading of the second level, and each chapter as (title, text)."""
    head: list[str] = []
    chapters: list[tuple[str, list[str]]] = []
    fence = ""
    for line in markdown.splitlines():
        marks = _FENCE.match(line)
        if marks is not None and (not fence or marks.group(1).startswith(fence)):
            fence = "" if fence else marks.group(1)
        heading = None if fence else _CHAPTER.match(line)
        if heading is not None:
            chapters.append((heading.group(1), []))
        (chapters[-1][1] if chapters else head).append(line)
    return "\n".join(head), tuple((title, "\n".join(lines) + "\n") for title, lines in chapters)


def save_plan(talk: Talk, said: str) -> None:
    """Write the plan to a file as its next revision: JSON for a name in .json, else Markdown. `handover`
    before the name leaves out the block to go on from. A file that is there is not overwritten unasked."""
    console, words = talk.console, talk.words
    first, _, rest = said.partition(" ")
    handover = first.casefold() == _HANDOVER
    path = rest.strip() if handover else said
    if not path:
        suggested = suggested_name(talk.session.deployment.name, talk.session.deployment.saved.revision + 1)
        console.say("plain.how.file", suggested=suggested)
        path = console.ask("plain.prompt.file") or suggested
    made, kept = next_revision(talk.session)
    if path.casefold().endswith(_JSON):
        text = plan_json(made, words)
    else:
        text = render(made, talk.knowledge, block="" if handover else talk.desk.block(kept))
    try:
        try:
            place = talk.desk.write(path, text, overwrite=False)
        except FileExistsError:
            if not console.agreed("plain.prompt.overwrite", path=visible(path)):
                return
            place = talk.desk.write(path, text, overwrite=True)
    except ProblemsError as error:
        talk.tell(error.problems)
        return
    talk.change(kept)
    console.say("plain.plan-saved", place=place, revision=str(kept.saved.revision))
    if talk.desk.place():
        show_command(talk)


def plan_command(talk: Talk) -> str:
    """The command that prints this plan without the wizard."""
    return command.plan([talk.desk.place()], talk.context)


def suggested_name(name: str, revision: int) -> str:
    """A file name for a plan: from the deployment's name, ASCII, with the revision."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40] or "plan"
    return f"{slug}-plan-r{revision}.md"


def show_command(talk: Talk) -> None:
    """The command that does the same without the wizard; only a saved deployment has one."""
    if talk.desk.place():
        talk.console.say("plain.command")
        talk.console.raw(plan_command(talk))
    else:
        talk.console.say("plain.no-command")


def tick(talk: Talk, said: str) -> None:
    """List the steps by number; with a number tick that step, or take its tick back; with words note them."""
    console, words, steps = talk.console, talk.words, talk.session.plan.steps
    number, _, note = said.partition(" ")
    if not number:
        console.put()
        for index, step in enumerate(steps, 1):
            console.put(_step_words(talk, step), first=f"{index:>3}. ", rest="     ")
        console.say("plain.step.how" if steps else "plain.step.none")
        return
    if not number.isdecimal() or not 1 <= int(number) <= len(steps):
        console.refuse(words.say("refused.no-step", given=visible(number)))
        return
    step = steps[int(number) - 1]
    saved = talk.session.deployment.saved
    if note:
        saved = replace(saved, notes={**saved.notes, step.id: visible(note)})
    elif step.id in saved.ticks:
        saved = replace(saved, ticks={id: day for id, day in saved.ticks.items() if id != step.id})
    else:
        saved = replace(saved, ticks={**saved.ticks, step.id: talk.session.as_of})
    talk.change(replace(talk.session.deployment, saved=saved))
    after = next((each for each in talk.session.plan.steps if each.id == step.id), step)
    console.put(_step_words(talk, after))


def _step_words(talk: Talk, step: PlanStep) -> str:
    mark = talk.words.say("plain.step.done" if step.done else "plain.step.open")
    if step.note:
        return talk.words.say("plain.step.noted", mark=mark, title=step.title, note=step.note)
    return talk.words.say("plain.step.line", mark=mark, title=step.title)
