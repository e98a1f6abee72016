"""`Desk`: what all screens share: options, words, styles, the session that is open, how it is saved."""

from typing import TYPE_CHECKING, Literal

from wizard.faces.tui import Options
from wizard.faces.tui.ink import Ink
from wizard.model.words import Words
from wizard.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from wizard.faces.session import Session
    from wizard.model.knowledge import Knowledge
    from wizard.store.errors import StoreError

SaveState = Literal["none", "saved", "saving", "memory", "example", "watching"]


class Desk:
    """See the module."""

    def __init__(self, options: Options, words: Words, ink: Ink) -> None:
        self.options = options
        self.words = words
        self.ink = ink
        self.knowledge: Knowledge | None = None
        self.everything: Knowledge | None = None
        """The knowledge with the FAQ and troubleshooting, once a screen has needed them (`shelf`)."""
        self.session: Session | None = None
        self.plain = ink.ascii
        """Whether this terminal shows ASCII only, whatever the settings say."""
        self.state: SaveState = "none"
        self.trouble: StoreError | None = None
        self.folder: Path | None = None
        """Where deployments are saved instead of the usual folder, where that takes nothing."""
        self.version = __version__

    def take(self, knowledge: "Knowledge") -> None:
        """The knowledge is there, and with it all words."""
        self.knowledge = knowledge
        self.words = knowledge.words

    def is_past_review(self) -> bool:
        """Whether the content was due for review before the day that is judged by."""
        return self.knowledge is not None and self.options.as_of > self.knowledge.edition.review_by

    def title(self) -> str:
        """The name of the deployment that is open, "" where none is."""
        return self.session.deployment.name if self.session is not None else ""

    def state_words(self) -> str:
        """Whether what was typed is saved, in a word or two."""
        return self.words.say(f"tui.state.{self.state}")
