"""Deployments as people have them, made up: for properties that must hold of all of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.conftest import TODAY
from tests.domain.build import EKU, with_choice
from wizard.model.deployment import NEVER, UNKNOWN, USES, Certificate, Deployment, Node, Peer, Settings
from wizard.model.release import Release

RELEASES = [None, UNKNOWN, *(Release.parse(r) for r in ("X14.3.7", "X15.3.2", "X15.4", "X15.5", "X15.5.20"))]
ISSUERS = [None, "lets-encrypt", "digicert", "identrust", "sectigo", "godaddy", "entrust"]
KINDS = ["both", "both", "server", "client", "absent", "unsaid", "unknown"]
YES_NO = st.sampled_from([None, "yes", "no", UNKNOWN])
ON_OFF = st.sampled_from([None, "on", "off", UNKNOWN])
AROUND = st.integers(-40, 400).map(lambda days: TODAY + timedelta(days=days))
DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 30))


def _in_order(certificate: Certificate) -> Certificate:
    """A certificate does not end before it begins."""
    begins, ends = certificate.not_before, certificate.not_after
    return replace(certificate, not_before=None) if begins and ends and ends < begins else certificate


certificates = st.builds(
    Certificate,
    ca=st.sampled_from(
        ["public", "public", "public", "public-alternative", "private", "self-signed", None, UNKNOWN]
    ),
    issuer=st.sampled_from(ISSUERS),
    eku=st.sampled_from(KINDS).map(EKU.__getitem__),
    not_before=st.sampled_from([None, None, None, TODAY + timedelta(days=9)]),
    not_after=st.none() | AROUND,
    acme=st.sampled_from([None, True, False]),
    acme_copies_to_client=st.sampled_from([None, True, False]),
).map(_in_order)
settings_ = st.builds(
    Settings,
    cluster_tls_verify=st.sampled_from([None, "enforce", "permissive", UNKNOWN]),
    neighbor_tls_verify=ON_OFF,
    eku_checking=ON_OFF,
    server_eku_upload=ON_OFF,
    peers_ignore_eku=YES_NO,
    peers_trust_private_ca=YES_NO,
    cucm_eku_validation=ON_OFF,
)
peers = st.builds(
    Peer,
    st.sampled_from(["cms", "partner"]),
    st.sampled_from(["neighbor-mtls", "b2b-sip", "imp-federation"]),
    YES_NO,
    YES_NO,
)


@st.composite
def nodes(draw: st.DrawFn, name: str, role: Any) -> Node:
    """A node; now and then with a store, a setting or a cluster of its own."""
    return Node(
        name=name,
        role=role,
        cluster=draw(st.sampled_from([None, None, "hq", "branch"])),
        primary=draw(st.sampled_from([None, False, name.endswith("0")])),
        release=draw(st.sampled_from(RELEASES)),
        settings=draw(st.just(Settings()) | settings_),
        server_certificate=draw(st.none() | certificates | certificates),
        client_certificate=draw(st.none() | st.none() | certificates),
    )


@st.composite
def deployments(draw: st.DrawFn) -> Deployment:
    """Up to three cores and three edges."""
    cores = [draw(nodes(f"expc{i}", "core")) for i in range(draw(st.integers(0, 3)))]
    edges = [draw(nodes(f"expe{i}", "edge")) for i in range(draw(st.integers(0, 3)))]
    said = st.sampled_from(["yes", "yes", "no", UNKNOWN])
    uses: Any = draw(st.dictionaries(st.sampled_from(USES), said, max_size=6))
    far = draw(st.lists(peers, max_size=2, unique_by=lambda peer: peer.name))
    return Deployment(
        public_ca=draw(YES_NO),  # type: ignore[arg-type]
        uses=uses,
        upgrade_by=draw(st.sampled_from([None, NEVER, UNKNOWN]) | AROUND),  # type: ignore[arg-type]
        settings=draw(settings_),
        peers=tuple(far),
        nodes=(*cores, *edges),
    )


@st.composite
def chosen(draw: st.DrawFn) -> Deployment:
    """The same, with options chosen for one role, both or none."""
    letters = st.none() | st.sets(st.sampled_from("ABCD")).map(lambda s: "".join(sorted(s)))
    edge = draw(letters)
    return with_choice(draw(deployments()), draw(letters), edge.replace("C", "") if edge else edge)
