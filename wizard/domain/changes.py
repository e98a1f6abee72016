"""What differs between two plans, told in words; and the ids of a plan that the next one is compared with."""

from collections.abc import Iterator

from wizard.domain.calendar import deadline_title
from wizard.model.deployment import ROLES, Snapshot
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Change, ConnectionOutlook, Plan
from wizard.model.words import Words


def snapshot(plan: Plan) -> Snapshot:
    """The plan in ids, to be kept with the deployment."""
    assessment = plan.assessment
    return Snapshot(
        as_of=assessment.as_of,
        edition=assessment.edition.id,
        outcome=assessment.outcome,
        binding=assessment.binding.date if assessment.binding else None,
        verdicts={
            f"{option}/{role}": outlook.roles[role].verdict
            for option, outlook in assessment.options.items()
            for role in ROLES
        },
        steps=tuple(step.id for step in plan.steps),
        states={_key(c): _states(c) for c in assessment.connections},
        deadlines={d.id: f"{d.date.isoformat()} {d.state}" for d in assessment.calendar},
    )


def _key(connection: ConnectionOutlook) -> str:
    end = f"{connection.end}:{connection.peer}" if connection.peer else connection.end
    return f"{connection.id}/{connection.start}/{end}"


def _states(connection: ConnectionOutlook) -> str:
    found = (connection.today, connection.after_renewal, connection.after_plan)
    return " ".join(prediction.state for prediction in found)


def changes(knowledge: Knowledge, before: Snapshot | None, now: Plan) -> tuple[Change, ...]:
    """What `now` says otherwise than the plan before it, what matters most first; () without one before."""
    return () if before is None else tuple(_changes(knowledge, before, now))


def _changes(knowledge: Knowledge, before: Snapshot, plan: Plan) -> Iterator[Change]:
    words, now, assessment = knowledge.words, snapshot(plan), plan.assessment

    def change(id: str, words_id: str, **args: str) -> Change:
        return Change(id, words.say(f"change.{words_id}", **args))

    if before.outcome != now.outcome:
        titles = [_told(words, "outcome", id, ".title") for id in (before.outcome, now.outcome)]
        yield change("outcome", "outcome", before=titles[0], now=titles[1])
    if before.binding != now.binding:
        none = words.say("phrase.none")
        dates = [day.isoformat() if day else none for day in (before.binding, now.binding)]
        yield change("binding", "binding", before=dates[0], now=dates[1])
    for key, verdict in now.verdicts.items():
        old = before.verdicts.get(key, verdict)
        if old != verdict:
            option, _, role = key.partition("/")
            yield change(
                f"verdict/{key}",
                "verdict",
                option=option,
                role=words.say(f"role.{role}"),
                before=_told(words, "verdict", old),
                now=_told(words, "verdict", verdict),
            )
    yield from _connection_changes(knowledge, before, plan)
    titles_by_id = {step.id: step.title for step in plan.steps}
    for id in now.steps:
        if id not in before.steps:
            yield change(f"step/{id}", "step-new", title=titles_by_id[id])
    for id in before.steps:
        if id not in now.steps:
            yield change(f"step/{id}", "step-gone", title=step_title(knowledge, id))
    for deadline in assessment.calendar:
        known = before.deadlines.get(deadline.id)
        if known is None:
            yield change(deadline.id, "deadline-new", what=deadline.what, date=deadline.date.isoformat())
            continue
        day, _, state = known.partition(" ")
        if day != deadline.date.isoformat():
            yield change(
                deadline.id, "deadline-moved", what=deadline.what, before=day, date=deadline.date.isoformat()
            )
        elif state != deadline.state:
            yield change(deadline.id, "deadline-passed", what=deadline.what, date=day)
    for id, known in before.deadlines.items():
        if id not in now.deadlines:
            what = deadline_title(knowledge, id)
            yield change(id, "deadline-gone", what=what, date=known.partition(" ")[0])
    if before.edition != now.edition:
        yield change("edition", "edition", before=before.edition, now=now.edition)


def _connection_changes(knowledge: Knowledge, before: Snapshot, plan: Plan) -> Iterator[Change]:
    words = knowledge.words
    now = {_key(connection): connection for connection in plan.assessment.connections}
    for key, connection in now.items():
        args = {
            "title": connection.title,
            "start": connection.start,
            "end": connection.peer or connection.end,
        }
        old, new = before.states.get(key), _states(connection)
        if old is None:
            yield Change(f"state/{key}", words.say("change.state-new", **args))
        elif old != new:
            what = "; ".join(_state_changes(words, old, new))
            yield Change(f"state/{key}", words.say("change.state", **args, what=what))
    for key in before.states:
        if key not in now:
            id, _, ends = key.partition("/")
            start, _, end = ends.partition("/")
            title = _told(words, "connection", id)
            text = words.say("change.state-gone", title=title, start=start, end=end)
            yield Change(f"state/{key}", text)


def _state_changes(words: Words, old: str, new: str) -> Iterator[str]:
    """Each situation of a connection whose state differs, in words."""
    for situation, before, now in zip(_SITUATIONS, old.split(), new.split(), strict=False):
        if before != now:
            yield words.say(
                "change.state-part",
                when=words.say(f"change.situation.{situation}"),
                before=_told(words, "state", before),
                now=_told(words, "state", now),
            )


_SITUATIONS = ("today", "after_renewal", "after_plan")


def _told(words: Words, kind: str, id: str, field: str = "") -> str:
    """The words of an id from a snapshot; an id that this edition no longer has is shown as it is."""
    key = f"{kind}.{id}{field}"
    return words.say(key) if words.has(key) else id


def step_title(knowledge: Knowledge, id: str) -> str:
    """The title of a step that is not in the plan, from its id (`RULE@SUBJECT`)."""
    rule, _, subject = id.partition("@")
    key = f"step.{rule}.title"
    if not knowledge.words.has(key):
        return id
    shown = subject or knowledge.words.say("phrase.whole-deployment")
    args = dict.fromkeys(("node", "role", "cluster", "deployment", "peers", "issuer"), shown)
    fixed = str(knowledge.fixed_release)
    args |= {"fixed_release": fixed, "release": fixed, "upgrade_by": "", "as_of": ""}
    return knowledge.words.say(key, **args)
