"""The certificate that a host shows on a TLS port: taken, not verified. The only network access there is.

Nothing is sent but the handshake: no client certificate, no data. Direct TLS only, no STARTTLS.
"""

import re
import socket
import ssl
import threading
from dataclasses import dataclass, field

SECONDS = 10.0
"""How long one host may take, name look-up included."""

_ADDRESS = re.compile(r"(?:\[([0-9A-Fa-f:.]+(?:%\w+)?)\]|([^\s/\\:\[\]]+)):(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Address:
    """A host name or IP address, and a port."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of it: certificates as DER, the host's own first, or the id of the words for why there are
    none ("no-host", "no-answer", "refused", "no-tls") with the system's own reason."""

    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    trouble: str = ""
    reason: str = ""


def address(text: str) -> Address | None:
    """The address that `text` is: `host:port`, `192.0.2.1:5061`, `[2001:db8::1]:443`; None if it is none."""
    match = _ADDRESS.fullmatch(text)
    if match is None or not 0 < int(match[3]) < 65_536:
        return None
    return Address(match[1] or match[2], int(match[3]))


class Fetching:
    """One host being asked, in a thread: see `done`, then `shown`."""

    def __init__(self, target: Address, seconds: float = SECONDS) -> None:
        self._target = target
        self._seconds = seconds
        self._shown = Shown(trouble="no-answer")
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether the host was asked to the end."""
        return not self._thread.is_alive()

    def shown(self) -> Shown:
        """What it showed; waits for that no longer than the time-out."""
        self._thread.join(self._seconds)
        return self._shown

    def _run(self) -> None:
        self._shown = fetch(self._target, self._seconds)


def fetch(target: Address, seconds: float = SECONDS) -> Shown:
    """What the host shows. Never raises for what the network does."""
    try:
        with (
            socket.create_connection((target.host, target.port), timeout=seconds) as plain,
            _context().wrap_socket(plain, server_hostname=_server_name(target.host)) as tls,
        ):
            return Shown(_certificates(tls))
    except (socket.gaierror, UnicodeError) as error:
        return Shown(trouble="no-host", reason=_reason(error))
    except TimeoutError:
        return Shown(trouble="no-answer")
    except ssl.SSLError as error:
        return Shown(trouble="no-tls", reason=(error.reason or "").replace("_", " ").lower())
    except (OSError, ValueError) as error:
        return Shown(trouble="refused", reason=_reason(error))


def _context() -> ssl.SSLContext:
    """One that takes whatever is shown: old protocol, weak key, expired, of another name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _server_name(host: str) -> str | None:
    """The name for SNI; none for an address, which may not be one."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host.partition("%")[0])
        except OSError:
            continue
        return None
    return host


def _certificates(tls: ssl.SSLSocket) -> tuple[bytes, ...]:
    """The whole chain where Python can tell it (3.13), else the host's own certificate."""
    chain = getattr(tls, "get_unverified_chain", None)
    if chain is not None:
        return tuple(bytes(certificate) for certificate in chain())
    own = tls.getpeercert(binary_form=True)
    return (own,) if own else ()


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
