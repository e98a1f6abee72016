"""Certificates and dumps loaded together, the way `start FILE...` does: real archives, real certificates."""

import io
import tarfile
from datetime import timedelta
from pathlib import Path

from tests.evidence import pki
from tests.evidence.dumps.expressway import NODES, Expressway, files, member
from wizard.evidence.audit import Audit
from wizard.evidence.blob import Say
from wizard.evidence.bundles import Bundles, Sorting
from wizard.evidence.prefill import prefill
from wizard.model.certificate import Inspection, IssuerTable
from wizard.model.deployment import Deployment

EXPC1, EXPC2, EXPE1, EXPE2 = NODES
LOG = '2026-11-20T09:15:00.123+01:00 expe1 tvcs: UTCTime="2026-11-20 08:15:00,123" Module="network.sip"\n'


def bundle(folder: Path, node: Expressway, made: pki.Made) -> str:
    """A diagnostic bundle as it is downloaded."""
    contents = {
        **files(node),
        member("server", node, "pem"): made.pem,
        member("ca", node, "pem"): pki.family()[0].pem,
        member("loggingsnapshot", node, "txt"): LOG * 50,
    }
    path = folder / f"diagnostic_log_{node.host}.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name, content in contents.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content.encode()))
    return str(path)


def certificate(node: Expressway, days: int = 90) -> pki.Made:
    """The certificate of a node: its own name and its cluster's."""
    return pki.leaf(pki.family()[1], common_name=node.name, names=[node.name, node.cluster], days=days)


def load(paths: list[str], table: IssuerTable, say: Say) -> tuple[Inspection, Bundles]:
    """One pass over the files: the audit reads certificates and sets the rest aside."""
    sorting = Sorting(say)
    inspection = Audit(paths, table=table, as_of=pki.AS_OF, say=say, aside=sorting.take).run()
    for _ in sorting.work():
        pass
    return inspection, sorting.result()


def test_four_bundles_prefill_a_two_cluster_deployment(tmp_path: Path, table: IssuerTable, say: Say) -> None:
    made = {node.name: certificate(node) for node in NODES}
    inspection, bundles = load([bundle(tmp_path, node, made[node.name]) for node in NODES], table, say)
    deployment, problems = prefill(
        Deployment(), bundles=bundles.nodes, certificates=inspection.records, say=say
    )
    assert (inspection.problems, bundles.problems, problems) == ((), (), ())

    from_dumps = {path for path, origin in deployment.origins.items() if origin.kind == "dump"}
    from_certificates = {path for path, origin in deployment.origins.items() if origin.kind == "certificate"}
    for node in NODES:
        of_node = {path.rpartition("/")[2] for path in from_dumps if path.startswith(f"node/{node.name}/")}
        assert of_node >= {"role", "release", "cluster", "primary"}
        assert f"node/{node.name}/server_certificate" in from_certificates
        held = deployment.node(node.name)
        assert held is not None and held.server_certificate is not None
        assert held.server_certificate.record is not None
        assert held.server_certificate.record.sha256 == made[node.name].sha256
        assert held.server_certificate.eku == ("serverAuth", "clientAuth")
    assert {path for path in from_dumps if path.startswith("uses/")} == {
        f"uses/{use}" for use in deployment.uses
    }
    assert len(deployment.uses) == 6
    assert len(from_dumps) + len(from_certificates) >= 12


def test_every_origin_of_a_dump_ends_in_the_line_of_a_file_that_was_given(
    tmp_path: Path, table: IssuerTable, say: Say
) -> None:
    paths = [bundle(tmp_path, node, certificate(node)) for node in NODES]
    inspection, bundles = load(paths, table, say)
    deployment, _ = prefill(Deployment(), bundles=bundles.nodes, certificates=inspection.records, say=say)
    given = {
        f"{path}!{name}": content
        for path, node in zip(paths, NODES, strict=True)
        for name, content in files(node).items()
    }
    checked = 0
    for path, origin in deployment.origins.items():
        if origin.kind == "dump":
            file, _, line = origin.detail.rpartition(":")
            assert 1 <= int(line) <= given[file].count("\n"), path
            checked += 1
        else:
            assert origin.detail.split("!")[1].startswith("server_") and len(origin.sha256) == 64
    assert checked >= 12


def test_loose_certificates_join_the_nodes_of_loose_dumps(
    tmp_path: Path, table: IssuerTable, say: Say
) -> None:
    for node in (EXPC1, EXPE1):
        for name, content in files(node).items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        (tmp_path / f"{node.host}.pem").write_text(certificate(node).pem, encoding="ascii")
    inspection, bundles = load([str(tmp_path)], table, say)
    deployment, problems = prefill(
        Deployment(), bundles=bundles.nodes, certificates=inspection.records, say=say
    )
    assert problems == ()
    held = {node.name for node, _, _ in deployment.certificates()}
    assert (held, len(deployment.nodes)) == ({EXPC1.name, EXPE1.name}, 4)


def test_the_second_bundle_brings_what_the_peer_itself_knows(
    tmp_path: Path, table: IssuerTable, say: Say
) -> None:
    deployment = Deployment()
    for node in (EXPE1, EXPE2):
        inspection, bundles = load([bundle(tmp_path, node, certificate(node))], table, say)
        deployment, problems = prefill(
            deployment, bundles=bundles.nodes, certificates=inspection.records, say=say
        )
        assert problems == ()
    assert [(node.name, str(node.release)) for node in deployment.nodes] == [
        (EXPE1.name, "X14.3.7"),
        (EXPE2.name, "X14.3.7"),
    ]
    assert all(node.server_certificate is not None for node in deployment.nodes)


def test_a_renewed_certificate_beside_a_bundle_is_named_and_not_taken(
    tmp_path: Path, table: IssuerTable, say: Say
) -> None:
    renewed = pki.leaf(
        pki.family()[1], common_name=EXPE1.name, names=[EXPE1.name], start=pki.START + timedelta(days=30)
    )
    loose = tmp_path / "renewed.pem"
    loose.write_text(renewed.pem, encoding="ascii")
    installed = certificate(EXPE1)
    inspection, bundles = load([str(loose), bundle(tmp_path, EXPE1, installed)], table, say)
    deployment, problems = prefill(
        Deployment(), bundles=bundles.nodes, certificates=inspection.records, say=say
    )
    node = deployment.node(EXPE1.name)
    assert (
        node is not None
        and node.server_certificate is not None
        and node.server_certificate.record is not None
    )
    assert node.server_certificate.record.sha256 == installed.sha256
    assert [(p.code, p.file) for p in problems] == [("prefill-certificate-passed-over", str(loose))]
