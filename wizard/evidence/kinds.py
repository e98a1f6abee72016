"""What a file is, by its first bytes and not by its name, so that it reaches the reader that knows it."""

import codecs
import re
from itertools import islice
from typing import Literal

from wizard.evidence.blob import Blob
from wizard.evidence.dump_keys import looks_known
from wizard.evidence.encoding import encoding_of

Kind = Literal["certificate", "xconfiguration", "xstatus", "dump-xml", "deployment", "plan", "log", "unknown"]
"""`certificate` is everything the certificate reader takes (PEM, DER, PKCS#7, PKCS#12, a request, a key),
`deployment` a deployment file, `plan` a saved plan with the block that holds its deployment."""

HEAD = 64 * 1024
"""Bytes looked at from the beginning."""

TAIL = 384 * 1024
"""Bytes looked at from the end, where a plan has its block and a mail its certificate."""

_PEM = re.compile(r"-----BEGIN (?:[A-Z0-9 ]{0,40}(?:CERTIFICATE|PKCS7|PRIVATE KEY|CMS))")
_XML = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z:]{1,60}[\s>])", re.IGNORECASE)
_XML_ROOT = re.compile(r"<(?:[a-z]{1,20}:)?(?:Configuration|Status|XmlDoc)[\s>]")
_XCONFIGURATION = re.compile(
    r"^[ \t]*(?:\S{0,64}[>#$][ \t]*)?(?:\*c[ \t]+)?xconf[a-z]*[ \t]+\S", re.IGNORECASE | re.MULTILINE
)
_XSTATUS = re.compile(r"^(?:> ?){0,10}[ \t]*\*s[ \t]+[A-Za-z]", re.MULTILINE)
_BARE = re.compile(r"^[ \t]*([A-Z][A-Za-z0-9]{1,40} [A-Za-z0-9 ]{1,160}):", re.MULTILINE)
_MOST_BARE = 2000
_ENOUGH_BARE = 3
"""Keys that matter, without the word xConfiguration before them, that make a text a dump."""
_LOG = re.compile(
    r"^\d{4}-\d\d-\d\dT[\d:.,+\-]{5,30} .{0,80}(?:UTCTime=|tvcs|Event=|Module=)|\bUTCTime=\"", re.MULTILINE
)
_JSON_DEPLOYMENT = re.compile(r'\s*\{.*?"format"\s*:\s*\d', re.DOTALL)
_TOML_DEPLOYMENT = re.compile(
    r"^[ \t]*(?:format\s{0,9}=\s{0,9}\d|\[\[(?:node|peer)\]\]|\[(?:settings|choice)\]"
    r"|(?:public_ca|uses|upgrade_by)\s{0,9}=)",
    re.MULTILINE,
)
# A plan is Markdown that ends in a fenced block which names this program. Bounded: a line may be a megabyte.
_PLAN = re.compile(r"^ {0,3}(?:`{3,9}|~{3,9})[^\n]{0,80}eku-wizard", re.MULTILINE)

# A plan for handover has no such block. It is a page that says what made it, near its top.
_HANDED_OVER = re.compile(r"\A\s*# [^\n]*\n(?:[^\n]*\n){1,20}?- [^\n]*eku-wizard")


def kind_of(blob: Blob) -> Kind:
    """What `blob` is. A certificate beside a dump, or inside a log, counts as a certificate; `has_dump`
    tells of the dump."""
    data = blob.data
    encoding = encoding_of(data[:256])
    head = data[:HEAD].decode(encoding, "replace")
    tail = _tail(data, encoding) if len(data) > HEAD else head
    if _looks_like_der(data):
        return "certificate"
    if "eku-wizard" in tail and _PLAN.search(tail):
        return "plan"
    if _HANDED_OVER.match(head):
        return "plan"
    if _is_deployment(head, blob.name):
        return "deployment"
    if _PEM.search(head) or _PEM.search(tail):
        return "certificate"
    if _XML.match(head):
        return "dump-xml" if _XML_ROOT.search(head) else "unknown"
    return _by_lines(head)


def has_dump(blob: Blob) -> bool:
    """Whether a text that is a certificate's holds a dump as well, as a terminal session does."""
    if _looks_like_der(blob.data):
        return False
    head = blob.data[:HEAD].decode(encoding_of(blob.data[:256]), "replace")
    return _by_lines(head) in ("xconfiguration", "xstatus")


def _tail(data: bytes, encoding: str) -> str:
    """The end of a text; in UTF-16 from a whole letter on, in the byte order that the beginning shows."""
    start = max(0, len(data) - TAIL) & ~1
    if encoding == "utf-16":
        encoding = "utf-16-be" if data.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    return data[start:].decode(encoding, "replace")


def _by_lines(head: str) -> Kind:
    """The kind whose first sign comes first: a log may quote a setting, and a paste may hold both dumps."""
    signs: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("log", _LOG),
        ("xconfiguration", _XCONFIGURATION),
        ("xstatus", _XSTATUS),
    )
    found = [(match.start(), kind) for kind, pattern in signs if (match := pattern.search(head)) is not None]
    if found:
        return min(found)[1]
    return "xconfiguration" if _lists_bare_keys(head) else "unknown"


def _lists_bare_keys(head: str) -> bool:
    """Whether settings are listed without the word xConfiguration, as people paste them from a table."""
    keys = (match.group(1) for match in islice(_BARE.finditer(head), _MOST_BARE))
    return sum(1 for _ in islice(filter(looks_known, keys), _ENOUGH_BARE)) == _ENOUGH_BARE


def _looks_like_der(data: bytes) -> bool:
    """A SEQUENCE in DER or BER whose length is that of the file, give or take what transfers append."""
    if len(data) < 16 or data[0] != 0x30:
        return False
    size = data[1]
    if size == 0x80:
        return True
    if size < 0x80:
        return abs(size + 2 - len(data)) <= 2
    count = size & 0x7F
    return count <= 4 and int.from_bytes(data[2 : 2 + count], "big") + 2 + count <= len(data) + 2


def _is_deployment(head: str, name: str) -> bool:
    suffix = name.rpartition(".")[2].casefold()
    if suffix == "json" or head.lstrip("\ufeff \t\r\n").startswith("{"):
        return _JSON_DEPLOYMENT.match(head.lstrip("\ufeff")) is not None or suffix == "json"
    return suffix == "toml" or _TOML_DEPLOYMENT.search(head) is not None
