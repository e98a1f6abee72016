"""The certificates of the deployment: as read from files in a table, those only stated below it."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType

from wizard.faces.session import Session
from wizard.faces.tui import keys, routes
from wizard.faces.tui.answering import label
from wizard.faces.tui.certtable import CertificatesFrame, Row, draw_details
from wizard.faces.tui.ink import Span
from wizard.faces.tui.screens.change import ChangeScreen
from wizard.faces.tui.screens.small import Choice, PickScreen, ReadScreen
from wizard.faces.tui.sheet import Column, Sheet
from wizard.model.deployment import UNKNOWN, Certificate, Node, Store
from wizard.model.plan import Asked

_OVERRULED = {"ca": "certificate_ca", "eku": "certificate_eku", "not_after": "certificate_expiry"}
"""What a user may know better than the file, and the question that asks for it."""

_STATED = ("place", "ca", "eku", "valid-until")
"""The columns of what is stated by hand."""


class CertificatesScreen(CertificatesFrame[None]):
    """See the module. Enter overrules what was read, which the plan reports as a discrepancy."""

    replaceable = True
    name_id = "certificates"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "filter", "sort", "load", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = list(keys.WORK)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._rows: list[Row] = []
        self._revision = -1

    def rows(self) -> Sequence[Row]:
        if self._revision != self.session.revision:
            self._rows, self._revision = list(self._made()), self.session.revision
        return self._rows

    def _made(self) -> Iterator[Row]:
        words = self.desk.words
        for node, store, certificate in self.session.deployment.certificates():
            if certificate.record is not None:
                place = self.say("tui.loaded.in", node=node.name, store=words.say(f"store.{store}"))
                yield Row(f"node/{node.name}/{store}_certificate", certificate.record, place)

    def intro(self) -> str:
        stated = sum(1 for _, _, c in self.session.deployment.certificates() if c.record is None)
        read = len(self.rows())
        return self.say("tui.certificates.intro", read=str(read), stated=str(stated))

    def on_screen_resume(self) -> None:
        # With nothing read there is nothing to pick, and the page has the room.
        self.detail.display = bool(self.rows())
        super().on_screen_resume()

    def draw(self, sheet: Sheet) -> None:
        stated = [(n, s, c) for n, s, c in self.session.deployment.certificates() if c.record is None]
        if self.rows() or not stated:
            super().draw(sheet)
        else:
            sheet.text(self.intro(), "accent", wide=True)
        if stated:
            sheet.heading(self.say("tui.certificates.stated"))
            *before, last = (self.say(f"tui.certificates.{title}") for title in _STATED)
            # The last is a date: it keeps its line, and its title too.
            columns = [*(Column(title, wraps=True) for title in before), Column(last)]
            sheet.table(columns, [("", self._stated(*each)) for each in stated], pick=False)

    def _stated(self, node: Node, store: Store, certificate: Certificate) -> list[Span]:
        say, knowledge = self.say, self.session.knowledge
        issuer = knowledge.issuers.get(certificate.issuer or "")
        ca = say(f"table.ca.{certificate.ca or UNKNOWN}")
        eku = _eku(certificate)
        return [
            (say("tui.loaded.in", node=node.name, store=self.desk.words.say(f"store.{store}")), "strong"),
            (", ".join(filter(None, (ca, issuer.name if issuer is not None else ""))), "ink"),
            (say(f"table.eku.{eku}") if eku else "", "ink"),
            (certificate.not_after.isoformat() if certificate.not_after is not None else "", "ink"),
        ]

    def chosen(self, key: str) -> None:
        row = self.picked
        if row is None:
            return
        say = self.say
        choices = [Choice("details", say("tui.certificates.details"))]
        choices += [
            Choice(field, say("tui.certificates.overrule", what=label(self.session, f"{row.key}/{field}")))
            for field in _OVERRULED
        ]
        lines = [
            row.place,
            row.record.file,
            f"SHA-256 {row.record.sha256}",
            say("tui.certificates.overrule-intro"),
        ]
        self.app.push_screen(
            PickScreen(self.where(), row.name, lines, choices), lambda picked: self._picked(row, picked)
        )

    def _picked(self, row: Row, picked: str | None) -> None:
        if picked == "details":
            as_of, words = self.desk.options.as_of, self.desk.words
            title = self.say("tui.certificates.title-one")
            screen = ReadScreen(title, lambda sheet: draw_details(sheet, row, words, self.say, as_of))
            self.app.push_screen(screen)
        elif picked is not None:
            key = f"{row.key}/{picked}"
            node = row.key.split("/")[1]
            known = next((known for known in self.session.assessment.known if known.key == key), None)
            asked = Asked(
                _OVERRULED[picked],
                node,
                key,
                known.answer if known is not None else "",
                known.origin if known is not None else "",
                known.detail if known is not None else "",
            )
            self.app.push_screen(ChangeScreen(self.session, asked))

    def action_show(self, name: str) -> None:
        """Another screen of the deployment."""
        routes.show(self.wizard.flow, name)

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.wizard.flow.undo():
            self.redraw()
            self.tell(self.say("tui.undone"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for a table where there is one."""
        return action not in ("filter", "sort", "go_on") or bool(self.rows())


def _eku(stated: Certificate) -> str:
    """The id of the words for an EKU stated by hand; "" where it is not known."""
    if not isinstance(stated.eku, tuple):
        return ""
    if not stated.eku:
        return "absent"
    says = {(True, True): "both", (True, False): "server", (False, True): "client"}
    return says.get((stated.server_auth is True, stated.client_auth is True), "neither")
