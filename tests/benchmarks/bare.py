"""The reference: a header, one list and a footer. Nothing that a screen shows can start faster."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, OptionList


class Bare(App[None]):
    """See the module."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012 - as Textual has it

    def compose(self) -> ComposeResult:
        """The three widgets."""
        yield Header()
        yield OptionList("Alpha", "Beta", "Gamma", "Delta")
        yield Footer()


if __name__ == "__main__":
    Bare().run()
