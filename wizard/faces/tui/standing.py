"""The strip below a question: how options A to D stand, and whether what is still asked can change that."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wizard.faces.tui.ink import Ink, Line, Span, size

if TYPE_CHECKING:
    from wizard.faces.session import Session
    from wizard.faces.tui.answering import Say
    from wizard.model.knowledge import Verdict
    from wizard.model.plan import OptionOutlook

_ROLE_OF_VERDICT = {
    "recommended": "good", "possible": "ink", "closed": "faint", "not-applicable": "faint",
    "not-needed": "faint",
}  # fmt: skip
_ORDER = ("recommended", "possible", "closed", "not-applicable", "not-needed")


class Standing:
    """Whether the options are settled, found out when nobody types; for one revision of a session."""

    def __init__(self) -> None:
        self.revision = -1
        self.settled = False


def standing_lines(
    session: "Session", standing: Standing, ink: Ink, width: int, say: "Say"
) -> Iterable[Line]:
    """A thin line, and two lines of at most `width` cells."""
    yield ((ink.glyph("rule") * width, "line"),)
    assessment = session.assessment
    if assessment.outcome == "open":
        yield (("  ", "ink"), (ink.text(say("tui.question.standing-open")), "ink"))
        yield (("  ", "ink"), (ink.text(assessment.outcome_title), "faint"))
        return
    verdicts = [_option(option, session, ink) for option in assessment.options.values()]
    line: list[Span] = [("  ", "ink")]
    for at, spans in enumerate(verdicts):
        if at:
            line.append((f" {ink.glyph('dot')} ", "line"))
        line += spans
    outcome = ink.text(assessment.outcome_title)
    if size(line) > width - 1:
        line = list(_grouped(assessment.options.values(), session, ink))
    yield tuple(line)
    if standing.settled and standing.revision == session.revision:
        yield (("  ", "ink"), (ink.text(say("tui.question.settled")), "good"))
    else:
        yield (("  ", "ink"), (outcome, "faint"))


def _grouped(options: "Iterable[OptionOutlook]", session: "Session", ink: Ink) -> Iterable[Span]:
    """Where there is less room: `recommended B C D`, each option by the better verdict of the two roles."""
    found: dict[Verdict, list[str]] = {}
    for option in options:
        found.setdefault(_best(option), []).append(option.id)
    lead = "  "
    for verdict in sorted(found, key=_ORDER.index):
        text = ink.text(session.knowledge.words.say(f"verdict.{verdict}"))
        yield lead, "line"
        yield f"{text} ", _ROLE_OF_VERDICT[verdict]
        yield " ".join(found[verdict]), "strong"
        lead = f" {ink.glyph('dot')} "


def _best(option: "OptionOutlook") -> "Verdict":
    return min((judgement.verdict for judgement in option.roles.values()), key=_ORDER.index)


def _option(option: "OptionOutlook", session: "Session", ink: Ink) -> list[Span]:
    """`D recommended`, with the role where they differ: `C recommended (core)`."""
    from wizard.model.deployment import ROLES

    words = session.knowledge.words
    verdicts = {role: option.roles[role].verdict for role in ROLES if role in option.roles}
    best = _best(option)
    text = words.say(f"verdict.{best}")
    if len(set(verdicts.values())) > 1:
        roles = [words.say(f"tui.role.{role}") for role, verdict in verdicts.items() if verdict == best]
        text += f" ({', '.join(roles)})"
    return [(f"{option.id} ", "strong"), (ink.text(text), _ROLE_OF_VERDICT[best])]
