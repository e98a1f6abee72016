"""Files of any kind become one deployment: the way from FILE on a command line, or a screen, to `Deployment`.

Puts evidence and store together, for the commands and for the screens. A deployment file or a plan is read
first, then bundles, dumps and certificates fill it in.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from wizard.evidence import sources
from wizard.evidence.blob import Blob
from wizard.evidence.bundles import Bundles, bundle_steps
from wizard.evidence.kinds import kind_of
from wizard.evidence.prefill import Place, prefill
from wizard.model.certificate import CertificateRecord, Inspection
from wizard.model.deployment import Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.problems import Problem, ProblemsError
from wizard.model.words import Words
from wizard.store.codec import decode, from_block

_PAUSE = 0.005
"""Seconds between looks at what another process reads."""

Password = Callable[[str], str | None]
"""Asked with the name of a locked PKCS#12; None leaves it locked."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The deployment as the files tell it, what each certificate said, and what was refused.

    `began_with` is the deployment file or plan that was gone on from, "" where there was none.
    """

    deployment: Deployment
    inspection: Inspection
    problems: tuple[Problem, ...]
    began_with: str = ""
    bundles: Bundles = field(default_factory=Bundles)


class NoDeploymentError(ProblemsError):
    """A deployment file or plan among the files was refused: there is nothing to go on from."""


def gather(
    paths: Iterable[str],
    knowledge: Knowledge,
    as_of: date,
    *,
    known: Deployment | None = None,
    stdin: bytes | None = None,
    password: Password | None = None,
    placed: Mapping[str, Place] = MappingProxyType({}),
    often: Callable[[str], None] = lambda current: None,
) -> Gathered:
    """As `gather_steps`, in one go; `often` is told the file that is being read."""
    steps = gather_steps(paths, knowledge, as_of, known=known, stdin=stdin, password=password, placed=placed)
    current = ""
    while True:
        try:
            at = next(steps)
            current = at or current
            often(current)
            if at is None:
                time.sleep(_PAUSE)
        except StopIteration as end:
            gathered: Gathered = end.value
            return gathered


def gather_steps(
    paths: Iterable[str],
    knowledge: Knowledge,
    as_of: date,
    *,
    known: Deployment | None = None,
    stdin: bytes | None = None,
    password: Password | None = None,
    placed: Mapping[str, Place] = MappingProxyType({}),
) -> Generator[str | None, None, Gathered]:
    """Read the files in slices: yields the name of the file it is at, None while something is waited for.

    `known` is the deployment that evidence is added to. `placed` says where a certificate belongs, where
    the user was asked.

    Raises:
        NoDeploymentError: a deployment file or plan was refused; it carries every problem.
    """
    say = evidence_words(knowledge.words)
    bundles: Bundles = yield from bundle_steps(_blobs(paths, stdin, say), say=say)
    deployment, began_with = known or Deployment(), ""
    unread: tuple[Problem, ...] = ()
    for blob in bundles.deployments:
        if began_with:
            message = knowledge.words.say("gather.two-deployments", first=began_with)
            raise NoDeploymentError((Problem(blob.name, "", "two-deployments", message),))
        (deployment, unread), began_with = _deployment(blob, knowledge, as_of), blob.name
    inspection = yield from _audited(bundles, knowledge, as_of, password)
    deployment, unplaced = prefill(
        deployment, say=say, bundles=bundles.nodes, certificates=inspection.records, placed=placed
    )
    problems = (*bundles.problems, *unread, *inspection.problems, *unplaced)
    return Gathered(deployment, inspection, problems, began_with, bundles)


def _audited(
    bundles: Bundles, knowledge: Knowledge, as_of: date, password: Password | None
) -> Generator[str | None, None, Inspection]:
    blobs = [*bundles.certificates, *bundles.others]
    blobs += [b for node in bundles.nodes for b in (node.server, node.client, node.ca) if b is not None]
    if not blobs:
        return Inspection()
    # Loaded here: a deployment file alone needs no certificate reader.
    from wizard.evidence.audit import Audit

    say = evidence_words(knowledge.words)
    audit = Audit(blobs, table=knowledge.issuer_table, as_of=as_of, say=say, password=password)
    try:
        while audit.step():
            yield None if audit.waiting else audit.progress.current
    finally:
        audit.close()
    return audit.result()


def evidence_words(words: Words) -> sources.Say:
    """The words as the evidence room asks for them: an id and a mapping."""
    return lambda key, args: words.say(key, **args)


def _blobs(paths: Iterable[str], stdin: bytes | None, say: sources.Say) -> Iterator[Blob | Problem | None]:
    for path in paths:
        yield from sources.steps(path, say=say, stdin=stdin)


def _deployment(blob: Blob, knowledge: Knowledge, as_of: date) -> tuple[Deployment, tuple[Problem, ...]]:
    """The deployment that a deployment file or a plan holds, and which certificate files that it names could
    not be read: the rest of it is answered without them."""
    say = knowledge.words.say
    try:
        text = blob.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = say("gather.not-utf8", byte=str(error.start))
        raise NoDeploymentError((Problem(blob.name, "", "not-utf8", message),)) from None
    if kind_of(blob) == "plan":
        found = from_block(text, blob.name, say=say)
        if found is None:
            message = say("gather.no-block")
            raise NoDeploymentError((Problem(blob.name, "", "no-block", message),))
        return found, ()

    def read(certificates: Callable[[str], CertificateRecord | Problem | None]) -> Deployment:
        return decode(
            text,
            suffix=".json" if text.lstrip().startswith("{") or blob.name.endswith(".json") else ".toml",
            file=blob.name,
            say=say,
            read_certificate=certificates,
            base=Path(blob.name).parent,
            issuers=tuple(knowledge.issuers),
        )

    try:
        return read(lambda path: certificate_in(path, knowledge, as_of)), ()
    except ProblemsError as error:
        if any(problem.code != "certificate-file" for problem in error.problems):
            raise
        return read(lambda path: None), error.problems


def certificate_in(path: str, knowledge: Knowledge, as_of: date) -> CertificateRecord | Problem:
    """The certificate of a node that a file holds: the first that is no CA's, else the first."""
    from wizard.evidence.audit import Audit

    audit = Audit([path], table=knowledge.issuer_table, as_of=as_of, say=evidence_words(knowledge.words))
    found = audit.run()
    leaves = [record for record in found.records if not record.is_ca]
    if leaves or found.records:
        return (leaves or list(found.records))[0]
    return replace(found.problems[0], file=path)
