"""Nodes, far ends and settings of a deployment: written and read back."""

from collections.abc import Iterable
from datetime import date
from typing import get_args

from wizard.model.deployment import (
    ROLES,
    SETTINGS,
    STORES,
    USES,
    Certificate,
    Deployment,
    Node,
    OnOff,
    Origin,
    Peer,
    Settings,
    TlsVerify,
    Unknown,
    YesNo,
)
from wizard.model.release import Release
from wizard.store.certificates import certificate_document, read_certificate
from wizard.store.reader import Table, quoted
from wizard.store.reading import Reading

Document = dict[str, object]

LONGEST_NAME = 253
"""Characters of a host name as text (RFC 1035)."""
MOST_PEERS = 6
"""Nodes of one cluster."""

YES_NO: tuple[YesNo, ...] = get_args(YesNo)
ON_OFF: tuple[OnOff, ...] = get_args(OnOff)
TLS_VERIFY: tuple[TlsVerify, ...] = get_args(TlsVerify)


def settings_document(settings: Settings) -> Document:
    """The settings that say something."""
    said = ((key, settings.get(key)) for key in SETTINGS)
    return {key: value for key, value in said if value is not None}


def read_settings(table: Table | None) -> Settings:
    """The settings of a table."""
    if table is None:
        return Settings()
    settings = Settings(
        cluster_tls_verify=table.one_of("cluster_tls_verify", TLS_VERIFY),
        neighbor_tls_verify=table.one_of("neighbor_tls_verify", ON_OFF),
        eku_checking=table.one_of("eku_checking", ON_OFF),
        server_eku_upload=table.one_of("server_eku_upload", ON_OFF),
        peers_ignore_eku=table.one_of("peers_ignore_eku", YES_NO),
        peers_trust_private_ca=table.one_of("peers_trust_private_ca", YES_NO),
        cucm_eku_validation=table.one_of("cucm_eku_validation", ON_OFF),
    )
    table.close()
    return settings


def peer_document(peer: Peer) -> Document:
    """A far end as the file holds it."""
    said: Document = {
        "name": peer.name,
        "use": peer.use,
        "ignores_eku": peer.ignores_eku,
        "trusts_private_ca": peer.trusts_private_ca,
    }
    return {key: value for key, value in said.items() if value is not None}


def read_peers(tables: Iterable[Table], reading: Reading) -> tuple[Peer, ...]:
    """The far ends of a file. One without a name is named by its position."""
    out: list[Peer] = []
    for index, table in enumerate(tables):
        name = _name(table, reading) or f"peer-{index + 1}"
        use = None if table.is_unknown("use") else table.one_of("use", USES)
        ignores_eku = table.one_of("ignores_eku", YES_NO)
        trusts_private_ca = table.one_of("trusts_private_ca", YES_NO)
        table.close()
        out.append(Peer(name, use, ignores_eku, trusts_private_ca))
    return tuple(out)


def node_document(node: Node, as_of: date | None) -> Document:
    """A node as the file holds it; dates in the records are told for `as_of`."""
    said: Document = {
        "name": node.name,
        "role": node.role,
        "cluster": node.cluster,
        "primary": node.primary,
        "release": None if node.release is None else str(node.release),
        "settings": settings_document(node.settings) or None,
    }
    for store in STORES:
        certificate = node.certificate(store)
        if certificate is not None:
            said[f"{store}_certificate"] = certificate_document(certificate, as_of)
    return {key: value for key, value in said.items() if value is not None}


def read_nodes(tables: tuple[Table, ...], reading: Reading) -> tuple[Node, ...]:
    """The nodes of a file. One without a name is named by its position."""
    taken = {str(name).casefold() for table in tables if (name := table.peek("name"))}
    out: list[Node] = []
    for index, table in enumerate(tables):
        name = _name(table, reading)
        if not name:
            name = _free_name(index + 1, taken)
            reading.origins[f"node/{name}/name"] = Origin("default")
        out.append(_read_node(table, name, reading))
    _check(out, tables, reading)
    return tuple(out)


def _read_node(table: Table, name: str, reading: Reading) -> Node:
    path = f"node/{name}"
    server, client = table.table("server_certificate"), table.table("client_certificate")
    node = Node(
        name=name,
        role=None if reading.unknown(table, "role", path) else table.one_of("role", ROLES),
        cluster=table.text("cluster"),
        primary=None if reading.unknown(table, "primary", path) else table.flag("primary"),
        release=_release(table),
        settings=read_settings(table.table("settings")),
        server_certificate=_certificate(server, f"{path}/server_certificate", reading),
        client_certificate=_certificate(client, f"{path}/client_certificate", reading),
    )
    table.close()
    return node


def _certificate(table: Table | None, path: str, reading: Reading) -> Certificate | None:
    return None if table is None else read_certificate(table, path, reading)


def _release(table: Table) -> Release | Unknown | None:
    if table.is_unknown("release"):
        return "unknown"
    text = table.text("release")
    if text is None:
        return None
    try:
        return Release.parse(text)
    except ValueError:
        table.refuse("release", "bad-release", given=quoted(text))
        return None


def _name(table: Table, reading: Reading) -> str:
    """The name that a table states; "" where it states none, or one that is refused."""
    name = table.text("name", LONGEST_NAME + 1)
    if name is None:
        return ""
    if not name.strip():
        if reading.strict:
            table.refuse("name", "empty-name")
        return ""
    if len(name) > LONGEST_NAME:
        table.refuse("name", "long-name", limit=str(LONGEST_NAME))
    elif "/" in name and reading.strict:
        table.refuse("name", "slash-in-name", given=quoted(name))
    return name


def _free_name(number: int, taken: set[str]) -> str:
    while f"node-{number}" in taken:
        number += 1
    taken.add(f"node-{number}")
    return f"node-{number}"


def _check(nodes: list[Node], tables: tuple[Table, ...], reading: Reading) -> None:
    """What holds between nodes: each name once; in files written by hand, six peers and one primary."""
    first: dict[str, int] = {}
    for index, node in enumerate(nodes):
        other = first.setdefault(node.name.casefold(), index)
        if other != index:
            tables[index].refuse(
                "name", "duplicate-node", given=quoted(node.name), other=f"node[{other + 1}]"
            )
    if not reading.strict:
        return
    position = {id(node): index for index, node in enumerate(nodes)}
    for group in Deployment(nodes=tuple(nodes)).clusters():
        if len(group) > MOST_PEERS:
            extra = group[MOST_PEERS]
            table = tables[position[id(extra)]]
            table.refuse(
                "name",
                "too-many-peers",
                given=quoted(extra.name),
                count=str(len(group)),
                limit=str(MOST_PEERS),
            )
        primaries = [node for node in group if node.primary]
        for node in primaries[1:]:
            table = tables[position[id(node)]]
            table.refuse("primary", "two-primaries", given=quoted(node.name), other=quoted(primaries[0].name))
