"""`eku-wizard content check|tree|paths`: validate the content, draw the tree, list every path."""

import argparse
import sys

from wizard.commands import context
from wizard.commands.guard import tell
from wizard.commands.output import show
from wizard.knowledge import ContentError, check


def run(options: argparse.Namespace) -> int:
    """Run the part that was asked for."""
    return {"check": _check, "tree": _tree, "paths": _paths}[options.what](options)


def _check(options: argparse.Namespace) -> int:
    """All problems in one run: of shape and reference first, then, where it can be loaded, of reasoning."""
    folder = context.folder(options)
    problems = list(check(folder))
    try:
        knowledge = context.knowledge(options)
    except ContentError as error:
        problems += [problem for problem in error.problems if problem not in problems]
    else:
        from wizard.domain.proof import prove
        from wizard.domain.troubleproof import check_troubleshooting

        problems += check_troubleshooting(knowledge)
        problems += prove(knowledge, context.as_of(options))
    tell(tuple(problems))
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        print(f"content: {count}", file=sys.stderr)
        return 1
    edition = knowledge.edition
    dates = f"reviewed {edition.reviewed}, review by {edition.review_by}"
    print(f"content: edition {edition.id}, {dates}: no problems")
    return 0


def _tree(options: argparse.Namespace) -> int:
    from wizard.faces.tree_text import tree_mermaid, tree_text

    knowledge = context.knowledge(options, ())
    show(tree_mermaid(knowledge) if options.format == "mermaid" else tree_text(knowledge))
    return 0


def _paths(options: argparse.Namespace) -> int:
    from wizard.domain.pathrows import path_rows
    from wizard.faces import tables

    knowledge = context.knowledge(options, {"facts"})
    rows = path_rows(knowledge, context.as_of(options))
    match options.format:
        case "json":
            show(tables.paths_json(rows))
        case "csv":
            show(tables.paths_csv(rows))
        case _:
            show(tables.paths_text(rows, knowledge.words))
    return 0
