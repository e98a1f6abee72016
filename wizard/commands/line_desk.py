"""`LineDesk`: store and evidence behind the line mode (`wizard.faces.plain.desk.Desk`)."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from wizard.evidence.prefill import Place
from wizard.faces.plain.desk import DamagedButKeptError, HeldElsewhereError, Read, Shelved
from wizard.faces.session import Session
from wizard.gather import gather
from wizard.knowledge import Part, faq_answer, load
from wizard.model.deployment import Deployment, Store
from wizard.model.knowledge import Knowledge
from wizard.store.codec import to_block
from wizard.store.errors import DamagedError, HeldError, StoreError
from wizard.store.files import write_text
from wizard.store.library import Library
from wizard.store.session import Session as Saving
from wizard.store.standing import Standing

_WITH_FAQ: tuple[Part, ...] = ("faq", "facts", "troubleshooting")
_UNPLACED = ("prefill-certificate-ambiguous", "prefill-certificate-unmatched")


class LineDesk:
    """See the module. `content` is the content folder, `password` asks for one of a file."""

    def __init__(
        self,
        knowledge: Knowledge,
        as_of: date,
        program: str,
        library: Library,
        content: Path,
        password: Callable[[str], str | None] | None = None,
    ) -> None:
        self._knowledge, self._as_of, self._program = knowledge, as_of, program
        self._library, self._content, self._password = library, content, password
        self._saving: Saving | None = None
        self._faq: tuple[Knowledge, Mapping[str, str]] | None = None

    def shelved(self) -> tuple[Shelved, ...]:
        """See `Desk`."""
        return tuple(
            Shelved(
                slug=entry.slug,
                name=entry.name or entry.slug,
                customer=entry.customer,
                written=entry.written.date(),
                readable=entry.state == "ok",
                outcome=entry.standing.outcome,
                question=entry.standing.question,
                about=entry.standing.about,
            )
            for entry in self._library.entries()
        )

    def example(self) -> Deployment:
        """See `Desk`."""
        return gather([str(self._content / "example.toml")], self._knowledge, self._as_of).deployment

    def create(self, deployment: Deployment) -> None:
        """See `Desk`."""
        self._saving = self._library.create(self._stamped(deployment))
        if self._saving.problem is not None:
            raise self._saving.problem

    def open(self, slug: str, *, take_over: bool = False) -> Deployment:
        """See `Desk`."""
        try:
            deployment, saving = self._library.open(slug, take_over=take_over)
        except HeldError as error:
            raise HeldElsewhereError(error.problems) from None
        except DamagedError as error:
            if error.previous:
                raise DamagedButKeptError(error.problems) from None
            raise
        return self._held(deployment, saving)

    def restore(self, slug: str) -> Deployment:
        """See `Desk`."""
        return self._held(*self._library.restore(slug))

    def _held(self, deployment: Deployment, saving: Saving) -> Deployment:
        self._saving = saving
        return deployment

    def keep(self, session: Session) -> None:
        """See `Desk`."""
        if self._saving is None:
            return
        walk = session.walk
        self._saving.save(self._stamped(session.deployment), frozenset(walk.dormant), standing(session))

    def _stamped(self, deployment: Deployment) -> Deployment:
        """With the day, the edition and the program that it was worked on with."""
        saved = replace(
            deployment.saved,
            as_of=self._as_of,
            edition=self._knowledge.edition.id,
            program=self._program,
        )
        return replace(deployment, saved=saved)

    def place(self) -> str:
        """See `Desk`."""
        saving = self._saving
        return str(saving.path) if saving is not None and saving.path and saving.problem is None else ""

    def close(self) -> None:
        """See `Desk`."""
        if self._saving is not None:
            self._saving.close()
            self._saving = None

    def read(
        self, paths: tuple[str, ...], known: Deployment | None, placed: Mapping[str, tuple[str, Store]]
    ) -> Read:
        """See `Desk`. A file of the library is not read but named, to be opened as what it is."""
        if known is None and len(paths) == 1 and (slug := self._slug(paths[0])):
            return Read(Deployment(), began_with=paths[0], slug=slug)
        gathered = gather(
            paths,
            self._knowledge,
            self._as_of,
            known=known,
            password=self._password,
            placed={file: Place(*place) for file, place in placed.items()},
        )
        unplaced = dict.fromkeys(p.file for p in gathered.problems if p.code in _UNPLACED)
        return Read(
            gathered.deployment,
            gathered.inspection,
            gathered.problems,
            gathered.began_with,
            unplaced=tuple(unplaced),
            secrets=gathered.bundles.secrets,
        )

    def _slug(self, path: str) -> str:
        """The saved deployment that a path names, "" where it is no file of the library."""
        folder = self._library.folder
        file = Path(path)
        if folder is None or file.suffix != ".json":
            return ""
        try:
            return file.stem if file.resolve().parent == folder.resolve() else ""
        except OSError:
            return ""

    def write(self, path: str, text: str, *, overwrite: bool) -> str:
        """See `Desk`. `~` is the home folder."""
        place = Path(os.path.expanduser(path))  # noqa: PTH111 - leaves a `~` without a home as it is
        try:
            write_text(place, text, say=self._knowledge.words.say, overwrite=overwrite)
        except StoreError as error:
            if error.code == "exists":
                raise FileExistsError(str(place)) from None
            raise
        return str(place)

    def rename(self, slug: str, name: str) -> None:
        """See `Desk`."""
        self._library.rename(slug, name)

    def duplicate(self, slug: str, name: str) -> None:
        """See `Desk`."""
        self._library.duplicate(slug, name)

    def delete(self, slug: str) -> None:
        """See `Desk`."""
        self._library.delete(slug)

    def faq(self) -> tuple[Knowledge, Mapping[str, str]]:
        """See `Desk`."""
        if self._faq is None:
            language = self._knowledge.words.language
            everything = load(self._content, language, _WITH_FAQ)
            answers = {id: faq_answer(self._content, language, id) for id in everything.faq}
            self._faq = (everything, answers)
        return self._faq

    def block(self, deployment: Deployment) -> str:
        """See `Desk`."""
        return to_block(deployment)


def standing(session: Session) -> Standing:
    """How far a session has come, for a list of saved deployments."""
    walk, assessment = session.walk, session.assessment
    following = walk.next
    return Standing(
        outcome=assessment.outcome,
        question=following.question if following is not None else "",
        about=following.about if following is not None else "",
        answered=len(walk.path),
        ahead=len(walk.ahead) + (following is not None),
        binding=assessment.binding.date if assessment.binding is not None else None,
    )
