"""The documented decision tree, drawn: as text and as a Mermaid flowchart."""

from wizard.domain.tree import TreeLine, lines
from wizard.model.knowledge import Knowledge

_DRAWN = ("├─ ", "└─ ", "│  ")
_ASCII = ("+- ", "`- ", "|  ")


def tree_text(knowledge: Knowledge, *, ascii_only: bool = False) -> str:
    """The tree, a line for each branch; what a branch leads to stands in brackets behind it."""
    tee, corner, bar = _ASCII if ascii_only else _DRAWN
    out: list[str] = []
    open_at: list[bool] = []  # for each depth above, whether siblings follow there
    for line in lines(knowledge):
        del open_at[line.depth :]
        stem = "".join(bar if follows else "   " for follows in open_at[1:])
        branch = "" if line.depth == 0 else corner if line.last else tee
        leads = f" [{line.leads_to}]" if line.leads_to else ""
        out.append(f"{stem}{branch}{line.text}{leads}")
        open_at.append(not line.last)
    return "\n".join(out) + "\n"


def tree_mermaid(knowledge: Knowledge) -> str:
    """The tree as a Mermaid flowchart, top down: outcomes rounded, options as hexagons."""
    out = ["flowchart TD"]
    above: list[str] = []
    for number, line in enumerate(lines(knowledge)):
        del above[line.depth :]
        name = f"n{number}"
        out.append(f"    {name}{_shape(line)}")
        if above:
            out.append(f"    {above[-1]} --> {name}")
        above.append(name)
    return "\n".join(out) + "\n"


def _shape(line: TreeLine) -> str:
    # Mermaid's own escapes: inside quotes only these can end a label or become markup.
    text = line.text
    for character, escaped in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("`", "#96;")):
        text = text.replace(character, escaped)
    match line.leads_to.partition(":")[0]:
        case "outcome":
            return f'(["{text}"])'
        case "option":
            return f'{{{{"{text}"}}}}'
        case _:
            return f'["{text}"]'
