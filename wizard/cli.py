"""The command line: verbs to functions, nothing else. Each verb imports what it needs when it runs."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from wizard.version import __version__

OK, REFUSED, USAGE = 0, 1, 2
"""Exit status: done; something in the input was refused or could not be read; the command line is wrong."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give the exit status. Nobody sees a traceback: see `commands.guard`."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments in (["--version"], ["-V"]):
        print(f"eku-wizard {__version__}")
        return OK
    parser = _parser()
    options = parser.parse_args(_with_verb(arguments))
    from wizard.commands.guard import guarded

    return guarded(options)


def _with_verb(arguments: list[str]) -> list[str]:
    """`eku-wizard` alone, or with options or files only, is `eku-wizard start`. Options that all verbs take
    may stand before the verb; the value of one (`--content content`) is not taken for it."""
    at = 0
    while at < len(arguments) and arguments[at].startswith("-") and arguments[at] not in ("-", "--"):
        if arguments[at] in ("-h", "--help", "--version", "-V"):
            return [arguments[at]]
        at += 2 if arguments[at] in _TAKE_A_VALUE else 1
    if at < len(arguments) and arguments[at] in _VERBS:
        return [arguments[at], *arguments[:at], *arguments[at + 1 :]]
    return ["start", *arguments]


_TAKE_A_VALUE = ("--as-of", "--lang", "--content", "--theme", "--format", "-o", "--output", "--ca-list")
"""Options whose value is the argument that follows."""

_VERBS = {
    "start": "the wizard, full screen; FILE: certificates, bundles, dumps, a deployment file or a saved plan",
    "plan": "the action plan, without a screen",
    "inspect": "the certificate audit: what each certificate is good for",
    "troubleshoot": "guided troubleshooting, by a symptom or from pasted log lines",
    "collect": "a sheet to send ahead: what to gather on each node",
    "example": "print an example deployment file, with comments",
    "content": "check the content, draw the decision tree, list every path",
    "where": "the folders in use: saved deployments, settings, content",
}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-11-23") from None


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    add = common.add_argument
    add("--as-of", type=_day, metavar="YYYY-MM-DD", help="the day to judge by (default: today)")
    add("--lang", default=None, metavar="LANGUAGE", help="language of all words (default: en)")
    add("--content", type=Path, metavar="DIR", help="use another content folder")
    add("-V", "--version", action="version", version=f"eku-wizard {__version__}")
    parser = argparse.ArgumentParser(
        prog="eku-wizard",
        description="Plan what to do on Cisco Expressway about public CAs that drop the clientAuth EKU.",
        epilog="Without a verb: start. Exit status: 0 done; 1 something was refused or could not be read; "
        "2 the command line is wrong.",
    )
    parser.add_argument("-V", "--version", action="version", version=f"eku-wizard {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    made = {verb: verbs.add_parser(verb, help=text, parents=[common]) for verb, text in _VERBS.items()}
    _start(made["start"])
    _plan(made["plan"])
    _inspect(made["inspect"])
    _troubleshoot(made["troubleshoot"])
    made["collect"].add_argument("file", nargs="?", metavar="FILE", help="a deployment file: names its nodes")
    _content(made["content"])
    return parser


def _start(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="what to begin with; what it tells is prefilled")
    add(
        "--plain", action="store_true", help="line by line on stdin and stdout: serial console, screen reader"
    )
    add("--ascii", action="store_true", help="no character outside ASCII")
    add("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    add("--theme", metavar="NAME", help="dark, light, mono, colour-blind or ansi")


def _plan(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "files",
        nargs="+",
        metavar="FILE",
        help="a deployment file, evidence (certificates, dumps, bundles), or both",
    )
    add("--format", choices=("markdown", "json"), default="markdown")
    add("-o", "--output", type=Path, metavar="FILE", help="write whole or not at all")
    add("--force", action="store_true", help="overwrite the output file")
    add(
        "--handover",
        action="store_true",
        help="for the customer: without the block that holds the deployment",
    )
    add("--ascii", action="store_true", help="no character outside ASCII")


def _inspect(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("paths", nargs="+", metavar="PATH", help="files, folders, archives, - for stdin, host:port")
    add("--format", choices=("table", "json", "csv"), default="table")
    add("--ca-list", metavar="FILE", help="known CAs in CCADB's CSV form")
    add("--ascii", action="store_true", help="no character outside ASCII")


def _troubleshoot(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(refuse=parser.error)
    add = parser.add_argument
    add("symptom", nargs="?", metavar="SYMPTOM", help="a symptom's id, or - to read log lines from stdin")
    add("--deployment", metavar="FILE", help="what is known of the deployment is not asked again")
    add("--answer", action="append", default=[], metavar="ID=VALUE", help="answer a question (repeat)")
    add("--verify", metavar="STEP", help="with -: judge the output of that step's check")
    add("--lines", action="store_true", help="read log lines from stdin beside the SYMPTOM")
    add("--names", action="store_true", help="keep addresses and names of the lines in the result")
    add("--format", choices=("text", "json"), default="text")
    add("-o", "--output", type=Path, metavar="FILE", help="write whole or not at all")
    add("--force", action="store_true", help="overwrite the output file")
    add("--ascii", action="store_true", help="no character outside ASCII")


def _content(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("check", "tree", "paths"))
    parser.add_argument("--format", choices=("text", "mermaid", "json", "csv"), default="text")


if __name__ == "__main__":
    sys.exit(main())
