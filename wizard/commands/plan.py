"""`eku-wizard plan FILE ...`: the plan, with no screen."""

import argparse

from wizard.commands import context
from wizard.commands.guard import tell
from wizard.commands.output import put
from wizard.commands.progress import Progress, password
from wizard.faces.revision import revise
from wizard.gather import gather
from wizard.model.deployment import Deployment
from wizard.store.codec import to_block
from wizard.version import __version__


def run(options: argparse.Namespace) -> int:
    """Read the files, plan, print. Exit status 1 where something was refused, the rest being answered."""
    day = context.as_of(options)
    knowledge = context.knowledge(options, ())
    progress = Progress(knowledge.words)
    ask = password(knowledge.words, progress)
    try:
        gathered = gather(options.files, knowledge, day, password=ask, often=progress.at)
    finally:
        progress.clear()
    if gathered.problems and gathered.deployment == Deployment():
        # Nothing could be read: a plan of nothing would look like one of the customer's.
        tell(gathered.problems)
        return 1
    if gathered.deployment.troubles:
        # The plan tells them by their titles.
        knowledge = context.knowledge(options, {"troubleshooting"})
    made, kept = revise(knowledge, gathered.deployment, day, __version__)
    if options.format == "json":
        from wizard.faces.json import plan_json

        text = plan_json(made, knowledge.words, ascii_mode=options.ascii)
    else:
        from wizard.faces.markdown import render

        block = "" if options.handover else to_block(kept)
        text = render(made, knowledge, block=block, ascii_mode=options.ascii)
    put(text, options.output, say=knowledge.words.say, force=options.force)
    tell(gathered.problems)
    return 1 if gathered.problems else 0
