"""Evidence becomes answers: each with its origin, nothing silently overruled, nothing guessed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.evidence.dumps.certificates import record
from tests.evidence.dumps.expressway import (
    CIPHER,
    NODES,
    STAMP,
    Expressway,
    files,
    line_of,
    status_text,
    text,
)
from wizard.evidence.blob import Blob, Say
from wizard.evidence.bundles import BundleNode, read_bundles
from wizard.evidence.dumps import read_dump
from wizard.evidence.prefill import Place, prefill
from wizard.model.certificate import SERVER_AUTH, CaVerdict, CertificateRecord, EkuState
from wizard.model.deployment import Certificate, Deployment, Node, Origin, Settings
from wizard.model.dump import NodeDump
from wizard.model.problems import Problem
from wizard.model.release import Release

EXPC1, EXPC2, EXPE1, EXPE2 = NODES
EKU_OFF = '*c xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode: "Off"\n'
EKU_ON = EKU_OFF.replace("Off", "On")
RELEASE = 'Version: "X14.3.7"'


def bundles_of(*nodes: Expressway, say: Say) -> tuple[BundleNode, ...]:
    """The bundles of those nodes, certificates left out."""
    named = {f"{node.host}.tar.gz!{name}": content for node in nodes for name, content in files(node).items()}
    return read_bundles([Blob(name, content.encode()) for name, content in named.items()], say=say).nodes


def dump_of(node: Expressway, say: Say, extra: str = "") -> NodeDump:
    """A whole dump of a node in one file, configuration and status."""
    return read_dump(extra + text(node) + "OK\n" + status_text(node), f"{node.host}.txt", say=say)


def names(deployment: Deployment) -> list[str]:
    """The names of its nodes."""
    return [node.name for node in deployment.nodes]


def codes(problems: tuple[Problem, ...]) -> list[str]:
    """The codes of the problems."""
    return [problem.code for problem in problems]


def node(deployment: Deployment, name: str) -> Node:
    """The node of that name."""
    found = deployment.node(name)
    assert found is not None
    return found


def test_bundles_and_certificates_of_two_clusters_prefill_the_answers_with_their_origins(say: Say) -> None:
    records = [
        record(f"{n.host}.tar.gz!server_{n.host}_{STAMP}.pem", n.name, n.name, n.cluster) for n in NODES
    ]
    deployment, problems = prefill(
        Deployment(), bundles=bundles_of(*NODES, say=say), certificates=records, say=say
    )

    assert problems == ()
    assert names(deployment) == [
        "expc1.example.com",
        "expc2.example.com",
        "expe1.example.com",
        "expe2.example.com",
    ]
    for expressway in NODES:
        one = node(deployment, expressway.name)
        assert (one.role, one.release, one.cluster) == (
            expressway.role,
            Release(14, 3, 7),
            expressway.cluster,
        )
        assert one.primary is (expressway.position == 1)
        assert one.server_certificate is not None
        assert one.server_certificate.eku == ("serverAuth", "clientAuth")
    assert deployment.uses == {
        "uc-traversal": "yes", "b2b-sip": "yes", "traversal-mtls": "yes", "neighbor-mtls": "yes",
        "imp-federation": "no", "mra-onboarding": "no",
    }  # fmt: skip
    assert [cluster[0].cluster for cluster in deployment.clusters()] == [
        "expc.example.com",
        "expe.example.com",
    ]

    dumps = {path: origin for path, origin in deployment.origins.items() if origin.kind == "dump"}
    certificates = {
        path: origin for path, origin in deployment.origins.items() if origin.kind == "certificate"
    }
    assert len(dumps) >= 12 and len(certificates) == 4
    assert all(origin.detail.rpartition(":")[2].isdigit() for origin in dumps.values())
    assert all(origin.sha256 and origin.detail.endswith(".pem") for origin in certificates.values())
    assert not any(origin.other for origin in deployment.origins.values())


def test_an_origin_points_at_the_line_that_says_so(say: Say) -> None:
    deployment, _ = prefill(Deployment(), bundles=bundles_of(EXPE1, say=say), say=say)
    folder = "expe1.tar.gz!"
    configuration, status = f"{folder}xconf_dump_expe1_{STAMP}.txt", f"{folder}xstat_dump_expe1_{STAMP}.txt"

    def at(start: str) -> int:
        return line_of(text(EXPE1), f"*c xConfiguration {start}")

    expected = {
        "node/expe1.example.com/role": f"{configuration}:{at('Zones Zone 1 Type')}",
        "node/expe1.example.com/release": f"{status}:{line_of(status_text(EXPE1), RELEASE)}",
        "node/expe1.example.com/cluster": f"{configuration}:{at('Alternates Cluster Name')}",
        "node/expe1.example.com/primary": f"{configuration}:{at('Alternates ConfigurationPrimary')}",
        "node/expe2.example.com/role": f"{configuration}:{at('Alternates Peer 2')}",
        "node/expe2.example.com/cluster": f"{configuration}:{at('Alternates Cluster Name')}",
        "node/expe2.example.com/primary": f"{configuration}:{at('Alternates ConfigurationPrimary')}",
        "uses/b2b-sip": f"{configuration}:{at('Zones Zone 2 DNS SIP TLS Verify Mode')}",
        "uses/uc-traversal": f"{configuration}:{at('Zones Zone 1 TraversalServer Collaboration Edge')}",
        **{
            f"node/{host}.example.com/settings/neighbor_tls_verify": (
                f"{configuration}:{at('Zones Zone 3 Neighbor SIP TLS Verify Mode')}"
            )
            for host in ("expe1", "expe2")
        },
    }
    assert {path: origin.detail for path, origin in deployment.origins.items()} == expected


def test_a_peer_is_known_by_name_and_by_what_peers_share_and_no_more(say: Say) -> None:
    deployment, _ = prefill(Deployment(), bundles=bundles_of(EXPE1, say=say), say=say)
    peer = node(deployment, "expe2.example.com")
    shared = Settings(neighbor_tls_verify="off")
    assert peer == Node(
        "expe2.example.com", role="edge", cluster="expe.example.com", primary=False, settings=shared
    )


def test_one_side_alone_denies_no_use(say: Say) -> None:
    deployment, _ = prefill(Deployment(), bundles=bundles_of(EXPE1, EXPE2, say=say), say=say)
    assert deployment.uses == {"uc-traversal": "yes", "b2b-sip": "yes"}


def test_a_cluster_without_a_dump_keeps_a_use_from_being_denied(say: Say) -> None:
    branch = Deployment(nodes=(Node("branch.example.com", role="core", cluster="branch"),))
    deployment, _ = prefill(branch, bundles=bundles_of(EXPC1, EXPE1, say=say), say=say)
    assert "imp-federation" not in deployment.uses
    assert deployment.uses["neighbor-mtls"] == "yes"


def test_the_bundle_of_the_next_peer_completes_the_node_that_was_there(say: Say) -> None:
    first, _ = prefill(Deployment(), bundles=bundles_of(EXPE1, say=say), say=say)
    second, problems = prefill(first, bundles=bundles_of(EXPE2, say=say), say=say)
    assert problems == ()
    assert names(second) == ["expe1.example.com", "expe2.example.com"]
    assert node(second, "expe2.example.com").release == Release(14, 3, 7)
    assert len(second.clusters()) == 1


def test_the_same_files_twice_change_nothing(say: Say) -> None:
    files_of = bundles_of(*NODES, say=say)
    records = [record("expe1.pem", EXPE1.name), record("expc1.pem", EXPC1.name)]
    once, _ = prefill(Deployment(), bundles=files_of, certificates=records, say=say)
    assert prefill(once, bundles=files_of, certificates=records, say=say) == (once, ())


def test_nodes_stated_by_a_short_name_or_in_capitals_are_the_ones_of_the_dump(say: Say) -> None:
    stated = Deployment(nodes=(Node("EXPE1", role="edge"), Node("Expe2.Example.COM", role="edge")))
    deployment, problems = prefill(stated, bundles=bundles_of(EXPE1, say=say), say=say)
    assert (names(deployment), problems) == (["EXPE1", "Expe2.Example.COM"], ())
    assert node(deployment, "EXPE1").release == Release(14, 3, 7)


def test_a_short_name_that_two_nodes_share_is_asked_about_and_fills_neither(say: Say) -> None:
    stated = Deployment(nodes=(Node("expe1.example.com"), Node("expe1.example.org")))
    dump = read_dump('*c xConfiguration IP DNS Hostname: "expe1"\n' + status_text(EXPE2), "x.txt", say=say)
    deployment, problems = prefill(stated, dumps=[dump], say=say)
    assert codes(problems) == ["prefill-node-ambiguous"]
    assert "expe1.example.com, expe1.example.org" in problems[0].message
    assert deployment.nodes == stated.nodes


def test_a_peer_known_by_its_address_gets_its_name_from_its_own_dump(say: Say) -> None:
    by_address = (
        text(EXPE1).replace("expe2.example.com", EXPE2.address).replace("expe1.example.com", EXPE1.address)
    )
    first, _ = prefill(Deployment(), dumps=[read_dump(by_address, "1.txt", say=say)], say=say)
    assert names(first) == ["expe1.example.com", "192.0.2.22"]
    second, problems = prefill(first, dumps=[dump_of(EXPE2, say)], say=say)
    assert (names(second), problems) == (["expe1.example.com", "expe2.example.com"], ())
    assert node(second, "expe2.example.com").cluster == "expe.example.com"
    assert "node/expe2.example.com/role" in second.origins


def test_a_system_name_that_two_nodes_carry_does_not_make_them_one(say: Say) -> None:
    dumps = [
        read_dump(
            text(node_).replace(f'SystemUnit Name: "{node_.name}"', 'SystemUnit Name: "VCS"'),
            node_.host,
            say=say,
        )
        for node_ in (EXPE1, EXPE2)
    ]
    deployment, _ = prefill(Deployment(), dumps=dumps, say=say)
    assert names(deployment) == ["expe1.example.com", "expe2.example.com"]


def test_a_status_with_the_system_name_joins_the_configuration_that_has_it_too(say: Say) -> None:
    configuration = text(EXPE1).replace(f'SystemUnit Name: "{EXPE1.name}"', 'SystemUnit Name: "Dirty net/1"')
    status = status_text(EXPE1).replace(f'Name: "{EXPE1.name}"', 'Name: "Dirty net/1"')
    dumps = [read_dump(status, "s.txt", say=say), read_dump(configuration, "c.txt", say=say)]
    deployment, _ = prefill(Deployment(), dumps=dumps, say=say)
    assert names(deployment) == ["expe1.example.com", "expe2.example.com"]
    assert node(deployment, "expe1.example.com").release == Release(14, 3, 7)


def test_a_label_alone_names_a_node_without_a_slash(say: Say) -> None:
    dump = read_dump(status_text(EXPE1).replace(EXPE1.name, "Dirty net/1"), "s.txt", say=say)
    deployment, _ = prefill(Deployment(), dumps=[dump], say=say)
    assert names(deployment) == ["Dirty net-1"]


def test_a_dump_that_names_no_node_tells_uses_and_is_reported(say: Say) -> None:
    dump = read_dump(EKU_OFF + '*c xConfiguration SIP Domain 1 Xmppfederation: "On"\n', "part.txt", say=say)
    deployment, problems = prefill(Deployment(nodes=(Node("expe1"),)), dumps=[dump], say=say)
    assert codes(problems) == ["prefill-unnamed"]
    assert "expe1" in problems[0].message
    assert deployment.uses == {"imp-federation": "yes"}
    assert deployment.settings == Settings()


def test_the_user_says_which_node_a_dump_without_name_is_of(say: Say) -> None:
    dump = read_dump(EKU_OFF, "part.txt", say=say)
    placed = {"part.txt": Place("expe1")}
    deployment, problems = prefill(Deployment(nodes=(Node("expe1"),)), dumps=[dump], placed=placed, say=say)
    assert problems == ()
    assert node(deployment, "expe1").settings.eku_checking == "off"
    assert deployment.origins["node/expe1/settings/eku_checking"] == Origin("dump", "part.txt:1")


def test_a_stated_value_that_disagrees_is_kept_beside_the_one_of_the_file(say: Say) -> None:
    stated = Deployment(
        uses={"b2b-sip": "no", "imp-federation": "unknown"},
        settings=Settings(neighbor_tls_verify="on"),
        nodes=(Node("expe1.example.com", role="core", release=Release(15, 4), primary=False),),
    )
    deployment, _ = prefill(stated, dumps=[dump_of(EXPE1, say)], say=say)
    others = {path: (o.other, o.other_kind) for path, o in deployment.origins.items() if o.other}
    assert others == {
        "uses/b2b-sip": ("no", "answered"),
        "settings/neighbor_tls_verify": ("on", "answered"),
        "node/expe1.example.com/role": ("core", "answered"),
        "node/expe1.example.com/release": ("X15.4", "answered"),
        "node/expe1.example.com/primary": ("no", "answered"),
    }
    assert node(deployment, "expe1.example.com").release == Release(14, 3, 7)
    assert deployment.uses["b2b-sip"] == "yes"


def test_an_answer_that_overruled_a_file_survives_the_next_start_with_it(say: Say) -> None:
    dump = dump_of(EXPE1, say)
    first, _ = prefill(Deployment(), dumps=[dump], say=say)
    path = "node/expe1.example.com/release"
    before = first.origins[path]
    corrected = first.with_node(replace(node(first, "expe1.example.com"), release=Release(15, 4)))
    corrected = corrected.with_origin(path, Origin("answered", before.detail, "", "X14.3.7", "dump"))
    assert prefill(corrected, dumps=[dump], say=say)[0] == corrected


def test_a_cluster_label_given_by_hand_stays_and_its_peers_take_it(say: Say) -> None:
    stated = Deployment(nodes=(Node("expe1.example.com", role="edge", cluster="hq"),))
    deployment, _ = prefill(stated, dumps=[dump_of(EXPE1, say)], say=say)
    assert [one.cluster for one in deployment.nodes] == ["hq", "hq"]
    assert not any(origin.other for origin in deployment.origins.values())


def test_a_setting_that_all_dumps_share_holds_for_the_deployment(say: Say) -> None:
    dumps = [dump_of(one, say, EKU_OFF) for one in NODES]
    deployment, _ = prefill(Deployment(), dumps=dumps, say=say)
    assert deployment.settings.eku_checking == "off"
    assert all(one.settings.eku_checking is None for one in deployment.nodes)


def test_clusters_that_differ_in_a_setting_are_no_discrepancy_and_their_peers_follow_them(say: Say) -> None:
    dumps = [dump_of(EXPC1, say, EKU_ON), dump_of(EXPE1, say, EKU_OFF)]
    deployment, _ = prefill(Deployment(), dumps=dumps, say=say)
    assert {one.name[:5]: deployment.setting("eku_checking", one) for one in deployment.nodes} == {
        "expc1": "on", "expc2": "on", "expe1": "off", "expe2": "off",
    }  # fmt: skip
    assert not any(origin.other for origin in deployment.origins.values())


def test_a_setting_that_only_edges_have_holds_once_they_have_told_it(say: Say) -> None:
    upload = '*c xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: "On"\n'
    known = Deployment(nodes=(Node(EXPC1.name, role="core"),))
    deployment, _ = prefill(known, dumps=[dump_of(EXPE1, say, upload)], say=say)
    assert deployment.settings.server_eku_upload == "on"
    assert all(one.settings.server_eku_upload is None for one in deployment.nodes)


def test_what_one_role_has_set_says_nothing_of_the_other(say: Say) -> None:
    known = Deployment(nodes=(Node(EXPC1.name, role="core"),))
    deployment, _ = prefill(known, dumps=[dump_of(EXPE1, say, EKU_OFF)], say=say)
    assert deployment.settings == Settings()
    assert {one.name[:5]: deployment.setting("eku_checking", one) for one in deployment.nodes} == {
        "expc1": None, "expe1": "off", "expe2": "off",
    }  # fmt: skip
    both, _ = prefill(deployment, dumps=[dump_of(EXPC1, say, EKU_ON)], say=say)
    assert {one.name[:5]: both.setting("eku_checking", one) for one in both.nodes} == {
        "expc1": "on", "expc2": "on", "expe1": "off", "expe2": "off",
    }  # fmt: skip
    assert not any(origin.other for origin in both.origins.values())


@pytest.mark.parametrize("at_once", [True, False])
def test_peers_of_a_cluster_that_differ_in_a_setting_are_a_discrepancy(at_once: bool, say: Say) -> None:
    dumps = [dump_of(EXPE1, say, EKU_ON), dump_of(EXPE2, say, EKU_OFF)]
    deployment = Deployment()
    for some in [dumps] if at_once else [[dump] for dump in dumps]:
        deployment, _ = prefill(deployment, dumps=some, say=say)
    assert [deployment.setting("eku_checking", one) for one in deployment.nodes] == ["on", "off"]
    origin = deployment.origins["node/expe2.example.com/settings/eku_checking"]
    assert origin == Origin("dump", "expe2.txt:1", other="on", other_kind="dump")


@pytest.mark.parametrize("at_once", [True, False])
def test_peers_that_give_their_cluster_other_names_are_a_discrepancy(at_once: bool, say: Say) -> None:
    renamed = text(EXPE2).replace('Cluster Name: "expe.example.com"', 'Cluster Name: "other.example.com"')
    dumps = [dump_of(EXPE1, say), read_dump(renamed, "expe2.txt", say=say)]
    deployment = Deployment()
    for some in [dumps] if at_once else [[dump] for dump in dumps]:
        deployment, _ = prefill(deployment, dumps=some, say=say)
    assert [one.cluster for one in deployment.nodes] == ["expe.example.com"] * 2
    origin = deployment.origins["node/expe2.example.com/cluster"]
    assert (origin.kind, origin.other, origin.other_kind) == ("dump", "other.example.com", "dump")
    assert not deployment.origins["node/expe1.example.com/cluster"].other


@pytest.mark.parametrize("at_once", [True, False])
def test_a_use_that_one_peer_shows_and_the_other_does_not_is_a_discrepancy(at_once: bool, say: Say) -> None:
    without = text(EXPE2).replace('DNS SIP TLS Verify Mode: "On"', 'DNS SIP TLS Verify Mode: "Off"')
    without = without.replace(
        'DefaultZone SIP TLS Verify Mode: "On"', 'DefaultZone SIP TLS Verify Mode: "Off"'
    )
    dumps = [dump_of(EXPE1, say), read_dump(without, "expe2.txt", say=say)]
    deployment = Deployment()
    for some in [dumps] if at_once else [[dump] for dump in dumps]:
        deployment, _ = prefill(deployment, dumps=some, say=say)
    assert deployment.uses["b2b-sip"] == "yes"
    assert (deployment.origins["uses/b2b-sip"].other, deployment.origins["uses/b2b-sip"].other_kind) == (
        "no",
        "dump",
    )


def test_a_use_that_the_other_role_does_not_show_is_no_discrepancy(say: Say) -> None:
    deployment = Deployment()
    for dump in (dump_of(EXPC1, say), dump_of(EXPE1, say)):
        deployment, _ = prefill(deployment, dumps=[dump], say=say)
    assert not any(origin.other for origin in deployment.origins.values())


def test_acme_is_told_of_the_server_certificate_and_survives_its_file(say: Say) -> None:
    dump = dump_of(EXPE1, say, 'AcmeManaged: "Automated"\n')
    deployment, _ = prefill(Deployment(), dumps=[dump], certificates=[record("e.pem", EXPE1.name)], say=say)
    certificate = node(deployment, EXPE1.name).server_certificate
    assert certificate is not None and certificate.acme is True and certificate.record is not None
    assert deployment.origins["node/expe1.example.com/server_certificate/acme"].detail == "expe1.txt:1"


# Certificates


def placed_in(deployment: Deployment) -> dict[str, str]:
    """The file of each store that holds a certificate."""
    return {
        f"{one.name} {store}": certificate.record.file
        for one, store, certificate in deployment.certificates()
        if certificate.record is not None
    }


KNOWN = Deployment(nodes=tuple(Node(one.name, role=one.role) for one in NODES))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("these", "places"),
    [
        ([record("a.pem", "expe1.example.com")], {"expe1.example.com server": "a.pem"}),
        ([record("a.pem", "EXPE1")], {"expe1.example.com server": "a.pem"}),
        ([record("a.pem", "expe.example.com", "expe.example.com", "expe2.example.com")],
         {"expe2.example.com server": "a.pem"}),
        ([record("expe2.pem", "expe.example.com", "expe1.example.com", "expe2.example.com")],
         {"expe2.example.com server": "expe2.pem"}),
        ([record("expe1-client.pem", None)], {"expe1.example.com client": "expe1-client.pem"}),
        ([record("expc1.example.com.p7b", "www")], {"expc1.example.com server": "expc1.example.com.p7b"}),
        ([record(f"x.tgz!client_expe1_{STAMP}.pem", "expe.example.com")],
         {"expe1.example.com client": f"x.tgz!client_expe1_{STAMP}.pem"}),
        ([record("chain.pem", "expe1.example.com"), record("chain.pem", "CA", is_ca=True)],
         {"expe1.example.com server": "chain.pem"}),
        ([record(f"x.tgz!ca_expe1_{STAMP}.pem", "expe1.example.com")], {}),
    ],
    ids=["CN", "short CN", "one SAN", "file among SANs", "client", "file", "bundle", "chain", "trust list"],
)  # fmt: skip
def test_certificates_find_their_node_and_store(
    these: list[CertificateRecord], places: dict[str, str], say: Say
) -> None:
    deployment, problems = prefill(KNOWN, certificates=these, say=say)
    assert (placed_in(deployment), problems) == (places, ())


@pytest.mark.parametrize(
    ("this", "code"),
    [
        (
            record("a.pem", "expe.example.com", "expe1.example.com", "expe2.example.com"),
            "prefill-certificate-ambiguous",
        ),
        (record("a.pem", "x.example.com", "*.example.com"), "prefill-certificate-ambiguous"),
        (record("a.pem", "cucm.example.com"), "prefill-certificate-unmatched"),
        (record("a.pem", None), "prefill-certificate-unmatched"),
    ],
)
def test_a_certificate_without_a_clear_place_is_reported_with_the_names_there_are(
    this: CertificateRecord, code: str, say: Say
) -> None:
    deployment, problems = prefill(KNOWN, certificates=[this], say=say)
    assert deployment == KNOWN
    assert codes(problems) == [code]
    assert "expe1.example.com, expe2.example.com" in problems[0].message


def test_the_user_places_a_certificate_by_file_or_fingerprint(say: Say) -> None:
    one, other = record("a.pem", "cluster"), record("b.pem", "intranet")
    placed = {"a.pem": Place("expe1.example.com"), other.sha256: Place("expe1.example.com", "client")}
    deployment, problems = prefill(KNOWN, certificates=[one, other], placed=placed, say=say)
    assert problems == ()
    assert placed_in(deployment) == {"expe1.example.com server": "a.pem", "expe1.example.com client": "b.pem"}


def test_certificates_alone_make_their_nodes_of_unknown_role(say: Say) -> None:
    these = [record("a.pem", "expe1.example.com"), record("b.pem", None, "expc1.example.com")]
    deployment, problems = prefill(Deployment(), certificates=these, say=say)
    assert (names(deployment), problems) == (["expe1.example.com", "expc1.example.com"], ())
    assert {one.role for one in deployment.nodes} == {None}
    third, _ = prefill(deployment, certificates=[record("c.pem", "expe2.example.com")], say=say)
    assert len(third.nodes) == 3


def test_a_certificate_without_a_host_name_makes_no_node(say: Say) -> None:
    deployment, problems = prefill(Deployment(), certificates=[record("a.pem", "My web server")], say=say)
    assert (deployment, codes(problems)) == (Deployment(), ["prefill-certificate-unmatched"])


def test_the_newest_of_two_certificates_is_used_and_the_other_named(say: Say) -> None:
    old = record("2025.pem", EXPE1.name, start=datetime(2025, 6, 1, tzinfo=UTC))
    new = record("2026.pem", EXPE1.name, start=datetime(2026, 6, 1, tzinfo=UTC))
    for order in ([old, new], [new, old]):
        deployment, problems = prefill(KNOWN, certificates=order, say=say)
        assert placed_in(deployment) == {"expe1.example.com server": "2026.pem"}
        assert [(p.code, p.file) for p in problems] == [("prefill-certificate-passed-over", "2025.pem")]


def test_what_a_bundle_has_installed_goes_before_a_newer_loose_file(say: Say) -> None:
    file = f"expe1.tgz!server_expe1_{STAMP}.pem"
    bundle = BundleNode("expe1", server=Blob(file, b""))
    new = record("next.pem", EXPE1.name, start=datetime(2026, 11, 1, tzinfo=UTC))
    deployment, problems = prefill(
        KNOWN, bundles=[bundle], certificates=[new, record(file, EXPE1.name)], say=say
    )
    assert placed_in(deployment) == {"expe1.example.com server": file}
    assert codes(problems) == ["prefill-certificate-passed-over"]


def test_the_same_certificate_in_two_files_is_one(say: Say) -> None:
    deployment, problems = prefill(
        KNOWN, certificates=[record("a.pem", EXPE1.name), record("copy.pem", EXPE1.name)], say=say
    )
    assert (placed_in(deployment), problems) == ({"expe1.example.com server": "a.pem"}, ())


def test_what_was_stated_of_a_certificate_is_kept_where_its_file_disagrees_or_is_silent(say: Say) -> None:
    stated = Certificate(ca="private", eku=("serverAuth",), not_after=date(2026, 8, 7), acme=False)
    deployment = Deployment(nodes=(Node(EXPE1.name, server_certificate=stated),))
    this = record("a.pem", EXPE1.name, verdict=CaVerdict.UNKNOWN)
    found, _ = prefill(deployment, certificates=[this], say=say)
    certificate = node(found, EXPE1.name).server_certificate
    assert certificate == Certificate(
        "private", None, ("serverAuth", "clientAuth"), date(2026, 1, 20), date(2026, 8, 7), False, None, this
    )
    path = f"node/{EXPE1.name}/server_certificate"
    assert found.origins == {
        path: Origin("certificate", "a.pem", this.sha256),
        f"{path}/ca": Origin("answered"),
        f"{path}/eku": Origin("certificate", "a.pem", this.sha256, "serverAuth", "answered"),
    }


@pytest.mark.parametrize(
    ("state", "eku"),
    [
        (EkuState.PRESENT, ("serverAuth", "clientAuth")),
        (EkuState.ABSENT, ()),
        (EkuState.UNREADABLE, None),
        (EkuState.CONTRADICTORY, None),
    ],
)
def test_an_eku_that_cannot_be_relied_on_stays_to_be_asked(
    state: EkuState, eku: tuple[str, ...] | None, say: Say
) -> None:
    found, _ = prefill(KNOWN, certificates=[record("a.pem", EXPE1.name, state=state)], say=say)
    certificate = node(found, EXPE1.name).server_certificate
    assert certificate is not None and certificate.eku == eku


def test_a_renewed_certificate_takes_the_place_of_the_one_that_was_read_before(say: Say) -> None:
    old = record("a.pem", EXPE1.name, start=datetime(2025, 6, 1, tzinfo=UTC))
    new = record("b.pem", EXPE1.name, oids=(SERVER_AUTH,))
    first, _ = prefill(KNOWN, certificates=[old], say=say)
    second, _ = prefill(first, certificates=[new], say=say)
    certificate = node(second, EXPE1.name).server_certificate
    assert certificate is not None and certificate.eku == ("serverAuth",)
    assert list(second.origins.values()) == [Origin("certificate", "b.pem", new.sha256)]


def test_no_secret_reaches_the_deployment(say: Say) -> None:
    deployment, _ = prefill(Deployment(), bundles=bundles_of(*NODES, say=say), say=say)
    assert CIPHER[8:28] not in repr(deployment)
    assert "cipher" not in repr(deployment)
