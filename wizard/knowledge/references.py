"""Whether what content names is there: documents, facts, questions, steps … — nothing dangling, no circle."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from graphlib import CycleError, TopologicalSorter

from wizard.knowledge.content import Content
from wizard.knowledge.parts import Part
from wizard.model.knowledge import Source
from wizard.model.problems import Problem

PAGES = frozenset({"policy", "eku", "conclusion", "releases"})
"""The free pages that a fact may bear on."""

_PART_OF: Mapping[str, Part] = {
    "fact": "facts", "contradiction": "facts", "faq": "faq", "symptom": "troubleshooting",
}  # fmt: skip

Ids = Mapping[str, frozenset[str]]


def ids_of(content: Content) -> Ids:
    """The ids that may be named as `KIND:ID`, by kind."""
    tables = content.tables
    trouble = content.troubleshooting
    return {
        "question": _ids(tables.question),
        "outcome": _ids(tables.leaf),
        "option": _ids(tables.option),
        "connection": _ids(tables.connection),
        "step": _ids(tables.step),
        "notice": _ids(tables.notice),
        "deadline": _ids(tables.deadline),
        "faq": _ids(tables.faq),
        "fact": _ids(tables.fact),
        "contradiction": _ids(tables.contradiction),
        "symptom": frozenset(trouble.symptoms) if trouble else frozenset(),
        "page": PAGES,
    }


def dangling(content: Content) -> Iterator[Problem]:
    """Every name without an entry."""
    yield from _documents(content)
    yield from _links(content)
    yield from _named(content)


def cycles(content: Content) -> Iterator[Problem]:
    """Every circle in the tree's routes and lines, in what steps need, and in what overtook what."""
    tables = content.tables
    for table, edges in (
        ("question", {q.id: [route.to for route in q.routes] for q in tables.question}),
        ("branch", {branch.id: [branch.under] for branch in tables.branch}),
        ("step", {step.id: list(step.needs) for step in tables.step}),
        ("fact", {fact.id: [fact.overtaken.by] if fact.overtaken else [] for fact in tables.fact}),
    ):
        circle = _circle(edges)
        if circle:
            message = f"This comes back to itself: {' > '.join(circle)}. Take one of the links away."
            yield content.problem(table, circle[0], "cycle", message)


def sources(entry: object) -> Iterator[Source]:
    """Every source within an entry."""
    if isinstance(entry, Source):
        yield entry
    elif isinstance(entry, (list, tuple)):
        for one in entry:
            yield from sources(one)
    elif is_dataclass(entry):
        for one in fields(entry):
            yield from sources(getattr(entry, one.name))


def entries(content: Content) -> Iterator[tuple[str, int, object]]:
    """Every entry of the tables with its table and number."""
    for one in fields(content.tables):
        for number, entry in enumerate(getattr(content.tables, one.name)):
            yield one.name, number, entry


def cited(content: Content) -> frozenset[str]:
    """The ids of all documents that something is taken from."""
    found = {source.id for _, _, entry in entries(content) for source in sources(entry)}
    found |= {source.id for _, entry in _troubles(content) for source in sources(entry)}
    return frozenset(found)


def _ids(table: Iterable[object]) -> frozenset[str]:
    return frozenset(str(getattr(entry, "id", "")) for entry in table)


def _troubles(content: Content) -> Iterator[tuple[str, object]]:
    """The entries of troubleshooting, each with its place."""
    trouble = content.troubleshooting
    if trouble is None:
        return
    for one in fields(trouble):
        table = getattr(trouble, one.name)
        if one.name != "places":
            for id, entry in table.items():
                yield f"{one.name}:{id}", entry


def _documents(content: Content) -> Iterator[Problem]:
    known = _ids(content.tables.document)
    for table, number, entry in entries(content):
        for id in dict.fromkeys(source.id for source in sources(entry)):
            if id not in known:
                message = f"There is no document {id!r}. Add it to documents.toml, or name another."
                yield content.problem_at(table, number, "dangling", message)
    for place, entry in _troubles(content):
        for id in dict.fromkeys(source.id for source in sources(entry)):
            if id not in known:
                message = f"There is no document {id!r}. Add it to documents.toml, or name another."
                yield Problem(f"{content.source.folder.name}/troubleshooting", place, "dangling", message)


def _links(content: Content) -> Iterator[Problem]:
    """What is named as KIND:ID."""
    ids = ids_of(content)
    tables = content.tables
    for table, id, key, links in (
        *(("fact", fact.id, "bears_on", fact.bears_on) for fact in tables.fact),
        *(("contradiction", one.id, "bears_on", one.bears_on) for one in tables.contradiction),
        *(("faq", faq.id, "links", faq.links) for faq in tables.faq),
        *(
            ("branch", one.id, "leads_to", (one.leads_to,) if ":" in one.leads_to else ())
            for one in tables.branch
        ),
        *(("question", q.id, "routes", [r.to for r in q.routes if ":" in r.to]) for q in tables.question),
    ):
        for link in links:
            kind, _, name = link.partition(":")
            if kind not in ids:
                message = (
                    f"{key}: {link!r} is of no kind. Write one of: {', '.join(ids)}, then a colon and the id."
                )
                yield content.problem(table, id, "dangling", message)
            elif name not in ids[kind] and _PART_OF.get(kind) in (None, *content.parts):
                message = f"{key}: there is no {kind} {name!r}. Add it, or name another."
                yield content.problem(table, id, "dangling", message)


def _named(content: Content) -> Iterator[Problem]:
    """What is named by its bare id, where the key says of which kind."""
    tables = content.tables
    ids = ids_of(content)
    issuers = _ids(tables.issuer)
    unknowns = frozenset(rule.signal for rule in tables.unknown)
    wanted: list[tuple[str, str, str, str, frozenset[str]]] = [
        ("fact", fact.id, "overtaken.by", fact.overtaken.by if fact.overtaken else "", ids["fact"])
        for fact in tables.fact
    ]
    for branch in tables.branch:
        wanted.append(("branch", branch.id, "under", branch.under, _ids(tables.branch)))
        bare = "" if ":" in branch.leads_to else branch.leads_to
        wanted.append(("branch", branch.id, "leads_to", bare, ids["question"]))
    wanted += [
        ("question", question.id, "routes", "" if ":" in route.to else route.to, ids["question"])
        for question in tables.question
        for route in question.routes
    ]
    wanted += [
        ("connection", connection.id, "ask", rule.ask, unknowns)
        for connection in tables.connection
        for rule in connection.rules
    ]
    for step in tables.step:
        wanted.append(("step", step.id, "phase", step.phase, _ids(tables.phase)))
        wanted += [("step", step.id, "needs", need, ids["step"]) for need in step.needs]
        if "troubleshooting" in content.parts:
            wanted += [("step", step.id, "troubles", symptom, ids["symptom"]) for symptom in step.troubles]
    for faq in tables.faq:
        wanted += [("faq", faq.id, "options", option, ids["option"]) for option in faq.options]
    for table, id, key, name, known in wanted:
        if name and name not in known:
            yield content.problem(
                table, id, "dangling", f"{key}: there is no {name!r}. Add it, or name another."
            )
    for number, chain in enumerate(tables.chain):
        if chain.issuer not in issuers:
            yield content.problem_at("chain", number, "dangling", f"There is no issuer {chain.issuer!r}.")
    for number, ca in enumerate(tables.ca):
        if ca.verdict in ("public", "public-alternative") and ca.issuer not in issuers:
            yield content.problem_at("ca", number, "dangling", f"There is no issuer {ca.issuer!r}.")
    start = content.values.get("start")
    if start is not None and start not in ids["question"]:
        message = f"start: there is no question {start!r}. Name the first question."
        yield Problem(f"{content.source.folder.name}/tree/questions.toml", "start", "dangling", message)


def _circle(edges: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """A circle, as the ids on it with the first again at the end; () where there is none."""
    known = {id: [one for one in following if one in edges] for id, following in edges.items()}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        # It gives the circle against the direction of the links.
        return tuple(str(id) for id in reversed(error.args[1]))
    return ()
