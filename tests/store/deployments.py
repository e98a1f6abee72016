"""Deployments made up by hypothesis: anything that the wizard can hold, and so must be able to save."""

from datetime import UTC, date, datetime
from typing import Literal

from hypothesis import strategies as st

from wizard.model.certificate import Ca, CaVerdict, CertificateRecord, Eku, EkuState
from wizard.model.deployment import (
    EKU_NAMES,
    OPTIONS,
    ROLES,
    USES,
    Certificate,
    Choice,
    Deployment,
    Node,
    Origin,
    Peer,
    Saved,
    Settings,
    Snapshot,
    TroubleNote,
    YesNo,
)
from wizard.model.problems import Remark
from wizard.model.release import Release
from wizard.model.text import visible
from wizard.store.scrub import scrub

YES_NO: tuple[YesNo | None, ...] = ("yes", "no", "unknown", None)
UPGRADES: tuple[date | Literal["never", "unknown"] | None, ...] = (None, "never", "unknown", date(2027, 2, 1))
AWKWARD = [
    "```",
    "~~~ json eku-wizard",
    "| a | b |",
    "</details>",
    '"',
    "\\",
    "'''",
    '"""',
    "#",
    "é",
    "日本",
    "[x](y)",
]

texts = st.one_of(st.text(max_size=30), st.sampled_from(AWKWARD)).map(visible).map(scrub)
names = texts.filter(lambda name: bool(name.strip()) and "/" not in name)
days = st.dates(date(1970, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
yes_no = st.sampled_from(YES_NO)
on_off = st.sampled_from(["on", "off", "unknown", None])
kinds = st.sampled_from(["answered", "certificate", "dump", "default"])
oids = st.sampled_from([*EKU_NAMES, "1.3.6.1.5.5.7.3.2", "1.3.6.1.4.1.311.20.2.2"])

settings = st.builds(
    Settings,
    cluster_tls_verify=st.sampled_from(["enforce", "permissive", "unknown", None]),
    neighbor_tls_verify=on_off,
    eku_checking=on_off,
    server_eku_upload=on_off,
    peers_ignore_eku=yes_no,
    peers_trust_private_ca=yes_no,
    cucm_eku_validation=on_off,
)
remarks = st.builds(
    Remark, texts.filter(bool), st.dictionaries(st.text("abc", min_size=1, max_size=4), texts, max_size=2)
)
records = st.builds(
    CertificateRecord,
    file=texts,
    index=st.integers(0, 9),
    sha256=hashes,
    subject=texts,
    issuer=texts,
    common_name=st.none() | texts,
    sans=st.lists(texts, max_size=3).map(tuple),
    serial=hashes,
    not_before=st.none() | moments,
    not_after=st.none() | moments,
    key=texts,
    is_ca=st.booleans(),
    eku=st.builds(Eku, st.sampled_from(EkuState), st.lists(oids, max_size=3).map(tuple)),
    ca=st.builds(Ca, st.sampled_from(CaVerdict), st.none() | texts, st.lists(remarks, max_size=2).map(tuple)),
    also_in=st.lists(texts, max_size=2).map(tuple),
    notes=st.lists(remarks, max_size=2).map(tuple),
)
certificates = st.builds(
    Certificate,
    ca=st.sampled_from(["public", "public-alternative", "private", "self-signed", "unknown", None]),
    issuer=st.sampled_from(["lets-encrypt", "digicert", "other", None]),
    eku=st.none() | st.just("unknown") | st.lists(oids, max_size=3).map(tuple),
    not_before=st.none() | days,
    not_after=st.none() | days,
    acme=st.none() | st.booleans(),
    acme_copies_to_client=st.none() | st.booleans(),
    record=st.none() | records,
)
releases = st.builds(Release, st.integers(0, 20), st.integers(0, 30), st.integers(0, 30))
nodes = st.builds(
    Node,
    name=names,
    role=st.sampled_from([*ROLES, None]),
    cluster=st.none() | texts,
    primary=st.none() | st.booleans(),
    release=st.none() | st.just("unknown") | releases,
    settings=settings,
    server_certificate=st.none() | certificates,
    client_certificate=st.none() | certificates,
)
origins = st.builds(
    Origin, kind=kinds, detail=texts, sha256=st.just("") | hashes, other=texts, other_kind=st.just("") | kinds
)
peers = st.builds(
    Peer, name=names, use=st.sampled_from([*USES, None]), ignores_eku=yes_no, trusts_private_ca=yes_no
)
choices = st.none() | st.lists(st.sampled_from(OPTIONS), unique=True).map(tuple)
troubles = st.builds(
    TroubleNote,
    symptom=texts,
    answers=st.dictionaries(texts, texts, max_size=2),
    signatures=st.lists(texts, max_size=2).map(tuple),
    diagnosis=texts,
    remedy=texts,
    verified=st.sampled_from(["as-expected", "not-as-expected", "not-recognised", ""]),
    on=days,
    lines=st.lists(texts, max_size=2).map(tuple),
)
snapshots = st.builds(
    Snapshot,
    as_of=days,
    edition=texts,
    outcome=texts,
    binding=st.none() | days,
    verdicts=st.dictionaries(texts, texts, max_size=2),
    steps=st.lists(texts, max_size=2).map(tuple),
    states=st.dictionaries(texts, texts, max_size=2),
    deadlines=st.dictionaries(texts, texts, max_size=2),
)
saved = st.builds(
    Saved,
    as_of=st.none() | days,
    edition=texts,
    program=texts,
    revision=st.integers(0, 99),
    ticks=st.dictionaries(texts, days, max_size=2),
    notes=st.dictionaries(texts, texts, max_size=2),
    before=st.none() | snapshots,
)


@st.composite
def deployments(draw: st.DrawFn) -> Deployment:
    """A deployment; origins are of values that it has a place for."""
    held = draw(st.lists(nodes, max_size=4, unique_by=lambda node: node.name.casefold()))
    keys = [
        "public_ca", "upgrade_by", "nodes", "uses/b2b-sip", "settings/eku_checking",
        *(f"node/{node.name}/release" for node in held),
        *(f"node/{node.name}/server_certificate/eku" for node in held),
    ]  # fmt: skip
    return Deployment(
        name=draw(texts),
        customer=draw(texts),
        prepared_by=draw(texts),
        prepared_for=draw(texts),
        public_ca=draw(yes_no),
        uses=draw(st.dictionaries(st.sampled_from(USES), st.sampled_from(["yes", "no", "unknown"]))),
        upgrade_by=draw(st.sampled_from(UPGRADES)),
        settings=draw(settings),
        choice=Choice(core=draw(choices), edge=draw(choices)),
        peers=tuple(draw(st.lists(peers, max_size=2))),
        nodes=tuple(held),
        origins=draw(st.dictionaries(st.sampled_from(keys), origins)),
        troubles=tuple(draw(st.lists(troubles, max_size=2))),
        saved=draw(saved),
    )


def paths_of(deployment: Deployment) -> list[str]:
    """Paths of values that can lie dormant, whether the deployment holds them or not."""
    return [
        "public_ca",
        "upgrade_by",
        *(f"uses/{use}" for use in USES),
        "settings/eku_checking",
        "settings/cluster_tls_verify",
        *(f"node/{node.name}/release" for node in deployment.nodes),
        *(f"node/{node.name}/settings/peers_ignore_eku" for node in deployment.nodes),
        *(f"node/{node.name}/client_certificate" for node in deployment.nodes),
        *(f"node/{node.name}/server_certificate/not_after" for node in deployment.nodes),
    ]
