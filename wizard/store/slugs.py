"""Names become file names: plain ASCII, no path in them, none that a system keeps for itself."""

import re
import unicodedata

LONGEST = 60
"""Characters of the longest slug."""

_NO_NAME = "deployment"
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def slug_of(name: str) -> str:
    """The slug of a name: of `Example MRA (Zürich)` it is `example-mra-zurich`, of "" `deployment`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")
    if not slug:
        return _NO_NAME
    return f"{_NO_NAME}-{slug}" if _RESERVED.fullmatch(slug) else slug


def is_slug(text: str) -> bool:
    """Whether `text` can name a file right in a folder, and not a hidden one."""
    return bool(text) and not text.startswith(".") and not any(c in text for c in "/\\\0:")
