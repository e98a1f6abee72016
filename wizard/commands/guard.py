"""Runs a verb so that whatever happens ends in a sentence and an exit status, never in a traceback."""

import argparse
import importlib
import os
import sys

from wizard.model.problems import Problem, ProblemsError

_INTERRUPTED = 130


def guarded(options: argparse.Namespace) -> int:
    """Run `wizard.commands.VERB.run(options)`; problems go to stderr, one line each."""
    _tolerant_output()
    try:
        command = importlib.import_module(f"wizard.commands.{options.verb}")
        status: int = command.run(options)
        sys.stdout.flush()
    except ProblemsError as error:
        tell(error.problems)
        return 1
    except BrokenPipeError:
        # The reader of our output went away: nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        return _crashed(error)
    return status


def tell(problems: tuple[Problem, ...]) -> None:
    """Problems to stderr, one line each."""
    for problem in problems:
        print(problem.line(), file=sys.stderr)


def _crashed(error: Exception) -> int:
    """Say in a line what happened and where the report is; the report holds no values."""
    from wizard.store.crash import write_report
    from wizard.store.folders import find
    from wizard.version import __version__

    report = write_report(error, find(os.environ).state, version=__version__)
    where = f"A report is in {report}." if report else "No report could be written."
    print(f"eku-wizard: an error in the program itself ({type(error).__name__}). {where}", file=sys.stderr)
    return 1


def _tolerant_output() -> None:
    """Output that the terminal's encoding cannot show is written as escapes instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
