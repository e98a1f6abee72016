"""Files read while one talks: what they hold is shown before it is used; which node it is of may be asked."""

from wizard.domain.remarks import key_words
from wizard.faces import tables
from wizard.faces.plain.desk import Read
from wizard.faces.plain.talk import Talk
from wizard.faces.plain.turn import say_changes
from wizard.model.certificate import CertificateRecord
from wizard.model.deployment import STORES, Deployment, Store
from wizard.model.problems import ProblemsError
from wizard.model.text import visible


def load(talk: Talk, said: str) -> None:
    """Read a file or folder, show what it tells and changes in the plan; use it when that is agreed."""
    console = talk.console
    path = said or console.ask("plain.prompt.load")
    if not path:
        return
    try:
        read = talk.desk.read((path,), talk.session.deployment, {})
        if read.began_with:
            console.refuse(talk.words.say("refused.is-deployment", given=visible(path)))
            return
        show(talk, read)
        read = place(talk, read, (path,))
    except ProblemsError as error:
        talk.tell(error.problems)
        return
    if read.deployment == talk.session.deployment:
        console.say("plain.load.nothing-new")
        return
    for line in filled(talk, read.deployment):
        console.put(line, first="- ", rest="  ")
    say_changes(talk, talk.session.preview(read.deployment))
    if console.agreed("plain.prompt.use"):
        talk.change(read.deployment)
        talk.standing()


def place(talk: Talk, read: Read, paths: tuple[str, ...]) -> Read:
    """Ask for the node of each certificate that fits none, or several; read again with what was said.

    What is still wrong then is a failure; all of it is, where the asking is broken off.
    """
    before, talk.failed = talk.failed, talk.failed or bool(read.problems)
    if not read.unplaced or not talk.console.interactive:
        return read
    placed: dict[str, tuple[str, Store]] = {}
    for file in read.unplaced:
        talk.console.say("plain.how.place", file=visible(file))
        line = talk.console.ask("plain.prompt.place")
        name, _, store = line.partition(" ")
        if name:
            placed[file] = (visible(name), next((s for s in STORES if s == store.strip()), "server"))
    if not placed:
        return read
    again = talk.desk.read(paths, talk.session.deployment, placed)
    for problem in again.problems:
        if problem not in read.problems:
            talk.console.put(problem.line())
    talk.failed = before or bool(again.problems)
    return again


def show(talk: Talk, read: Read) -> None:
    """Each certificate with its file and SHA-256, then what was refused.

    Whether that is a failure shows when it has been asked where certificates belong: `talk.failed` is left.
    """
    for record in read.inspection.records:
        _show(talk, record)
    if read.secrets:
        talk.console.say("dumps.secrets", count=str(read.secrets))
    for problem in read.problems:
        talk.console.put(problem.line())


def _show(talk: Talk, record: CertificateRecord) -> None:
    words, none = talk.words, talk.words.say("table.unreadable")
    days = (record.not_before, record.not_after)
    since, until = (day.date().isoformat() if day is not None else none for day in days)
    talk.console.put()
    talk.console.say("plain.load.file", file=record.file, sha256=record.sha256)
    told = {
        "subject": record.subject,
        "names": ", ".join(record.sans) or words.say("phrase.none"),
        "ca": f"{tables.ca_words(record, words)}: {record.issuer}",
        "eku": tables.eku_words(record, words),
        "valid": words.say("plain.load.from-to", since=since, until=until),
    }
    for key, value in told.items():
        talk.console.put(words.say(f"plain.load.{key}", value=value), first="  ", rest="    ")
    for note in record.notes_on(talk.session.as_of):
        talk.console.put(words.say(f"note.{note.code}", **note.args), first="  - ", rest="    ")


def filled(talk: Talk, deployment: Deployment) -> list[str]:
    """What the files fill in: each value with where it comes from."""
    before = talk.session.deployment.origins
    return [
        talk.words.say(
            "plain.load.filled",
            what=key_words(talk.words, key),
            origin=talk.words.say(f"plain.origin.{origin.kind}", detail=origin.detail),
        )
        for key, origin in deployment.origins.items()
        if before.get(key) != origin
    ]
