"""Where the line mode begins: a new deployment, a saved one, the example, or what files tell."""

from dataclasses import dataclass, replace

from wizard.faces.plain.console import Console
from wizard.faces.plain.desk import DamagedButKeptError, Desk, HeldElsewhereError, Read, Shelved
from wizard.model.deployment import Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.problems import ProblemsError
from wizard.model.text import visible

_VERBS = ("rename", "copy", "delete")
"""What can be done with a saved deployment besides opening it: the verb, its number, a name."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A deployment to work on. `again` is whether it was worked on before; `read` is what `files` told;
    `unsaved` is why it is in memory only, "" where it is saved."""

    deployment: Deployment
    again: bool = False
    read: Read | None = None
    files: tuple[str, ...] = ()
    unsaved: str = ""


def choose(console: Console, desk: Desk, knowledge: Knowledge) -> Begun:
    """What the user picks: a number of the list.

    Raises:
        CommandGiven: a command instead (only to quit and to load mean something here).
    """
    words, shelved = console.words, desk.shelved()
    console.put(words.say("plain.home.new"), first=" 1. ", rest="    ")
    console.put(words.say("plain.home.example"), first=" 2. ", rest="    ")
    for number, one in enumerate(shelved, 3):
        console.put(_shelved_words(knowledge, one), first=f"{number:>2}. ", rest="    ")
    if shelved:
        console.say("plain.how.home")
    while True:
        line = console.ask("plain.prompt.home")
        verb, _, rest = line.partition(" ")
        if verb.casefold() in _VERBS and shelved:
            _change(console, desk, shelved, verb.casefold(), rest.strip())
            return choose(console, desk, knowledge)
        if line == "1":
            return _new(console, desk)
        if line == "2":
            return Begun(desk.example())
        if line.isdecimal() and 3 <= int(line) <= len(shelved) + 2:
            opened = open_shelved(console, desk, shelved[int(line) - 3].slug)
            if opened is not None:
                return opened
        elif line:
            console.refuse(words.say("refused.not-one", given=visible(line)))


def _change(console: Console, desk: Desk, shelved: tuple[Shelved, ...], verb: str, rest: str) -> None:
    """Rename, copy or delete a saved deployment: its number, and behind it the new name."""
    words = console.words
    number, _, name = rest.partition(" ")
    name = visible(name.strip())
    if not (number.isdecimal() and 3 <= int(number) <= len(shelved) + 2):
        console.refuse(words.say("refused.not-one", given=visible(f"{verb} {rest}".strip())))
        return
    one = shelved[int(number) - 3]
    before = one.name or words.say("phrase.unnamed")
    try:
        if verb == "delete":
            if not console.agreed("plain.prompt.delete", name=before):
                return
            desk.delete(one.slug)
        elif verb == "rename":
            if not name:
                console.refuse(words.say("refused.no-name"))
                return
            desk.rename(one.slug, name)
        else:
            name = name or words.say("plain.home.copy-of", name=before)
            desk.duplicate(one.slug, name)
    except ProblemsError as error:
        _say(console, error)
        return
    console.say(f"plain.home.done-{verb}", name=before, new=name)


def _shelved_words(knowledge: Knowledge, one: Shelved) -> str:
    words = knowledge.words
    name = one.name or words.say("phrase.unnamed")
    if not one.readable:
        return words.say("plain.home.unreadable", name=name)
    stands = words.say(f"outcome.{one.outcome}.title") if words.has(f"outcome.{one.outcome}.title") else ""
    if one.question in knowledge.questions:
        args = {"node": one.about, "fixed_release": str(knowledge.fixed_release)}
        stands = words.say("plain.home.next", question=words.say(f"question.{one.question}.text", **args))
    customer = one.customer or words.say("plain.home.no-customer")
    return words.say(
        "plain.home.saved", name=name, customer=customer, date=one.written.isoformat(), stands=stands
    ).rstrip()


def _new(console: Console, desk: Desk) -> Begun:
    name = visible(console.ask("plain.prompt.name"))
    customer = visible(console.ask("plain.prompt.customer"))
    deployment = Deployment(name=name or console.words.say("plain.unnamed"), customer=customer)
    return Begun(deployment, unsaved=_create(console, desk, deployment))


def _create(console: Console, desk: Desk, deployment: Deployment) -> str:
    """Have a new deployment saved; why that was not possible, "" where it was."""
    try:
        desk.create(deployment)
    except ProblemsError as error:
        why = error.problems[0].line()
        console.say("plain.not-saved", why=why)
        return why
    console.say("plain.saved-in", place=desk.place())
    return ""


def open_shelved(console: Console, desk: Desk, slug: str) -> Begun | None:
    """A saved deployment; where another window has it, it is taken over only when that is agreed."""
    try:
        return Begun(desk.open(slug), again=True)
    except HeldElsewhereError as error:
        _say(console, error)
        if not console.agreed("plain.prompt.take-over"):
            return None
        return _attempt(console, desk, slug, take_over=True)
    except DamagedButKeptError as error:
        _say(console, error)
        if not console.agreed("plain.prompt.restore"):
            return None
        return _attempt(console, desk, slug, take_over=False)
    except ProblemsError as error:
        _say(console, error)
        return None


def _attempt(console: Console, desk: Desk, slug: str, *, take_over: bool) -> Begun | None:
    try:
        return Begun(desk.open(slug, take_over=True) if take_over else desk.restore(slug), again=True)
    except ProblemsError as error:
        _say(console, error)
        return None


def _say(console: Console, error: ProblemsError) -> None:
    for problem in error.problems:
        console.put(problem.line())


def from_files(console: Console, desk: Desk, files: tuple[str, ...]) -> Begun | None:
    """What files tell: a deployment gone on with, or a new one prefilled; saved at once.

    Raises:
        ProblemsError: there is nothing to go on from.
    """
    read = desk.read(files, None, {})
    if read.slug and len(files) == 1:
        return open_shelved(console, desk, read.slug)
    deployment = read.deployment
    if not deployment.name:
        name = visible(console.ask("plain.prompt.name"))
        deployment = replace(deployment, name=name or console.words.say("plain.unnamed"))
    unsaved = _create(console, desk, deployment)
    return Begun(deployment, again=bool(read.began_with), read=read, files=files, unsaved=unsaved)
