"""The certificate that a host shows on a TLS port: taken, not verified. The only network access there is.

Nothing is sent but the handshake: no client certificate, no data. Direct TLS only, no STARTTLS.
"""

import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field

from wizard.evidence import handshake

SECONDS = 10.0
"""How long one host may take, name look-up and all of its addresses included."""

_MOST_SENT = 256 * 1024
"""Bytes of a handshake that are looked at."""

_ADDRESS = re.compile(r"(?:\[([0-9A-Fa-f:.]+(?:%\w+)?)\]|([^\s/\\:\[\]]+)):(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Address:
    """A host name or IP address, and a port."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of it: certificates as DER, the host's own first, and the id of the words for why there are
    none, or no session ("no-host", "no-answer", "refused", "no-tls"), with the system's own reason."""

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
        self._end = time.monotonic() + seconds
        self._shown = Shown(trouble="no-answer")
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether the host was asked to the end, or took too long: name servers may hang for minutes."""
        return not self._thread.is_alive() or time.monotonic() >= self._end

    def shown(self) -> Shown:
        """What it showed; waits for that no longer than the time-out."""
        self._thread.join(max(0.0, self._end - time.monotonic()))
        return self._shown

    def _run(self) -> None:
        self._shown = fetch(self._target, self._end - time.monotonic())


def fetch(target: Address, seconds: float = SECONDS) -> Shown:
    """What the host shows. Never raises for what the network does."""
    end = time.monotonic() + seconds
    if not hasattr(ssl.SSLSocket, "get_unverified_chain"):
        # Before Python 3.13, only a handshake in the clear tells the whole chain.
        shown = _asked(target, end, ssl.TLSVersion.TLSv1_2)
        if shown.certificates or "alert" not in shown.reason:
            return shown  # A host that wants a later version says so by an alert.
    return _asked(target, end, ssl.TLSVersion.MAXIMUM_SUPPORTED)


def _asked(target: Address, end: float, highest: ssl.TLSVersion) -> Shown:
    """What the host shows in a session of this version at most."""
    sent = bytearray()
    try:
        with socket.create_connection((target.host, target.port), timeout=_left(end)) as plain:
            context = _context()
            context.maximum_version = highest
            return Shown(_shaken(plain, context, _server_name(target.host), end, sent))
    except (socket.gaierror, UnicodeError) as error:
        return Shown(trouble="no-host", reason=_reason(error))
    except TimeoutError:
        return Shown(handshake.certificates(bytes(sent)), trouble="no-answer")
    except ssl.SSLError as error:
        reason = (error.reason or "").replace("_", " ").lower()
        return Shown(handshake.certificates(bytes(sent)), trouble="no-tls", reason=reason)
    except (OSError, ValueError) as error:
        trouble = "no-tls" if sent else "refused"
        return Shown(handshake.certificates(bytes(sent)), trouble=trouble, reason=_reason(error))


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _shaken(
    plain: socket.socket, context: ssl.SSLContext, name: str | None, end: float, sent: bytearray
) -> tuple[bytes, ...]:
    """The certificates of a session; `sent` gathers what the host sends of its handshake."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(incoming, outgoing, server_hostname=name)
    while True:
        try:
            tls.do_handshake()
        except ssl.SSLWantReadError:
            _send(plain, outgoing.read(), end)
            plain.settimeout(_left(end))
            received = plain.recv(16 * 1024)
            if received:
                incoming.write(received)
                sent += received[: max(0, _MOST_SENT - len(sent))]
            else:
                incoming.write_eof()
            continue
        _send(plain, outgoing.read(), end)
        return _certificates(tls) if len(sent) >= _MOST_SENT else _chain(tls, bytes(sent))


def _send(plain: socket.socket, data: bytes, end: float) -> None:
    if data:
        plain.settimeout(_left(end))
        plain.sendall(data)


def _chain(tls: ssl.SSLObject, sent: bytes) -> tuple[bytes, ...]:
    """What the session tells, or where that is the first of a chain only, the chain as it was sent."""
    told, seen = _certificates(tls), handshake.certificates(sent)
    return seen if told and seen[:1] == told[:1] and len(seen) > len(told) else told


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


def _certificates(tls: ssl.SSLObject) -> tuple[bytes, ...]:
    """The whole chain where Python can tell it (3.13), else the host's own certificate."""
    chain = getattr(tls, "get_unverified_chain", None)
    if chain is not None:
        return tuple(bytes(certificate) for certificate in chain())
    own = tls.getpeercert(binary_form=True)
    return (own,) if own else ()


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
