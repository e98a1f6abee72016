"""One node, or what several pasted ones share: name, role, cluster, release, primary."""

from typing import ClassVar

from textual.binding import BindingType

from wizard.faces.tui import nodeform
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.nodeform import Typed
from wizard.faces.tui.sheet import Sheet
from wizard.model.deployment import Deployment

_ROLES = ("", "core", "edge")
_PRIMARY = ("", "yes", "no")
_CYCLED = ("role", "primary")
_TAKE = "take"


class NodeScreen(Frame[Typed | None]):
    """Gives what was typed, which `nodeform.put_node` takes; None where one went back.

    `at` is the name of the node that is changed, None for a new one; `names` are those of several nodes,
    whose shared values are asked.
    """

    name_id = "node"
    hints = ("go-on", "next", "cycle", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("cycle", "space,right", "cycle(1)"),
        bind("take", "f2", "take"),
        bind("cycle-back", "left", "cycle(-1)"),
    ]

    def __init__(
        self, deployment: Deployment, typed: Typed, at: str | None, names: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        self.deployment, self.typed, self.at, self.names = deployment, typed, at, names
        self.role, self.primary = typed.role, typed.primary

    def where(self) -> str:
        if self.names:
            return self.say("tui.node.title-several", count=str(len(self.names)))
        return self.say("tui.node.title-change" if self.at is not None else "tui.node.title")

    def draw(self, sheet: Sheet) -> None:
        sheet.text(self.where(), "accent")
        sheet.text(", ".join(self.names) if self.names else self.say("tui.node.intro"))
        sheet.gap()
        if not self.names:
            sheet.field(
                "name", self.say("tui.node.name"), self.typed.name, hint=self.say("tui.node.hint-name")
            )
        self._cycled(sheet, "role", self.role)
        sheet.field(
            "cluster",
            self.say("tui.node.cluster"),
            self.typed.cluster,
            hint=self.say("tui.node.hint-cluster"),
        )
        sheet.field(
            "release",
            self.say("tui.node.release"),
            self.typed.release,
            hint=self.say("tui.node.hint-release"),
        )
        if not self.names:
            self._cycled(sheet, "primary", self.primary)
        sheet.gap()
        sheet.item(_TAKE, [(self.say("tui.node.take"), "strong")], detail=self.say("tui.node.take-detail"))

    def _cycled(self, sheet: Sheet, key: str, value: str) -> None:
        sheet.value(key, self.say(f"tui.node.{key}"), self.say(f"tui.node.{key}-{value or 'unknown'}"))

    def moved(self, key: str) -> None:
        self.foot.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a field the arrows move in its text."""
        return self.page.key in _CYCLED if action == "cycle" else True

    def action_cycle(self, by: int) -> None:
        """The next value of what is not typed."""
        key = self.page.key
        if key == "role":
            self.role = _ROLES[(_ROLES.index(self.role) + by) % len(_ROLES)]
        elif key == "primary":
            self.primary = _PRIMARY[(_PRIMARY.index(self.primary) + by) % len(_PRIMARY)]
        self.redraw()

    def chosen(self, key: str) -> None:
        if key == _TAKE:
            self.action_take()
        else:
            self.page.move(1)

    def action_take(self) -> None:
        """Take what was typed."""
        typed = Typed(
            self.page.value("name") if not self.names else self.names[0],
            self.role,
            self.page.value("cluster"),
            self.page.value("release"),
            self.primary,
        )
        try:
            nodeform.put_node(self.deployment, typed, self.at)
        except nodeform.RefusedError as error:
            if not (self.names and error.code == "taken"):
                self.tell(self.say(f"tui.node.refused.{error.code}", **error.args_for_words))
                return
        self.dismiss(typed)
