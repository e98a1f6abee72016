"""A made-up two-cluster deployment as its Expressways would print it: 2 cores and 2 edges on X14.3.7.

`python -m tests.evidence.dumps.expressway` writes the dumps to `tests/evidence/data/`; a test holds that
they are what this writes. Names, addresses and secrets are invented. Shapes follow facts.md, section 7.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

DATA = Path(__file__).parents[1] / "data"
STAMP = "2026-11-20_09_15_00"
CIPHER = "{cipher}bm90LWEtcmVhbC1zZWNyZXQtanVzdC1maWxsZXI="

Setting = tuple[str, str]
Tree = dict[str, "str | Tree"]


@dataclass(frozen=True)
class Expressway:
    """One node: what differs from its peers and from the other role."""

    host: str
    address: str
    role: str
    position: int
    release: str = "X14.3.7"
    domain: str = "example.com"

    @property
    def name(self) -> str:
        return f"{self.host}.{self.domain}"

    @property
    def cluster(self) -> str:
        return f"exp{'e' if self.role == 'edge' else 'c'}.{self.domain}"

    @property
    def peers(self) -> tuple[str, str]:
        stem = "expe" if self.role == "edge" else "expc"
        return f"{stem}1.{self.domain}", f"{stem}2.{self.domain}"


NODES = (
    Expressway("expc1", "10.10.1.11", "core", 1),
    Expressway("expc2", "10.10.1.12", "core", 2),
    Expressway("expe1", "192.0.2.21", "edge", 1),
    Expressway("expe2", "192.0.2.22", "edge", 2),
)


def settings(node: Expressway) -> list[Setting]:
    """The whole xconfiguration of a node, in the order in which it is printed."""
    edge = node.role == "edge"
    pairs = list(_system(node))
    for link, (one, other) in enumerate(_links(node), start=1):
        pairs += [
            (f"Bandwidth Link {link} Name", f"Link {link}"),
            (f"Bandwidth Link {link} Node1 Name", one),
            (f"Bandwidth Link {link} Node2 Name", other),
        ]
    for number, (name, kind, options) in enumerate(_zones(node), start=1):
        pairs += _zone(number, name, kind, options, node)
        pairs += _rule(number, name)
    pairs += [
        ("SIP Domain 1 Authzone", "Traversal"),
        ("SIP Domain 1 Edge", "Off" if edge else "On"),
        ("SIP Domain 1 Name", node.domain),
        ("SIP Domain 1 Sip", "Off" if edge else "On"),
        ("SIP Domain 1 Xmppfederation", "Off"),
    ]
    return sorted(pairs, key=lambda pair: _order(pair[0]))


def text(
    node: Expressway, *, quoted: bool = True, prefix: str = "*c xConfiguration ", newline: str = "\n"
) -> str:
    """xconfiguration as the command line prints it; an empty value leaves a trailing space."""
    mark = '"' if quoted else ""
    lines = [
        f"{prefix}{key}: {mark}{value}{mark}" if value else f"{prefix}{key}: "
        for key, value in settings(node)
    ]
    return newline.join([*lines, ""])


def line_of(text_: str, start: str) -> int:
    """The line, counted from 1, that begins with `start`."""
    found = [
        number for number, line in enumerate(text_.split("\n"), start=1) if line.strip().startswith(start)
    ]
    if len(found) != 1:
        raise AssertionError(f"{start!r} begins {len(found)} lines")
    return found[0]


def xml(node: Expressway) -> str:
    """The XML twin of xconfiguration."""
    root: Tree = {}
    for key, value in settings(node):
        words = key.split()
        at = root
        path: list[str] = []
        while words:
            word = words.pop(0)
            path.append(word if not (words and words[0].isdigit()) else f"{word} {words.pop(0)}")
        for part in path[:-1]:
            branch = at.setdefault(part, {})
            assert isinstance(branch, dict)
            at = branch
        at[path[-1]] = value
    return _document("Configuration", root, node)


def status(node: Expressway) -> Tree:
    """The tree of xstatus, as far as anybody looks."""
    zones: Tree = {
        f"Zone {number}": {
            "Name": name,
            "Peer 1": {"H323": {"Status": "Unknown"}, "SIP": {"Status": "Active", "Port": "7001"}},
            "Status": "Failed" if kind == "Neighbor" and node.position == 2 else "Active",
            "Type": kind,
        }
        for number, (name, kind, _) in enumerate(_zones(node), start=1)
    }
    return {
        "Applications": {"Presence": {"UserAgent": {"Status": "Inactive"}}},
        "Calls": {},
        "SystemUnit": {
            "Hardware": {"SerialNumber": f"0A1B2C3{node.position}", "Version": "1.0"},
            "Name": node.name,
            "Product": "TANDBERG VCS",
            "Software": {
                "Build": "oak_v14.3.7_rc_1",
                "Configuration": {
                    "DualInterface": "False",
                    "Expressway": "True" if node.role == "edge" else "False",
                    "ExpresswaySeries": "True",
                    "NonTraversalCalls": "0",
                },
                "Name": "s42700",
                "ReleaseDate": "2025-04-02",
                "ReleaseKey": f"00000000000000{node.position}",
                "Version": node.release,
            },
            "Uptime": "1209600",
        },
        "Zones": zones,
    }


def status_text(node: Expressway) -> str:
    """xstatus as the command line prints it."""
    out: list[str] = []
    for name, branch in status(node).items():
        out.append(f"*s {name}: /" if not branch else f"*s {name}:")
        assert isinstance(branch, dict)
        out.extend(_indented(branch, 5))
        out.extend(["*s/end", ""])
    return "\n".join([*out, "OK", ""])


def status_xml(node: Expressway) -> str:
    """The XML twin of xstatus."""
    return _document("Status", status(node), node)


def member(kind: str, node: Expressway, suffix: str) -> str:
    """The name of a file in a diagnostic bundle."""
    return f"{kind}_{node.host}_{STAMP}.{suffix}"


def files(node: Expressway) -> dict[str, str]:
    """The four dumps of a node, by the names that a diagnostic bundle gives them."""
    return {
        member("xconf_dump", node, "txt"): text(node),
        member("xconf_dump", node, "xml"): xml(node),
        member("xstat_dump", node, "txt"): status_text(node),
        member("xstat_dump", node, "xml"): status_xml(node),
    }


def _system(node: Expressway) -> Iterator[Setting]:
    edge = node.role == "edge"
    yield from {
        "Administration HTTPS Mode": "On",
        "Administration LCDPanel Mode": "On",
        "Administration MaxConcurrentSessions": "0",
        "Administration SSH Mode": "On",
        "Administration TimeOut": "30",
        "Alternates Cluster Name": node.cluster,
        "Alternates ConfigurationPrimary": "1",
        "Alternates Peer 1 Address": node.peers[0],
        "Alternates Peer 2 Address": node.peers[1],
        **{f"Alternates Peer {number} Address": "" for number in range(3, 7)},
        "Authentication ADS ADDomain": "",
        "Authentication ADS Workgroup": "",
        "Authentication Certificate Mode": "NotRequired",
        "Authentication LDAP BindPassword": CIPHER,
        "Authentication StrictPassword Enabled": "Off",
        "Bandwidth Default": "384",
        "Call Loop Detection Mode": "On",
        "Call Routed Mode": "Always",
        "CollaborationEdge AllowOnboardingOverMra": "Off",
        "CollaborationEdge Enabled": "On",
        "CollaborationEdge InternalCheck": "No",
        "CollaborationEdge SSO Enabled": "Off",
        "EdgeConfigServer CredentialTTL": "28800",
        "EdgeConfigServer VerifyOriginServer": "Off",
        "Ethernet 1 IP V4 Address": node.address,
        "Ethernet 1 IP V4 StaticNAT Mode": "Off",
        "Ethernet 1 IP V4 SubnetMask": "255.255.255.0",
        "Ethernet 1 Speed": "Auto",
        "ExternalManager Address": "",
        "ExternalManager Path": "tms/public/external/management/SystemManagementService.asmx",
        "H323 Gatekeeper Registration UDP Port": "1719",
        "H323 Mode": "Off",
        "IP DNS Domain Name": node.domain,
        "IP DNS Hostname": node.host,
        "IP DNS Server 1 Address": "10.10.0.53",
        "IP Gateway": f"{node.address.rsplit('.', 1)[0]}.1",
        "IPProtocol": "Both",
        "Interworking Mode": "RegisteredOnly",
        "Log Level": "1",
        "NTP Server 1 Address": "10.10.0.123",
        "NTP Server 1 KeyId": "1",
        "NTP Server 1 Passphrase": CIPHER,
        "Option 1 Key": "116341E00-1-0A1B2C3D",
        "Registration RestrictionPolicy Mode": "None",
        "RemoteSyslog 1 Address": "10.10.0.14",
        "SIP Advanced SipMaxSize": "32768",
        "SIP Authentication Digest Nonce ExpireDelta": "300",
        "SIP GRUU Mode": "On",
        "SIP MTLS Mode": "On" if edge else "Off",
        "SIP MTLS Port": "5062",
        "SIP Mode": "On",
        "SIP TCP Mode": "Off",
        "SIP TLS Certificate Revocation Checking Mode": "Off",
        "SIP TLS Mode": "On",
        "SIP TLS Port": "5061",
        "SIP UDP Mode": "Off",
        "SNMP CommunityName": "not-a-real-community",
        "SNMP V3 AuthenticationPassword": CIPHER,
        "SystemUnit Name": node.name,
        "TimeZone Name": "Europe/Amsterdam",
        "Traversal Media Port Start": "36000",
        "Zones DefaultZone Authentication Mode": "DoNotCheckCredentials",
        "Zones DefaultZone SIP Media Encryption Mode": "Auto",
        "Zones DefaultZone SIP TLS Verify Mode": "On" if edge else "Off",
        "Zones LocalZone DefaultSubZone Registrations": "Allow",
        "Zones LocalZone SubZones SubZone 1 Name": "Rooms",
        "Zones LocalZone Traversal H323 Assent Mode": "On",
    }.items()


def _links(node: Expressway) -> Iterator[tuple[str, str]]:
    yield "DefaultSZ", "ClusterSZ"
    yield "DefaultSZ", "DefaultZone"
    yield "Rooms", "DefaultSZ"
    for name, _, _ in _zones(node):
        yield "DefaultSZ", name


def _zones(node: Expressway) -> list[tuple[str, str, dict[str, str]]]:
    if node.role == "edge":
        return [
            (
                "UC Traversal",
                "TraversalServer",
                {"edge": "On", "verify": "On", "subject": "expc.example.com"},
            ),
            ("B2B DNS", "DNS", {"verify": "On", "subject": "partners.example.net"}),
            ("Meeting Server", "Neighbor", {"verify": "Off", "peer": "cms.example.net"}),
        ]
    return [
        ("UC Traversal", "TraversalClient", {"edge": "On", "verify": "On", "peer": "expe1.example.com"}),
        (
            "Meeting Server",
            "Neighbor",
            {"verify": "On", "subject": "cms.example.com", "peer": "cms.example.com"},
        ),
        ("CUCM tcp", "Neighbor", {"verify": "On", "transport": "TCP", "peer": "cucm1.example.com"}),
        ("Branch traversal", "TraversalClient", {"edge": "Off", "verify": "On", "peer": "expe1.example.com"}),
    ]


def _zone(number: int, name: str, kind: str, options: dict[str, str], node: Expressway) -> Iterator[Setting]:
    zone = f"Zones Zone {number}"
    own = f"{zone} {kind}"
    yield f"{zone} Name", name
    yield f"{zone} HopCount", "15"
    yield f"{zone} H323 Mode", "Off"
    yield f"{zone} SIP Mode", "On"
    yield f"{zone} Type", kind
    yield f"{own} Authentication Mode", "DoNotCheckCredentials"
    yield f"{own} SIP Media Encryption Mode", "ForceEncrypted"
    yield f"{own} SIP Multistream Mode", "On"
    yield f"{own} SIP TLS Verify Mode", options["verify"]
    yield f"{own} SIP TLS Verify Subject Name", options.get("subject", "")
    yield f"{own} SIP Transport", options.get("transport", "TLS")
    yield f"{own} SIP Port", "7001" if kind.startswith("Traversal") else "5061"
    if kind.startswith("Traversal"):
        yield f"{own} Authentication UserName", "traversal"
        yield f"{own} Collaboration Edge", options["edge"]
        yield f"{own} TCPProbe KeepAliveInterval", "20"
    if kind == "TraversalClient":
        yield f"{own} Authentication Password", CIPHER
    if kind != "TraversalServer" and kind != "DNS":
        yield f"{own} Peer 1 Address", options["peer"]
        for peer in range(2, 7):
            yield f"{own} Peer {peer} Address", ""


def _rule(number: int, name: str) -> Iterator[Setting]:
    rule = f"Zones Policy SearchRules Rule {number}"
    yield f"{rule} Description", ""
    yield f"{rule} Mode", "AliasPatternMatch"
    yield f"{rule} Name", f"To {name}"
    yield f"{rule} Pattern String", f"(.*)@{number}.example.com"
    yield f"{rule} Priority", "100"
    yield f"{rule} State", "Enabled"
    yield f"{rule} Target Name", name
    yield f"{rule} Target Type", "Zone"


def _order(key: str) -> list[tuple[int, int, str]]:
    return [(0, int(word), "") if word.isdigit() else (1, 0, word) for word in key.split()]


def _indented(branch: Tree, indent: int) -> Iterator[str]:
    for name, value in branch.items():
        if isinstance(value, dict):
            yield f"{' ' * indent}{name}: /" if not value else f"{' ' * indent}{name}:"
            yield from _indented(value, indent + 2)
        else:
            yield f'{" " * indent}{name}: "{value}"'


def _document(root: str, tree: Tree, node: Expressway) -> str:
    version = f"version={quoteattr(node.release)}"
    opening = f'<{root} xmlns="http://www.tandberg.no/XML/CUIL/1.0" product="TANDBERG VCS" {version}>'
    return "\n".join(['<?xml version="1.0"?>', opening, *_elements(tree, 2), f"</{root}>", ""])


def _elements(tree: Tree, indent: int) -> Iterator[str]:
    for name, value in tree.items():
        tag, _, item = name.partition(" ")
        opening = f"{' ' * indent}<{tag} item={quoteattr(item or '1')}>"
        if isinstance(value, dict):
            yield opening
            yield from _elements(value, indent + 2)
            yield f"{' ' * indent}</{tag}>"
        else:
            yield f"{opening}{escape(value)}</{tag}>"


def main() -> None:
    """Write the dumps of all four nodes."""
    for node in NODES:
        for name, content in files(node).items():
            (DATA / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
