"""The nodes as a table: add, change, duplicate, remove, paste a list of names."""

from typing import ClassVar

from textual.binding import BindingType

from wizard.faces.tui import nodeform
from wizard.faces.tui.ink import Span
from wizard.faces.tui.keys import bind
from wizard.faces.tui.nodeform import Typed
from wizard.faces.tui.screens.node import NodeScreen
from wizard.faces.tui.screens.paste import PasteScreen
from wizard.faces.tui.screens.small import Choice, PickScreen
from wizard.faces.tui.sheet import Column, Sheet
from wizard.faces.tui.workframe import WorkFrame
from wizard.model.deployment import UNKNOWN, Node

_NODE = "node/"


class NodesScreen(WorkFrame):
    """See the module."""

    name_id = "nodes"
    hints = ("go-on", "add", "duplicate", "remove", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("add", "a", "add"),
        bind("duplicate", "d", "duplicate"),
        bind("remove", "x,delete", "remove"),
        bind("paste-names", "i", "paste_names"),
    ]

    def draw(self, sheet: Sheet) -> None:
        nodes = self.session.deployment.nodes
        sheet.text(self.say("tui.nodes.heading"), "accent")
        if nodes:
            columns = [
                Column(self.say("tui.nodes.name"), 14, wraps=True),
                Column(self.say("tui.nodes.role"), 4),
                Column(self.say("tui.nodes.cluster"), 7, wraps=True),
                Column(self.say("tui.nodes.release"), 7),
                Column(self.say("tui.nodes.certificates"), 12, wraps=True),
            ]
            sheet.gap()
            sheet.table(columns, [(_NODE + node.name, self._cells(node)) for node in nodes])
        else:
            sheet.text(self.say("tui.nodes.none"))
        sheet.gap()
        for key in ("add", "paste", "load", "done"):
            title, detail = self.say(f"tui.nodes.{key}"), self.say(f"tui.nodes.{key}-detail")
            sheet.item(key, [(title, "strong")], detail=detail)

    def moved(self, key: str) -> None:
        self.foot.redraw()

    def key_words(self, id: str) -> str:
        """Enter changes a node, and goes on from what is none."""
        return self.say("tui.key.go-on") if id == "go-on" and self._picked is None else super().key_words(id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a node can be duplicated or removed."""
        return self._picked is not None if action in ("duplicate", "remove") else True

    def _cells(self, node: Node) -> list[Span]:
        certificates = [
            self.say(f"tui.nodes.store-{store}")
            for store in ("server", "client")
            if node.certificate(store) is not None
        ]
        primary = f" ({self.say('tui.nodes.primary')})" if node.primary else ""
        return [
            (node.name + primary, "strong"),
            self._known(self.say(f"tui.role.{node.role}") if node.role else None),
            (node.cluster or "", "ink"),
            self._known(str(node.release) if node.release not in (None, UNKNOWN) else None),
            self._known(", ".join(certificates) or None),
        ]

    def _known(self, text: str | None) -> Span:
        return (text, "ink") if text else (self.say("tui.nodes.unknown"), "faint")

    @property
    def _picked(self) -> Node | None:
        key = self.page.key
        return self.session.deployment.node(key[len(_NODE) :]) if key.startswith(_NODE) else None

    def chosen(self, key: str) -> None:
        match key:
            case "add":
                self.action_add()
            case "paste":
                self.action_paste_names()
            case "load":
                self.action_show("load")
            case "done":
                self._done()
            case _:
                node = self._picked
                if node is not None:
                    self._form(nodeform.typed_of(node), node.name)

    def _done(self) -> None:
        """The question of the nodes is answered by having come from it."""
        place = self.session.place
        if place is not None and place.asked.key == "nodes":
            self.session.answer("none")
            self.wizard.flow.changed()
        self.dismiss(None)

    def _form(self, typed: Typed, at: str | None) -> None:
        def take(given: Typed | None) -> None:
            if given is None:
                return
            changed = nodeform.put_node(self.session.deployment, given, at)
            if self.wizard.flow.change(changed):
                self.redraw(cursor=_NODE + changed.nodes[-1].name if at is None else _NODE + given.name)

        self.app.push_screen(NodeScreen(self.session.deployment, typed, at), take)

    def action_add(self) -> None:
        """A new node, like the last one but for its name."""
        nodes = self.session.deployment.nodes
        last = nodeform.copy_of(self.session.deployment, nodes[-1]) if nodes else Typed("")
        self._form(last, None)

    def action_duplicate(self) -> None:
        """A node like the picked one."""
        node = self._picked
        if node is not None:
            self._form(nodeform.copy_of(self.session.deployment, node), None)

    def action_remove(self) -> None:
        """Remove the picked node, asked first; undo brings it back."""
        node = self._picked
        if node is None:
            return
        name = node.name

        def answered(key: str | None) -> None:
            if key == "yes":
                self.wizard.flow.change(self.session.deployment.without_node(name))
                self.redraw()

        heading = self.say("tui.nodes.remove-heading", node=name)
        choices = [
            Choice("yes", self.say("tui.nodes.remove-yes"), self.say("tui.nodes.remove-yes-detail")),
            Choice("no", self.say("tui.nodes.remove-no")),
        ]
        self.app.push_screen(PickScreen(self.where(), heading, [], choices), answered)

    def action_paste_names(self) -> None:
        """A list of names, with what they share."""

        def named(text: str | None) -> None:
            names = nodeform.names_in(text or "")
            if names:
                self._shared(names)

        self.app.push_screen(PasteScreen("names"), named)

    def _shared(self, names: tuple[str, ...]) -> None:
        def take(given: Typed | None) -> None:
            if given is None:
                return
            deployment, refused = self.session.deployment, []
            for name in names:
                one = Typed(name, given.role, given.cluster, given.release)
                try:
                    deployment = nodeform.put_node(deployment, one)
                except nodeform.RefusedError as error:
                    refused.append(self.say(f"tui.node.refused.{error.code}", **error.args_for_words))
            self.wizard.flow.change(deployment)
            self.redraw()
            if refused:
                self.tell(refused[0])

        self.app.push_screen(NodeScreen(self.session.deployment, Typed(""), None, names=names), take)
