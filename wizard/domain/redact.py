"""What of a pasted line may be kept: no secret ever, and no address or name unless it was asked for.

Nothing here raises, and nothing is returned that was recognised as a secret.
"""

import re
from collections.abc import Callable, Iterable

from wizard.domain.linetext import word_set
from wizard.model.text import visible

TEXT_LIMIT = 400
"""Characters of a recognised line that are kept."""

_CIPHER = re.compile(r"\{cipher\}[^\s\"']*", re.IGNORECASE)
_SECRET = re.compile(
    r"(?i)(\b(?:[\w-]{0,40}(?:pass(?:word|phrase|wd)?|secret|community|credential|api[_-]?key|token|cookie|authorization"
    r"|x-auth))\b[\"']?\s*[:=]\s*)(?!\s)(\"[^\"]*\"|'[^']*'|(?:(?:basic|bearer|digest)\s+)?[^\s,;]+)"
)
_BLOB = re.compile(r"[A-Za-z0-9+/_-]{48,}={0,2}")
_ADDRESS = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)")
_ADDRESS6 = re.compile(
    r"(?<![\w:.])(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){7}"
    r"|(?=[0-9A-Fa-f:]{0,38}::)[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![\w:])"
)
_MAC = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])")
_URI = re.compile(
    r"(?i)\b(?:sips?|tel|xmpp|mailto|https?)://?[^\s\"'<>]+|\b(?:sips?|tel|xmpp|mailto):[^\s\"'<>,;]+"
)
_MAIL = re.compile(r"[^\s\"'=<>@(,;:]+@[^\s\"'=<>@),;]+")
_NAMED = re.compile(
    r"(?i)(\b(?:(?:src|dst|local|remote|peer|node|server|client|common|host|user|zone|system|cluster|login)"
    r"[-_]?(?:name|host|alias|address)?|name|alias|address|aor|contact|username|identity|domain)\s*[=:]\s*)"
    r"(\"[^\"]*\"|'[^']*'|[^\s,;\"']+)"
)
_AFTER_TIME = re.compile(
    r"^(\s*(?:\d{4}-\d\d-\d\d[T ]\S+|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d\S*)\s+)([\w.-]+)(?=\s)"
)
_FQDN = re.compile(
    r"(?<![\w.@/-])(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})\.){1,10}[A-Za-z]{2,24}(?![\w.(-]*[\w(])"
)
_NOT_HOSTS = re.compile(
    r"(?i)^(?:developer|network|ppcmains|xcp)\.|^(?:e\.g|i\.e)$"
    r"|\.(?:cpp|c|h|py|sh|pem|txt|log|xml|erl|java|html?|conf|gz|tar|json|der|crt|cer|key)$"
)
_PROCESSES = frozenset(
    {"tvcs", "web", "alarm", "management", "httpd", "replication", "ssh", "portforwarding", "utctime"}
)
_TELLING = (
    "event|detail|reason|module|level|service|protocol|id|uuid|severity|state|status|method|action|codelocation"
    "|thread|utctime|pid|(?:src|dst|local|remote)?-?port|(?:response-?)?code|cseq|description|title|type|mode"
    "|version|time|timestamp|num|error|acmemanaged"
)
_OTHER_FIELD = re.compile(
    rf"(?i)(?<![\w-])((?!(?:{_TELLING})\s*=)[a-z][\w.-]{{0,40}}\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s,;\"'<>]+)"
)
"""A field of which nothing says that its value names nobody."""
_PHONE = re.compile(r"(?<![\w.])\+\d[\d -]{5,18}\d")
_BEFORE_ALARM = re.compile(r"(?i)^(\s*)([\w.-]+)(?=:? +alarms?\b)")
_CELL = re.compile(r"(?:(?<=\|)|(?<=\\t))\s*([A-Za-z][\w-]*)\s*(?=\||\\t|$)")
_IN_BRACKETS = re.compile(r"\(([A-Za-z][\w-]*)(?=(?::\d{1,5})?\))")
_WORDS = re.compile(r"([\w.-]+)")
_GAP = re.compile(r"[ :\"'(]+")
_CUES = word_set(
    """
    node host peer server system zone user expressway with on at for from by to entries
    """
)
"""Words that a name may follow."""
_ORDINARY = word_set(
    """
    a an the one some all both each every any no it its this that which who and or not more than of is
    are was node nodes host hosts peer peers system server client zone zones user users port address
    addresses name names expressway edge core cluster alarm alarms active current raised lowered
    acknowledged unacknowledged status event xstatus xconfiguration warning error errors notice critical
    alert emergency info information debug tls mtls tcp udp sip xmpp http https dns ntp acme ca
    certificate certificates chain connection connections session request response service services
    inbound outbound traversal neighbor configuration configured replication synchronization
    communication restart reboot required failed failure expired permissive enforce enforcing on off
    since after before when startup login log page list our your their my we i you
    """
)
"""Words after which, or instead of which, no name is suspected."""
_NUMBERS = re.compile(r"[xXvV]?[\d.-]+")
_MIXED = re.compile(r"(?i)(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{3,}")
_NOT_MIXED = re.compile(
    r"(?i)(?:sslv|tlsv|x509v|ipv|sha|aes|md|utf-?|base|h|x|v|p|rc|ed|t|z|g|num|zone|zone-|0x)\d[\da-f_-]*"
    r"|[0-9a-f-]{8,}|\d{4}-\d\d-\d\dt\d*|\d+(?:ms|kb|mb|gb|s|m|h|d|k|st|nd|rd|th|z)"
)


def without_secrets(line: str, limit: int = TEXT_LIMIT) -> tuple[str, int]:
    """`line` without passwords, keys and tokens, made visible and cut to `limit`; and how many."""
    line, ciphers = _CIPHER.subn("[secret]", line)
    line, named = _SECRET.subn(r"\1[secret]", line)
    line, blobs = _BLOB.subn("[secret]", line)
    return visible(line, limit), ciphers + named + blobs


def redact(text: str, keep: Iterable[str] = ()) -> str:
    """`text` with addresses, host names, user names and URIs replaced by `<address>` and `<name>`.

    `keep` are texts that say what was recognised and stay as they are (compared without case).
    """
    kept = [part.lower() for part in keep if part]

    def name(match: re.Match[str]) -> str:
        found = match.group()
        return found if any(part in found.lower() or found.lower() in part for part in kept) else "<name>"

    def value(match: re.Match[str]) -> str:
        inner = match.group(2).strip("\"'")
        plain = not inner or inner.isdigit() or inner in ("<name>", "<address>", "[secret]")
        return match.group() if plain or ordinary(inner) else f"{match.group(1)}<name>"

    def ordinary(word: str) -> bool:
        word = word.lower().strip(".")
        return word in _ORDINARY or word in _PROCESSES or any(word in part for part in kept)

    def host(match: re.Match[str]) -> str:
        if match.group(2).lower() in _PROCESSES:
            return match.group()
        return f"{match.group(1)}<name>"

    def fqdn(match: re.Match[str]) -> str:
        return match.group() if _NOT_HOSTS.search(match.group()) else name(match)

    text = _AFTER_TIME.sub(host, text)
    text = _URI.sub(name, text)
    text = _MAIL.sub("<name>", text)
    text = _MAC.sub("<address>", text)
    text = _ADDRESS.sub("<address>", text)
    text = _ADDRESS6.sub("<address>", text)
    text = _NAMED.sub(value, text)
    text = _OTHER_FIELD.sub(value, text)
    text = _PHONE.sub("<name>", text)
    text = _FQDN.sub(fqdn, text)
    text = _BEFORE_ALARM.sub(lambda m: m.group() if ordinary(m.group(2)) else f"{m.group(1)}<name>", text)
    text = _CELL.sub(lambda m: m.group() if ordinary(m.group(1)) else " <name> ", text)
    text = _IN_BRACKETS.sub(lambda m: m.group() if ordinary(m.group(1)) else "(<name>", text)
    return _without_bare_names(text, ordinary)


def _without_bare_names(text: str, ordinary: Callable[[str], bool]) -> str:
    """`text` without words that look like a host, or that stand where one is named (`node X`, `on X`)."""
    pieces = _WORDS.split(text)
    for at in range(1, len(pieces), 2):
        word, before = pieces[at], pieces[at - 2].lower() if at > 2 else ""
        if (
            pieces[at - 1].endswith("<")
            or pieces[at + 1].startswith("=")
            or ordinary(word)
            or _NOT_HOSTS.search(word)
        ):
            continue
        named = before in _CUES and _GAP.fullmatch(pieces[at - 1]) is not None
        mixed = _MIXED.fullmatch(word) is not None and _NOT_MIXED.fullmatch(word) is None
        if mixed or (named and _NUMBERS.fullmatch(word) is None):
            pieces[at] = "<name>"
    return "".join(pieces)
