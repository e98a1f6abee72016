"""Options A to D side by side as lines, and the choice among them; the tree; where all questions end."""

from dataclasses import replace

from wizard.domain import tree
from wizard.faces import wording
from wizard.faces.plain.talk import Talk, standing_words
from wizard.faces.plain.turn import say_changes
from wizard.model.deployment import OPTIONS, ROLES, Choice, Deployment, Option, Origin, Role
from wizard.model.plan import OptionOutlook
from wizard.model.text import visible

_OPEN = ("recommended", "possible")


def compare(talk: Talk) -> None:
    """Each option with verdicts, reasons and price; then a line such as `core CD` chooses."""
    console, assessment = talk.console, talk.session.assessment
    for outlook in assessment.options.values():
        _tell(talk, outlook)
    console.put()
    chosen = assessment.chosen
    for role, taken in (("core", chosen.core), ("edge", chosen.edge)):
        letters = ", ".join(taken or ()) or talk.words.say("phrase.none")
        console.say("plain.options.chosen", role=talk.words.say(f"role.{role}"), options=letters)
    console.say("plain.how.options")
    while True:
        line = console.ask("plain.prompt.options")
        if not line:
            return
        changed = _chosen(talk, line)
        if changed is None:
            continue
        say_changes(talk, talk.session.preview(changed))
        if changed != talk.session.deployment and console.agreed("plain.prompt.change"):
            talk.change(changed)
        return


def _tell(talk: Talk, outlook: OptionOutlook) -> None:
    console, words = talk.console, talk.words
    console.put()
    console.say("plain.options.title", option=outlook.id, title=outlook.title)
    console.put(outlook.what, first="   ", rest="   ")
    for role in ROLES:
        judgement = outlook.roles[role]
        verdict = words.say(f"verdict.{judgement.verdict}")
        role_words = words.say(f"role.{role}")
        console.put(
            words.say("plain.options.verdict", role=role_words, verdict=verdict), first=" - ", rest="   "
        )
        for reason in judgement.reasons:
            console.put(reason.text, first="   ", rest="   ")
        for need in judgement.would_need:
            console.put(words.say("plain.options.need", need=need), first="   ", rest="   ")
    told = {
        "price": outlook.price,
        "interruption": outlook.interruption,
        "lead": str(outlook.lead_days),
        "leaves": outlook.leaves_words,
        "source": wording.source_words(talk.knowledge, outlook.source),
    }
    titles = {connection.id: connection.title for connection in talk.session.assessment.connections}
    failing = ", ".join(dict.fromkeys(titles.get(left, left) for left in outlook.leaves))
    if failing:
        told["failing"] = failing
    for key, value in told.items():
        console.put(words.say(f"plain.options.{key}", value=value), first=" - ", rest="   ")


def _chosen(talk: Talk, line: str) -> Deployment | None:
    """The deployment with the choice of a line, `core CD` or `edge` for the recommended ones; None where the
    line is none, which is said."""
    role_word, _, rest = line.partition(" ")
    role: Role | None = {"core": "core", "edge": "edge"}.get(role_word.casefold())  # type: ignore[assignment]
    letters = rest.upper().replace(",", "").replace(" ", "")
    if role is None or set(letters) - set(OPTIONS):
        talk.console.refuse(talk.words.say("refused.not-one", given=visible(line)))
        return None
    options: tuple[Option, ...] = tuple(option for option in OPTIONS if option in letters)
    for option in options:
        verdict = talk.session.assessment.options[option].roles[role].verdict
        if verdict not in _OPEN:
            said = talk.words.say(f"verdict.{verdict}")
            talk.console.refuse(talk.words.say("refused.option-not-open", given=option, verdict=said))
            return None
    return with_choice(talk.session.deployment, role, options or None)


def with_choice(deployment: Deployment, role: Role, options: tuple[Option, ...] | None) -> Deployment:
    """The deployment in which these options are taken for a role; None: the recommended ones."""
    choice = deployment.choice
    changed = Choice(options, choice.edge) if role == "core" else Choice(choice.core, options)
    origins = {key: origin for key, origin in deployment.origins.items() if key != f"choice/{role}"}
    if options is not None:
        origins[f"choice/{role}"] = Origin("answered")
    return replace(deployment, choice=changed, origins=origins)


def draw_tree(talk: Talk) -> None:
    """The documented tree: the way taken, where one is, what lies ahead, what is left aside."""
    for line in tree.lines(talk.knowledge, talk.session.walk):
        indent = "  " * line.depth
        state = talk.words.say(f"plain.tree.{line.state}")
        text = talk.words.say("plain.tree.line", state=state, text=line.text)
        talk.console.put(text, first=indent, rest=indent)


def end(talk: Talk) -> None:
    """All questions have answers: the outcome in three lines, what is open, and what to do next."""
    console, assessment = talk.console, talk.session.assessment
    console.put()
    console.say("plain.end.heading")
    console.say("plain.end.outcome", title=assessment.outcome_title, text=assessment.outcome_text)
    for number, line in enumerate(talk.session.plan.summary, 1):
        console.put(line, first=f"{number}. ", rest="   ")
    console.put(standing_words(talk.session, talk.words))
    for point in assessment.unknowns:
        console.say("plain.end.unknown", what=point.what, ask=point.ask, matters=point.matters_for)
    console.say("plain.end.next")
    line = console.ask("plain.prompt.next")
    if line:
        console.refuse(talk.words.say("refused.not-one", given=visible(line)))
