"""What an answer does to a deployment, and what it would change in the plan."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from wizard.domain.assess import assess
from wizard.domain.changes import changes, snapshot
from wizard.domain.known import origin_of
from wizard.domain.plan import plan
from wizard.domain.remarks import current
from wizard.model.deployment import (
    NEVER,
    SETTINGS,
    UNKNOWN,
    USES,
    Certificate,
    Deployment,
    Origin,
    YesNo,
)
from wizard.model.fields import put_field
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Asked, Change
from wizard.model.release import Release
from wizard.model.text import visible

EKU_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "both": ("serverAuth", "clientAuth"),
    "server": ("serverAuth",),
    "client": ("clientAuth",),
    "none": (),
}
"""The answers to the question about the EKU, as the certificate then lists it."""

Given = str | Mapping[str, str]


class AnswerError(ValueError):
    """An answer that is not one of those asked for. `code` is worded as `refused.CODE`, with `args`."""

    def __init__(self, code: str, **args: str) -> None:
        self.code = code
        self.args_for_words = args
        super().__init__(f"{code}: {args}")


def answer(knowledge: Knowledge, deployment: Deployment, asked: Asked, value: Given) -> Deployment:
    """The deployment with that answer, of origin "answered".

    `value` is the text of an answer: one of the question's answers, a release, an ISO date, an issuer id,
    `none` for nodes (go on without), `unknown` everywhere; for uses a mapping of use to yes, no or unknown.
    A value of a file or dump that it overrules is kept in the origin, and so becomes a discrepancy.

    Raises:
        AnswerError: the value is not an answer to that question.
    """
    question = knowledge.questions[asked.question]
    key = asked.key
    if question.kind == "uses":
        return _uses(deployment, key, value)
    if not isinstance(value, str):
        raise AnswerError("not-one", given=str(value))
    text = value.strip()
    if question.kind == "choice" and text not in (*question.answers, UNKNOWN):
        raise AnswerError("not-one", given=visible(text))
    if question.kind == "issuer" and text not in (*knowledge.issuers, UNKNOWN):
        raise AnswerError("not-one", given=visible(text))
    if question.kind == "nodes":
        return deployment.with_origin("nodes", Origin("answered"))
    return put(deployment, key, text)


def put(deployment: Deployment, key: str, text: str) -> Deployment:
    """The deployment with `text` put at `key` (the paths of `wizard.model.deployment`), as answered.

    Raises:
        AnswerError: the text is not a value for that key.
    """
    origin = _origin(deployment, key)
    if key == "public_ca":
        changed = put_field(deployment, key, _one(text, ("yes", "no", UNKNOWN)))
    elif key == "upgrade_by":
        changed = put_field(deployment, key, _upgrade(text))
    elif key.startswith("settings/"):
        name = key.removeprefix("settings/")
        if name not in SETTINGS:
            raise AnswerError("not-one", given=visible(key))
        changed = replace(deployment, settings=put_field(deployment.settings, name, text))
    elif key.startswith("node/"):
        changed = _put_node(deployment, key, text)
    else:
        raise AnswerError("not-one", given=visible(key))
    return changed.with_origin(key, origin)


def _origin(deployment: Deployment, key: str) -> Origin:
    """Answered; what evidence said before is kept beside it."""
    before = origin_of(deployment, key)
    if before.kind in ("certificate", "dump"):
        return Origin("answered", before.detail, before.sha256, current(deployment, key), before.kind)
    if before.kind == "answered" and before.other_kind in ("certificate", "dump"):
        return before
    return Origin("answered")


def _uses(deployment: Deployment, key: str, value: Given) -> Deployment:
    if isinstance(value, str):
        if not key.startswith("uses/"):
            raise AnswerError("not-one", given=visible(value))
        value = {key.removeprefix("uses/"): value}
    uses: dict[str, YesNo] = dict(deployment.uses)
    changed = deployment
    for use, said in value.items():
        if use not in USES or said not in ("yes", "no", UNKNOWN):
            raise AnswerError("not-one", given=visible(f"{use} {said}"))
        if uses.get(use) == said:
            continue
        changed = changed.with_origin(f"uses/{use}", _origin(deployment, f"uses/{use}"))
        uses[use] = said  # type: ignore[assignment]
    return replace(changed, uses=uses)


def _put_node(deployment: Deployment, key: str, text: str) -> Deployment:
    node = next((n for n in deployment.nodes if key.startswith(f"node/{n.name}/")), None)
    if node is None:
        raise AnswerError("no-node", given=visible(key))
    rest = key.removeprefix(f"node/{node.name}/")
    first, _, field = rest.partition("/")
    if first == "release":
        changed = put_field(node, first, UNKNOWN if text == UNKNOWN else _release(text))
    elif first == "role":
        role = None if text == UNKNOWN else _one(text, ("core", "edge"))
        changed = put_field(node, first, role)
    elif first in ("server_certificate", "client_certificate") and field:
        certificate = getattr(node, first) or Certificate()
        changed = put_field(node, first, _put_certificate(certificate, field, text))
    elif first == "settings" and field in SETTINGS:
        changed = replace(node, settings=put_field(node.settings, field, text))
    else:
        raise AnswerError("not-one", given=visible(key))
    return deployment.with_node(changed)


def _put_certificate(certificate: Certificate, field: str, text: str) -> Certificate:
    if field == "eku":
        eku = UNKNOWN if text == UNKNOWN else EKU_ANSWERS.get(text)
        if eku is None:
            raise AnswerError("not-one", given=visible(text))
        return put_field(certificate, field, eku)
    if field == "ca":
        kinds = ("public", "public-alternative", "private", "self-signed", UNKNOWN)
        return put_field(certificate, field, _one(text, kinds))
    if field == "issuer":
        return replace(certificate, issuer=None if text == UNKNOWN else text)
    if field in ("not_after", "not_before"):
        day = None if text == UNKNOWN else _date(text)
        return put_field(certificate, field, day)
    if field in ("acme", "acme_copies_to_client"):
        said = None if text == UNKNOWN else _one(text, ("yes", "no")) == "yes"
        return put_field(certificate, field, said)
    raise AnswerError("not-one", given=visible(field))


def _one(text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise AnswerError("not-one", given=visible(text))
    return text


def _upgrade(text: str) -> "date | str":
    return text if text in (NEVER, UNKNOWN) else _date(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AnswerError("not-a-date", given=visible(text)) from None


def _release(text: str) -> Release:
    try:
        return Release.parse(text)
    except ValueError:
        raise AnswerError("not-a-release", given=visible(text)) from None


def preview(knowledge: Knowledge, before: Deployment, after: Deployment, as_of: date) -> tuple[Change, ...]:
    """What would change in the plan if `before` became `after`, beginning with what matters most."""
    then = plan(knowledge, assess(knowledge, before, as_of), "")
    now = plan(knowledge, assess(knowledge, after, as_of), "")
    return changes(knowledge, snapshot(then), now)
