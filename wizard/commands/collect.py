"""`eku-wizard collect [FILE]`: the sheet to send ahead."""

import argparse

from wizard.commands import context
from wizard.commands.guard import tell
from wizard.commands.output import show
from wizard.faces.collect import sheet
from wizard.model.deployment import Deployment


def run(options: argparse.Namespace) -> int:
    """Print what to gather on each node; the nodes of the deployment file by name."""
    knowledge = context.knowledge(options, {"collect"})
    if options.file is None:
        show(sheet(knowledge, Deployment()))
        return 0
    from wizard.gather import gather

    gathered = gather([options.file], knowledge, context.as_of(options))
    show(sheet(knowledge, gathered.deployment))
    tell(gathered.problems)
    return 1 if gathered.problems else 0
