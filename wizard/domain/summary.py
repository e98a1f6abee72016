"""What a plan means, in three lines."""

from wizard.domain import view
from wizard.domain.options import shut
from wizard.model.deployment import OPTIONS
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Assessment
from wizard.model.words import Words


def summary(knowledge: Knowledge, assessment: Assessment) -> tuple[str, ...]:
    """What happens, what to do, and by when: one line each."""
    words = knowledge.words
    if assessment.outcome == "monitor":
        return words.say("summary.monitor"), _before_renewal(knowledge, assessment), _watch(words, assessment)
    if assessment.outcome != "act":
        open_ = "; ".join(point.what for point in assessment.unknowns) or words.say("phrase.none")
        text = words.say(
            f"summary.{assessment.outcome}", **({"open": open_} if assessment.outcome == "open" else {})
        )
        return text, words.say("summary.do-none"), words.say("summary.nothing-more")
    return _happens(knowledge, assessment), _do(knowledge, assessment), _by_when(knowledge, assessment)


def _before_renewal(knowledge: Knowledge, assessment: Assessment) -> str:
    """What has to change where nothing needs clientAuth: only what the web interface would refuse."""
    refusing = [
        node.name
        for node in assessment.deployment.nodes
        if view.server_certificate(assessment.deployment, node).is_public
        and (view.band(node.known_release), node.role) in _REFUSING
    ]
    if not refusing:
        return knowledge.words.say("summary.do-nothing")
    return knowledge.words.say(
        "summary.do-before-renewal",
        nodes=", ".join(refusing),
        fixed_release=str(knowledge.fixed_release),
    )


_REFUSING = frozenset(
    {("before-x15.4", "core"), ("before-x15.4", "edge"), ("before-x15.4", None), ("x15.4", "core")}
)
"""Where the web interface refuses a server-only certificate: release and role (facts.md, upload rule)."""


def _watch(words: Words, assessment: Assessment) -> str:
    ends = [
        (entry.certificate.not_after, entry.node)
        for entry in assessment.certificates
        if entry.certificate.is_public and entry.certificate.not_after is not None
    ]
    if not ends:
        return words.say("summary.nothing-more")
    first, node = min(ends)
    return words.say("summary.first-end", date=first.isoformat(), node=node)


def _happens(knowledge: Knowledge, assessment: Assessment) -> str:
    connections = assessment.connections
    failing = [c for c in connections if c.after_renewal.state == "fails"]
    total = str(len(connections))
    if not failing:
        depends = sum(c.after_renewal.state != "works" for c in connections)
        return knowledge.words.say("summary.act-none", depends=str(depends), total=total)
    names = ", ".join(dict.fromkeys(c.title for c in failing))
    text = knowledge.words.say("summary.act", count=str(len(failing)), total=total, failing=names)
    today = sum(c.today.state == "fails" for c in connections)
    return f"{text} {knowledge.words.say('summary.today', count=str(today), total=total)}" if today else text


def _do(knowledge: Knowledge, assessment: Assessment) -> str:
    words, chosen = knowledge.words, assessment.chosen
    parts = []
    for option in OPTIONS:
        roles = [
            role for role, taken in (("core", chosen.core), ("edge", chosen.edge)) if option in (taken or ())
        ]
        if roles:
            who = ", ".join(words.say(f"role.{role}") for role in roles)
            parts.append(f"{option} {words.say(f'option.{option}.title')} ({who})")
    if not parts:
        return words.say("summary.do-ask" if assessment.unknowns else "summary.do-none")
    after = [c.after_plan.state for c in assessment.connections]
    left, open_ = after.count("fails"), sum(state not in ("works", "fails") for state in after)
    said = [words.say("summary.do", options="; ".join(parts), left=str(left), total=str(len(after)))]
    if open_:
        said.append(words.say("summary.still-open", count=str(open_)))
    roles_by: dict[tuple[str, str], list[str]] = {}
    for option, role in shut(assessment.options, chosen):
        verdict = words.say(f"verdict.{assessment.options[option].roles[role].verdict}")
        roles_by.setdefault((option, verdict), []).append(words.say(f"role.{role}"))
    for (letter, verdict), names in roles_by.items():
        said.append(words.say("summary.not-open", option=letter, role=", ".join(names), verdict=verdict))
    return " ".join(said)


def _by_when(knowledge: Knowledge, assessment: Assessment) -> str:
    binding = assessment.binding
    if binding is None:
        return knowledge.words.say("summary.no-bind")
    late = binding.latest_start < assessment.as_of
    return knowledge.words.say(
        "summary.bind-late" if late else "summary.bind",
        date=binding.date.isoformat(),
        because=binding.because,
        start=binding.latest_start.isoformat(),
    )
