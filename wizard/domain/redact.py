"""What of a pasted line may be kept: no secret ever, and no address or name unless it was asked for.

Nothing here raises, and nothing is returned that was recognised as a secret.
"""

import re
from collections.abc import Iterable

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
    r"[-_]?(?:name|host|alias|address)?|name|aor|contact|username|identity|domain)\s*=\s*)"
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
        return match.group() if not inner or inner in ("<name>", "<address>") else f"{match.group(1)}<name>"

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
    return _FQDN.sub(fqdn, text)
