"""`eku-wizard troubleshoot [SYMPTOM]`: guided troubleshooting; the screen where nothing was given."""

import argparse
import io
import sys
from collections.abc import Iterable, Mapping

from wizard.commands import context
from wizard.commands.guard import tell
from wizard.commands.output import put
from wizard.model.diagnosis import TroubleResult
from wizard.model.knowledge import Knowledge
from wizard.model.problems import Problem
from wizard.model.text import ascii_only, visible

STDIN = "-"
_HEAD = 256
_CHUNK = 1 << 16


def run(options: argparse.Namespace) -> int:
    """Answer from a symptom, answers, pasted lines and a deployment; without any of them, the screen."""
    if options.symptom is None and options.verify is None and not options.lines:
        for option, given in (
            ("--answer", options.answer),
            ("--format json", options.format == "json"),
            ("-o", options.output),
        ):
            if given:
                options.refuse(f"{option} needs a SYMPTOM, or - to read lines: without one the screen opens")
        from wizard.commands.start import troubleshoot_on_screen

        return troubleshoot_on_screen(options)
    from wizard.domain.troubleshoot import run as troubleshoot
    from wizard.domain.troubleshoot import worst_today

    knowledge = context.knowledge(options, {"troubleshooting"})
    answers, problems = _answers(knowledge, options.answer)
    deployment, predictions = None, None
    if options.deployment is not None:
        from wizard.domain.assess import assess
        from wizard.gather import gather

        day = context.as_of(options)
        gathered = gather([options.deployment], knowledge, day)
        deployment = gathered.deployment
        predictions = worst_today(assess(knowledge, deployment, day).connections)
        problems += gathered.problems
    pasted = options.symptom == STDIN or options.verify is not None or options.lines
    result = troubleshoot(
        knowledge,
        None if options.symptom == STDIN else options.symptom,
        answers,
        _lines() if pasted else None,
        deployment,
        predictions,
        options.verify,
    )
    if options.format == "json":
        from wizard.faces.trouble_json import trouble_json

        text = trouble_json(result, names=options.names)
    elif options.output is not None:
        from wizard.faces.markdown.trouble import trouble_note

        text = trouble_note(result, knowledge.words, context.as_of(options), names=options.names)
    else:
        from wizard.faces.troubleshoot import trouble_text

        going_on = _going_on(options, result, answers)
        text = trouble_text(
            result, knowledge.words, names=options.names, given=tuple(answers), going_on=going_on
        )
    text = ascii_only(text) if options.ascii else text
    put(text, options.output, say=knowledge.words.say, force=options.force)
    refused = (*problems, *result.problems)
    tell(refused)
    return 1 if refused else 0


def _going_on(options: argparse.Namespace, result: TroubleResult, answers: Mapping[str, str]) -> str:
    """The command that goes on from here: what the deployment knows is not repeated, what lines told is."""
    from wizard.faces import command

    told = {a.question: a.answer for a in result.path if a.question in answers or a.origin == "line"}
    told |= {question: answers[question] for question in result.dormant}
    told |= {result.next.question: "VALUE"} if result.next else {}
    said = context.said(options)
    return command.troubleshoot(result.symptom or STDIN, told, said, deployment=options.deployment)


def _answers(knowledge: Knowledge, given: Iterable[str]) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    answers: dict[str, str] = {}
    problems = []
    for text in given:
        id, equals, value = text.partition("=")
        if equals:
            answers[id.strip()] = value.strip()
        else:
            message = knowledge.words.say("troubleshoot.refused.no-value", value=visible(text, 80))
            problems.append(Problem("--answer", visible(text, 80), "no-value", message))
    return answers, tuple(problems)


def _lines() -> Iterable[str]:
    """The lines on stdin, bounded, in the encoding that their first bytes tell."""
    from wizard.domain.linetext import cut_lines
    from wizard.evidence.encoding import encoding_of

    raw = io.BufferedReader(sys.stdin.buffer)  # type: ignore[type-var]
    stream = io.TextIOWrapper(raw, encoding=encoding_of(raw.peek(_HEAD)[:_HEAD]), errors="replace")
    return cut_lines(iter(lambda: stream.read(_CHUNK), ""))
