"""Secrets are counted, never held: what has the shape of one is struck out before a text is kept."""

import re

STRUCK = "***"
"""What stands where a secret stood."""

_KEY_BLOCK = re.compile(
    r"(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----)(?!\*\*\*).*?(-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|\Z)",
    re.DOTALL,
)
_CIPHER = re.compile(r"(\{cipher\})(?!\*\*\*)[^\s\"',;\]]+", re.IGNORECASE)
_LONG_RUN = re.compile(r"[A-Za-z0-9+/=]{20,}")


def scrub(text: str) -> str:
    """`text` without the bodies of private keys and `{cipher}` values. Plain text comes back unchanged."""
    if not may_hold_secret(text):
        return text
    if "PRIVATE KEY" in text:
        text = _KEY_BLOCK.sub(rf"\1{STRUCK}\2", text)
    return _CIPHER.sub(rf"\1{STRUCK}", text)


def may_hold_secret(text: str) -> bool:
    """Whether `text` has a mark by which secrets are known."""
    return "PRIVATE KEY" in text or "ipher}" in text or "IPHER}" in text


def scrub_hard(text: str) -> str:
    """As `scrub`, for the words of an exception: runs that look like base64 or hex go too, marked or not."""
    return _LONG_RUN.sub(lambda match: STRUCK if _random(match.group()) else match.group(), scrub(text))


def _random(run: str) -> bool:
    """Whether a run is no word or path: it mixes digits with letters of both cases, or is long hex."""
    digits = any(c.isdigit() for c in run)
    mixed = any(c.isupper() for c in run) and any(c.islower() for c in run)
    return digits and (mixed or all(c in "0123456789abcdefABCDEF" for c in run))
