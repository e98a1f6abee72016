"""The decision tree on a screen of its own, where there is no room beside the question."""

from wizard.faces.tui.sheet import Sheet
from wizard.faces.tui.treeview import draw_tree
from wizard.faces.tui.workframe import WorkFrame


class TreeScreen(WorkFrame):
    """See the module."""

    name_id = "tree"
    hints = ("back", "plan", "help", "commands")

    def draw(self, sheet: Sheet) -> None:
        draw_tree(sheet, self.session, self.say)

    def action_go_on(self) -> None:
        """Seen, and back."""
        self.dismiss(None)
