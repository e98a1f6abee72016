"""The plain line mode: the questions, help, review and plan of the screens, line by line on stdin and stdout.

For a serial console, a screen reader, `expect` and pipes: a prompt ends in `> ` and waits for one line; no
cursor moves, no colour. Knows no file and no folder: those are behind `wizard.faces.plain.desk.Desk`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from wizard.faces import command
from wizard.faces.plain import evidence, faq, home, options, output, review, turn
from wizard.faces.plain.console import CommandGiven, Console, EndedError, RefusedError, StoppedError
from wizard.faces.plain.desk import Desk, Read
from wizard.faces.plain.talk import Talk
from wizard.faces.session import Session
from wizard.model.knowledge import Knowledge
from wizard.model.problems import ProblemsError

__all__ = ["run"]

DONE, REFUSED = 0, 1
_SIGNALLED = 128


def run(
    console: Console,
    desk: Desk,
    knowledge: Knowledge,
    as_of: date,
    program: str,
    *,
    files: tuple[str, ...] = (),
    context: command.Context = command.Context(),  # noqa: B008 - a frozen value
) -> int:
    """Talk until the user quits or the input ends.

    The exit status: 0; 1 where something was refused, could not be read or could not be saved; 128 and the
    signal's number where one ended it.
    """
    try:
        return _run(console, desk, knowledge, as_of, program, files, context)
    finally:
        desk.close()


def _run(
    console: Console,
    desk: Desk,
    knowledge: Knowledge,
    as_of: date,
    program: str,
    files: tuple[str, ...],
    context: command.Context,
) -> int:
    try:
        _greet(console, knowledge, as_of, program)
        begun = _begin(console, desk, knowledge, files)
    except (EndedError, RefusedError):
        return REFUSED
    except StoppedError as stopped:
        return _SIGNALLED + stopped.signal
    except ProblemsError as error:
        for problem in error.problems:
            console.put(problem.line())
        return REFUSED
    if begun is None:
        return DONE
    session = Session(knowledge, begun.deployment, as_of, program)
    talk = Talk(console, session, desk, context, failed=bool(begun.unsaved), unsaved=begun.unsaved)
    return _talk(talk, lambda: _opening(talk, begun))


def _greet(console: Console, knowledge: Knowledge, as_of: date, program: str) -> None:
    edition = knowledge.edition
    console.say(
        "plain.greeting",
        program=program,
        edition=edition.id,
        reviewed=edition.reviewed.isoformat(),
        as_of=as_of.isoformat(),
    )
    if as_of > edition.review_by:
        console.say("plain.past-review", review_by=edition.review_by.isoformat())
    console.say("plain.commands")


def _begin(console: Console, desk: Desk, knowledge: Knowledge, files: tuple[str, ...]) -> home.Begun | None:
    """What to work on; None where the user quits."""
    while True:
        try:
            if files:
                return home.from_files(console, desk, files)
            return home.choose(console, desk, knowledge)
        except CommandGiven as given:
            if given.letter == "q":
                return None
            if given.letter == "l" and given.rest:
                files = (given.rest,)
            elif given.letter == "f":
                faq.tell(console, desk, given.rest)
            elif given.letter == "h":
                for line in console.words.lines("plain.help.home"):
                    console.put(line, rest="  ")
            else:
                console.say("plain.not-yet")


def _opening(talk: Talk, begun: home.Begun) -> None:
    """What was read, and what has changed since the plan was last written."""
    if begun.read is not None:
        evidence.show(talk, begun.read)
        _place(talk, begun, begun.read)
    if begun.again:
        found = talk.session.plan.changes
        if found:
            talk.console.say("plain.since")
            turn.say_changes(talk, found)
    talk.standing()


def _place(talk: Talk, begun: home.Begun, read: Read) -> None:
    """Ask where the certificates belong that fit no node, or several."""
    again = evidence.place(talk, read, begun.files)
    if again.deployment != read.deployment:
        talk.change(replace(again.deployment, name=begun.deployment.name))


def _talk(talk: Talk, opening: Callable[[], None]) -> int:
    """Turn by turn until the end, and what is then to be said."""
    step = opening
    try:
        while True:
            try:
                step()
                step = lambda: _turn(talk)  # noqa: E731 - the next thing to do
            except CommandGiven as given:
                if given.letter == "q":
                    return _leave(talk, asked=True)
                step = _command(talk, given)
    except (EndedError, RefusedError) as ended:
        if isinstance(ended, RefusedError):
            talk.failed = True
            talk.console.say("plain.stopped-at", line=str(talk.console.lines))
        return _leave(talk, asked=False)
    except StoppedError as stopped:
        _leave(talk, asked=False)
        return _SIGNALLED + stopped.signal


def _turn(talk: Talk) -> None:
    place = talk.session.place
    if place is None and talk.first_open():
        turn.go_to(talk, "")
        place = talk.session.place
    if place is None:
        options.end(talk)
    else:
        turn.ask(talk, place)


def _command(talk: Talk, given: CommandGiven) -> Callable[[], None]:
    """What a command does."""
    match given.letter:
        case "h":
            return lambda: turn.help_on(talk, talk.session.place)
        case "b":
            return lambda: _back(talk)
        case "r":
            return lambda: review.review(talk)
        case "p":
            return lambda: output.print_plan(talk, given.rest)
        case "s":
            return lambda: output.save_plan(talk, given.rest)
        case "o":
            return lambda: options.compare(talk)
        case "l":
            return lambda: evidence.load(talk, given.rest)
        case "d":
            return lambda: output.tick(talk, given.rest)
        case "t":
            return lambda: options.draw_tree(talk)
        case "c":
            return lambda: output.show_command(talk)
        case "f":
            return lambda: faq.tell(talk.console, talk.desk, given.rest)
        case _:
            return lambda: _undo(talk)


def _back(talk: Talk) -> None:
    if not talk.session.back():
        talk.console.say("plain.first-question")


def _undo(talk: Talk) -> None:
    if talk.undo():
        talk.console.say("plain.undone")
        talk.standing()
    else:
        talk.console.say("plain.nothing-to-undo")


def _leave(talk: Talk, *, asked: bool) -> int:
    """Say where it is saved and how to go on."""
    console, place = talk.console, talk.desk.place()
    try:
        stays = talk.unsaved and asked and console.interactive
        if stays and not console.agreed("plain.prompt.leave-unsaved"):
            return _talk(talk, lambda: None)
        if talk.unsaved:
            console.say("plain.left-unsaved", why=talk.unsaved)
        elif place:
            console.say("plain.left", place=place)
            console.say("plain.go-on")
            console.raw(command.start([place], talk.context, plain=True))
    except EndedError:
        # Nobody reads any more; what could be saved is saved.
        return REFUSED
    return REFUSED if talk.failed else DONE
