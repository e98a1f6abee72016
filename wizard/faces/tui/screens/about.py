"""New: the name of the deployment and whom the plan is for. The same screen changes them later."""

from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.sheet import Sheet
from wizard.model.deployment import Deployment
from wizard.model.text import visible

_FIELDS = ("name", "customer", "prepared_by", "prepared_for")
_BEGIN = "begin"


class AboutScreen(Frame[Deployment | None]):
    """Fills in the heads of a deployment; gives it back, or None where one went back."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("take", "f2", "take")]
    hints = ("go-on", "next", "back", "help")

    def __init__(self, deployment: Deployment, *, new: bool) -> None:
        super().__init__()
        self.deployment = deployment
        self.name_id = "new" if new else "about"

    def draw(self, sheet: Sheet) -> None:
        sheet.text(self.say("tui.new.heading"), "accent")
        sheet.text(self.say("tui.new.intro"))
        sheet.gap()
        for field in _FIELDS:
            hint = self._default_name() if field == "name" else ""
            initial = str(getattr(self.deployment, field))
            sheet.field(field, self.say(f"tui.new.{field}"), initial, hint=hint, width=48)
        sheet.gap()
        sheet.item(_BEGIN, [(self.say("tui.new.begin"), "strong")], detail=self.say("tui.new.begin-detail"))

    def _default_name(self) -> str:
        return self.say("tui.new.default-name", day=self.desk.options.as_of.isoformat())

    def chosen(self, key: str) -> None:
        if key == _BEGIN:
            self.action_take()
        else:
            self.page.move(1)

    def action_take(self) -> None:
        """Take what was typed."""
        name, customer, by, whom = (visible(self.page.value(field)) for field in _FIELDS)
        self.dismiss(
            replace(
                self.deployment,
                name=name or self._default_name(),
                customer=customer,
                prepared_by=by,
                prepared_for=whom,
            )
        )
