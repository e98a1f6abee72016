"""What breaks and when: a table of connections in three situations, and below it the why of each row.

Pairs of which everything but the names is the same share a row that names them all.
"""

from collections.abc import Sequence

from wizard.faces.markdown.escape import escape, table
from wizard.faces.markdown.page import Page
from wizard.model.plan import ConnectionOutlook, Plan, Prediction

_SITUATIONS = ("today", "after_renewal", "after_plan")


def connections(page: Page, plan: Plan) -> list[str]:
    """The section, nothing where no connection is known."""
    groups = _groups(plan.assessment.connections)
    if not groups:
        return []
    lines = page.heading(2, page.say("section.connections"))
    lines += [page.say("connections.situations"), ""]
    header = ("number", "connection", "ends", "today", "after_renewal", "after_plan")
    rows = [
        (
            str(number),
            escape(group[0].title),
            _ends(page, group),
            *(page.state(getattr(group[0], name).state) for name in _SITUATIONS),
        )
        for number, group in enumerate(groups, 1)
    ]
    lines += table((page.say(f"column.{name}") for name in header), rows)
    lines += page.heading(3, page.say("section.why"))
    for number, group in enumerate(groups, 1):
        lines += _why(page, number, group)
    return lines


def _groups(connections: Sequence[ConnectionOutlook]) -> list[list[ConnectionOutlook]]:
    groups: dict[tuple[object, ...], list[ConnectionOutlook]] = {}
    for connection in connections:
        key = (connection.id, *(_without_names(connection, getattr(connection, s)) for s in _SITUATIONS))
        groups.setdefault(key, []).append(connection)
    return list(groups.values())


def _without_names(connection: ConnectionOutlook, prediction: Prediction) -> tuple[object, ...]:
    why = prediction.why
    # The longer name first: one node's name may be the beginning of another's.
    for name in sorted({connection.start, connection.end, connection.peer} - {""}, key=len, reverse=True):
        mark = "\0start" if name == connection.start else "\0end"
        why = why.replace(name, mark)
    return prediction.state, why, prediction.source


def _ends(page: Page, group: Sequence[ConnectionOutlook]) -> str:
    pairs = [(_named(c.start, c), _named(c.end, c)) for c in group]
    starts, ends = list(dict.fromkeys(s for s, _ in pairs)), list(dict.fromkeys(e for _, e in pairs))
    everyone = list(dict.fromkeys(name for pair in pairs for name in pair))
    if len(pairs) == len(starts) * len(ends):
        return page.say("ends.to", start=_names(page, starts), end=_names(page, ends))
    if len(pairs) == len(everyone) * (len(everyone) - 1) // 2:
        return page.say("ends.among", names=_names(page, everyone))
    return "; ".join(page.say("ends.to", start=page.end(s), end=page.end(e)) for s, e in pairs)


def _named(end: str, connection: ConnectionOutlook) -> str:
    return connection.peer if end == "peer" and connection.peer else end


def _names(page: Page, names: Sequence[str]) -> str:
    return ", ".join(page.end(name) for name in names)


def _why(page: Page, number: int, group: Sequence[ConnectionOutlook]) -> list[str]:
    first = group[0]
    said: dict[tuple[str, str], list[str]] = {}
    for name in _SITUATIONS:
        prediction: Prediction = getattr(first, name)
        when = f"{page.say(f'column.{name}')}: {page.state(prediction.state)}"
        said.setdefault((prediction.why, page.source(prediction.source)), []).append(when)
    lines = [f"{number}. {escape(first.title)}"]
    if len(group) > 1:
        lines[0] += f" ({page.say('connections.example')})"
    # As far in as the text of the number: less, and it is no longer of its item from the tenth on.
    indent = " " * len(f"{number}. ")
    lines += [
        f"{indent}- {', '.join(whens)}. {escape(why)} ({source})" for (why, source), whens in said.items()
    ]
    return lines
