"""Names of hosts, compared as Expressway administrators write them: any case, short or in full."""

import ipaddress
import re
from collections.abc import Iterable

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{0,10}}\.?")


def is_address(text: str) -> bool:
    """Whether the text is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True


def is_host_name(text: str) -> bool:
    """Whether the text can be the name of a host, short or full, and is no address."""
    return len(text) <= 253 and _HOST.fullmatch(text) is not None and not is_address(text)


def same_host(one: str, other: str) -> bool:
    """Whether two names may mean one host: equal without case, or one is the other's first label."""
    one, other = _plain(one), _plain(other)
    if one == other:
        return bool(one)
    if is_address(one) or is_address(other) or ("." in one) == ("." in other):
        return False
    return one.partition(".")[0] == other.partition(".")[0] != ""


def matching(name: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """The candidates that `name` means: the equal one, else those that only a short name tells apart."""
    options = tuple(candidates)
    exact = tuple(option for option in options if _plain(option) == _plain(name))
    return exact[:1] or tuple(option for option in options if same_host(name, option))


def _plain(name: str) -> str:
    return name.strip().rstrip(".").casefold()
