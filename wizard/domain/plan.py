"""`plan`: the steps in working order, from the assessment and the options chosen.

Which steps there are, for whom and in what order is content; here they are laid out over the subjects of
the deployment, dated, and joined with what was ticked and noted before.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from wizard.domain.changes import changes, step_title
from wizard.domain.rules import any_holds
from wizard.domain.schedule import due_dates, needed_in_time
from wizard.domain.summary import summary
from wizard.model.deployment import OPTIONS, Deployment, Node, Option
from wizard.model.knowledge import Document, Knowledge, Source, StepRule
from wizard.model.plan import Assessment, DroppedStep, Plan, PlanStep, Subject
from wizard.model.words import Words, fill

_HOST_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def plan(knowledge: Knowledge, assessment: Assessment, program: str) -> Plan:
    """The action plan. `program` is the version of the program that makes it.

    Ticks and notes of the saved deployment are joined by step id; a step that evidence proves done is kept
    and ticked; one that was ticked or noted and is no longer needed is told with the reason.
    """
    deployment = assessment.deployment
    found = assessment.subjects
    laid_out = tuple(_laid_out(knowledge, deployment, found))
    used = {rule.phase for rule, _ in laid_out}
    phases = [phase for phase in knowledge.phases if phase.id in used]
    upgrade_by = deployment.upgrade_by if isinstance(deployment.upgrade_by, date) else None
    due = due_dates(phases, assessment.binding, assessment.as_of, upgrade_by)
    ids = {_id(rule, subject) for rule, subject in laid_out}
    args = {subject.key: _args(knowledge, assessment, subject) for subject in found}
    alike = {id: _alike(knowledge.words, rule) for id, rule in {r.id: r for r, _ in laid_out}.items()}
    steps = tuple(
        _step(
            deployment,
            rule,
            subject,
            due[rule.phase],
            args[subject.key],
            alike[rule.id],
            ids,
            found,
        )
        for rule, subject in laid_out
    )
    steps = needed_in_time(steps)
    draft = Plan(
        assessment=assessment,
        steps=steps,
        dropped=tuple(_dropped(knowledge, deployment, ids)),
        summary=summary(knowledge, assessment),
        changes=(),
        sources=_sources(knowledge, assessment, steps),
        program=program,
    )
    return replace(draft, changes=changes(knowledge, deployment.saved.before, draft))


def _laid_out(
    knowledge: Knowledge, deployment: Deployment, found: tuple[Subject, ...]
) -> Iterator[tuple[StepRule, Subject]]:
    """Rules in the order of phases and content; neighbouring rules for each node go node by node."""
    for phase in knowledge.phases:
        of_phase = [rule for rule in knowledge.steps.values() if rule.phase == phase.id]
        for each, group in groupby(of_phase, key=lambda rule: rule.each):
            rules = tuple(group)
            for subject in found:
                if subject.each == each:
                    yield from ((rule, subject) for rule in rules if _needed(deployment, rule, subject))


def _needed(deployment: Deployment, rule: StepRule, subject: Subject) -> bool:
    if any_holds(rule.when, subject.signals):
        return True
    before = deployment.saved.before
    id = _id(rule, subject)
    was_there = id in deployment.saved.ticks or (before is not None and id in before.steps)
    return was_there and _proved(rule, subject)


def _proved(rule: StepRule, subject: Subject) -> bool:
    return bool(rule.proved_by) and any_holds(rule.proved_by, subject.signals)


def _id(rule: StepRule, subject: Subject) -> str:
    return f"{rule.id}@{subject.name}" if subject.name else rule.id


class _Alike(NamedTuple):
    """What all steps of one rule have in common; the texts with their placeholders."""

    phase_title: str
    title: str
    owner: str
    duration: str
    interrupts: str
    actions: tuple[str, ...]
    verify: str
    stop: str
    rollback: str
    options: tuple[Option, ...]


def _alike(words: Words, rule: StepRule) -> _Alike:
    def text(part: str) -> str:
        return "\n".join(words.unfilled_lines(f"step.{rule.id}.{part}"))

    return _Alike(
        phase_title=words.say(f"phase.{rule.phase}"),
        title=words.unfilled(f"step.{rule.id}.title"),
        owner=words.say(f"owner.{rule.owner}"),
        duration=_duration(words, rule),
        interrupts=words.unfilled(f"step.{rule.id}.interrupts"),
        actions=words.unfilled_lines(f"step.{rule.id}.do"),
        verify=text("verify"),
        stop=text("stop"),
        rollback=text("rollback"),
        options=tuple(option for option in OPTIONS if option in rule.options),
    )


def _step(
    deployment: Deployment,
    rule: StepRule,
    subject: Subject,
    due: date | None,
    args: Mapping[str, str],
    alike: _Alike,
    ids: set[str],
    found: tuple[Subject, ...],
) -> PlanStep:
    id = _id(rule, subject)
    proved = _proved(rule, subject)
    ticked = deployment.saved.ticks.get(id)
    return PlanStep(
        id=id,
        rule=rule.id,
        phase=rule.phase,
        phase_title=alike.phase_title,
        title=fill(alike.title, args, rule.id),
        node=subject.name,
        owner=alike.owner,
        due=due,
        needs=tuple(dict.fromkeys(_needs(rule, subject, ids, found))),
        duration=alike.duration,
        interrupts=fill(alike.interrupts, args, rule.id),
        point_of_no_return=rule.point_of_no_return,
        actions=tuple([fill(action, args, rule.id) for action in alike.actions]),
        gui=rule.gui,
        commands=tuple([_filled(command, args) for command in rule.commands]),
        verify=fill(alike.verify, args, rule.id),
        stop=fill(alike.stop, args, rule.id),
        rollback=fill(alike.rollback, args, rule.id),
        done=ticked is not None or proved,
        done_on=ticked,
        proved=proved,
        note=deployment.saved.notes.get(id, ""),
        sources=rule.sources,
        troubles=rule.troubles,
        options=alike.options,
    )


def _filled(command: str, args: Mapping[str, str]) -> str:
    """The command with its placeholders filled. People paste it into a shell: a value that is not of the
    characters a host name has stands there as its placeholder's name instead (NODE)."""
    if "{" not in command:
        return command
    safe = {name: value if _HOST_NAME.fullmatch(value) else name.upper() for name, value in args.items()}
    return fill(command, safe)


def _args(knowledge: Knowledge, assessment: Assessment, subject: Subject) -> dict[str, str]:
    words, deployment = knowledge.words, assessment.deployment
    first = subject.nodes[0]
    held = [node.server_certificate.issuer for node in subject.nodes if node.server_certificate is not None]
    issuers = dict.fromkeys(
        knowledge.issuers[id].name for id in held if id is not None and id in knowledge.issuers
    )
    peers = ", ".join(dict.fromkeys(peer.name for peer in deployment.peers))
    whole = words.say("phrase.whole-deployment")
    return {
        "node": _shown_name(words, deployment, first) if subject.each == "node" else subject.name or whole,
        "role": words.say(f"role.{subject.role}") if subject.role else whole,
        "cluster": (first.cluster or first.name) if subject.each in ("node", "cluster") else whole,
        "release": str(first.known_release) if first.known_release else words.say("phrase.unknown-release"),
        "fixed_release": str(knowledge.fixed_release),
        "deployment": deployment.name or words.say("phrase.unnamed"),
        "issuer": ", ".join(issuers) or words.say("phrase.your-ca"),
        "upgrade_by": _upgrade_by(words, deployment, assessment.as_of),
        "as_of": assessment.as_of.isoformat(),
        "peers": words.say("phrase.named-far-ends", names=peers) if peers else words.say("phrase.far-ends"),
    }


def _upgrade_by(words: Words, deployment: Deployment, as_of: date) -> str:
    """The day by which the upgrade can be finished, as it was said; one that has passed is told as such."""
    said = deployment.upgrade_by
    if not isinstance(said, date):
        return words.say("phrase.not-stated")
    return said.isoformat() if said >= as_of else words.say("phrase.day-passed", date=said.isoformat())


def _shown_name(words: Words, deployment: Deployment, node: Node) -> str:
    """A node's name; one that only stands for its role is called by the role."""
    return node.name if deployment.nodes else words.say(f"role.{node.role}")


def _needs(rule: StepRule, subject: Subject, ids: set[str], found: tuple[Subject, ...]) -> Iterator[str]:
    """The steps that come before: of the same subject, else of the whole, else of those that share a node."""
    for need in rule.needs:
        own, once = f"{need}@{subject.name}", need
        if own in ids:
            yield own
        elif once in ids:
            yield once
        else:
            names = {node.name for node in subject.nodes}
            for other in found:
                id = f"{need}@{other.name}"
                if id in ids and (subject.each == "once" or any(node.name in names for node in other.nodes)):
                    yield id


def _duration(words: Words, rule: StepRule) -> str:
    if rule.minutes >= 120:
        work = words.say("duration.hours", hours=f"{rule.minutes / 60:g}")
    else:
        work = words.say("duration.minutes", minutes=str(rule.minutes))
    if rule.lead_days == 1:
        return words.say("duration.wait-a-day", work=work)
    return words.say("duration.wait", work=work, days=str(rule.lead_days)) if rule.lead_days else work


def _dropped(knowledge: Knowledge, deployment: Deployment, ids: set[str]) -> Iterator[DroppedStep]:
    saved = deployment.saved
    words = knowledge.words
    for id in dict.fromkeys((*saved.ticks, *saved.notes)):
        if id in ids:
            continue
        subject = id.partition("@")[2]
        gone = bool(subject) and subject not in ("core", "edge") and deployment.node(subject) is None
        clusters = {node.cluster for node in deployment.nodes}
        gone = gone and subject.rpartition("-")[0] not in clusters
        why = words.say("dropped.node-gone", node=subject) if gone else words.say("dropped.no-longer")
        yield DroppedStep(id, step_title(knowledge, id), why, saved.notes.get(id, ""))


def _sources(
    knowledge: Knowledge, assessment: Assessment, steps: tuple[PlanStep, ...]
) -> tuple[tuple[Document, str], ...]:
    cited: list[Source] = []
    for connection in assessment.connections:
        cited += (connection.today.source, connection.after_renewal.source, connection.after_plan.source)
    for option in assessment.options.values():
        cited.append(option.source)
        cited += [reason.source for judgement in option.roles.values() for reason in judgement.reasons]
    cited += [source for step in steps for source in step.sources]
    cited += [notice.source for notice in assessment.notices]
    for entry in assessment.calendar:
        cited.append(entry.source)
        if entry.was_source is not None:
            cited.append(entry.was_source)
    ids = {source.id for source in cited}
    return tuple(
        (document, knowledge.words.say(f"document.{document.id}"))
        for document in knowledge.documents.values()
        if document.id in ids
    )
