"""The plan as Markdown: clean on GitHub and in any viewer, readable as plain text.

A renderer only: what it says is in the `Plan` or in `content/words`; the layout alone is decided here.
"""

from wizard.faces.markdown import closing, connections, head, standing, steps
from wizard.faces.markdown.escape import code, escape, in_ascii
from wizard.faces.markdown.page import Page
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Plan

__all__ = ["code", "escape", "render"]

_ONE_PAGE = ("not-affected", "monitor")


def render(plan: Plan, knowledge: Knowledge, *, block: str = "", ascii_mode: bool = False) -> str:
    """The plan as Markdown text that ends in a newline.

    `block` is put at the end as it is (made by `wizard.store`: from it the plan can be gone on with); left
    empty, the plan is for handing over. `ascii_mode`: no character outside ASCII, but for the block.
    """
    page = Page(knowledge)
    lines = head.head(page, plan)
    lines += head.changes(page, plan)
    lines += head.notices(page, plan)
    lines += _one_page(page, plan) if plan.assessment.outcome in _ONE_PAGE else _in_full(page, plan)
    lines += closing.sources(page, plan)
    if block:
        lines += [*page.heading(2, page.say("section.block")), page.say("block.intro")]
    if ascii_mode:
        lines = [in_ascii(line) for line in lines]
    if block:
        lines += ["", block.rstrip("\n")]
    return "\n".join(_tidy(lines)) + "\n"


def _one_page(page: Page, plan: Plan) -> list[str]:
    """Where nothing is to be done: what was looked at, and what is still unknown."""
    lines = standing.certificates(page, plan)
    lines += steps.steps(page, plan) if plan.steps else []
    lines += closing.unknowns(page, plan)
    lines += closing.discrepancies(page, plan)
    return lines + closing.troubleshot(page, plan)


def _in_full(page: Page, plan: Plan) -> list[str]:
    lines = connections.connections(page, plan)
    lines += standing.certificates(page, plan)
    lines += standing.options(page, plan)
    lines += steps.steps(page, plan) if plan.steps else []
    lines += closing.timeline(page, plan)
    lines += steps.troubles(page, plan)
    lines += closing.troubleshot(page, plan)
    lines += closing.unknowns(page, plan)
    lines += closing.discrepancies(page, plan)
    return lines + closing.sign_off(page)


def _tidy(lines: list[str]) -> list[str]:
    """No two blank lines in a row, none at the end; what stands in a block is left alone (it is one line)."""
    out: list[str] = []
    for line in lines:
        if line or (out and out[-1]):
            out.append(line)
    while out and not out[-1]:
        out.pop()
    return out
