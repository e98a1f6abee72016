"""`eku-wizard inspect PATH ...`: the certificate audit."""

import argparse
import sys

from wizard.commands import context
from wizard.commands.guard import tell
from wizard.commands.output import show
from wizard.evidence.audit import inspect
from wizard.gather import evidence_words


def run(options: argparse.Namespace) -> int:
    """Read the paths and print what each certificate is good for."""
    day = context.as_of(options)
    knowledge = context.knowledge(options, ())
    inspection = inspect(
        options.paths,
        table=knowledge.issuer_table,
        as_of=day,
        say=evidence_words(knowledge.words),
        ca_list=options.ca_list,
        password=_password if sys.stdin.isatty() else None,
    )
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


def _password(file: str) -> str | None:
    """Asked on the terminal, not shown, not kept; nothing typed leaves the file locked."""
    import getpass

    return getpass.getpass(f"Password for {file} (Enter to skip): ") or None
