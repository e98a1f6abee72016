"""`eku-wizard inspect PATH ...`: the certificate audit."""

import argparse
import sys

from wizard.commands import context
from wizard.commands.guard import tell
from wizard.commands.output import show
from wizard.commands.progress import Progress, password
from wizard.evidence.audit import Audit
from wizard.gather import evidence_words


def run(options: argparse.Namespace) -> int:
    """Read the paths and print what each certificate is good for."""
    day = context.as_of(options)
    knowledge = context.knowledge(options, ())
    progress = Progress(knowledge.words)
    audit = Audit(
        options.paths,
        table=knowledge.issuer_table,
        as_of=day,
        say=evidence_words(knowledge.words),
        ca_list=options.ca_list,
        password=password(knowledge.words, progress),
    )
    try:
        inspection = audit.run(lambda: progress.at(audit.progress.current))
    finally:
        progress.clear()
    match options.format:
        case "json":
            from wizard.faces.json import inspection_lines

            for line in inspection_lines(inspection, knowledge.words, day):
                sys.stdout.write(line)
        case "csv":
            from wizard.faces.tables import inspect_csv

            show(inspect_csv(inspection, knowledge.words, day, ascii_mode=options.ascii))
        case _:
            from wizard.faces.tables import inspect_table

            show(inspect_table(inspection, knowledge.words, day, ascii_mode=options.ascii))
    tell(inspection.problems)
    return 1 if inspection.problems else 0
