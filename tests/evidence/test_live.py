"""`host:port`: the certificate that is shown is taken, nothing is verified, and every failure has a name."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.pki import AS_OF, ca, family, leaf
from wizard.evidence import handshake
from wizard.evidence.audit import inspect
from wizard.evidence.blob import Say
from wizard.evidence.live import Address, Fetching, address, fetch
from wizard.model.certificate import IssuerTable

_, MIDDLE, NODE = family()


def test_a_host_that_speaks_the_latest_version_only_is_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "server.pem"
    path.write_text(NODE.key_pem + NODE.pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for _ in range(2):
                with suppress(OSError):
                    plain, _ = listener.accept()
                    with context.wrap_socket(plain, server_side=True) as tls:
                        tls.recv(1)
                        return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        assert fetch(Address("127.0.0.1", listener.getsockname()[1])).certificates == (NODE.der,)
        thread.join(5)


@contextmanager
def server(
    folder: Path,
    *,
    mutual: bool = False,
    family: int = socket.AF_INET,
    highest: ssl.TLSVersion = ssl.TLSVersion.MAXIMUM_SUPPORTED,
) -> Iterator[tuple[int, list[bytes]]]:
    """A TLS server that shows NODE and its issuer, and what its clients sent it."""
    path = folder / "server.pem"
    path.write_text(NODE.key_pem + NODE.pem + MIDDLE.pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    context.maximum_version = highest
    if mutual:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=ca().pem)
    received: list[bytes] = []
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
        listener.listen()

        def serve() -> None:
            try:
                plain, _ = listener.accept()
                with context.wrap_socket(plain, server_side=True) as tls:
                    received.append(tls.recv(100))
            except OSError:
                received.append(b"")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1], received
        thread.join(5)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("expe1.example.com:443", Address("expe1.example.com", 443)),
        ("192.0.2.1:5061", Address("192.0.2.1", 5061)),
        ("[2001:db8::1]:443", Address("2001:db8::1", 443)),
        ("[fe80::1%eth0]:443", Address("fe80::1%eth0", 443)),
        ("expe1.example.com", None),
        ("expe1.example.com:0", None),
        ("expe1.example.com:70000", None),
        ("2001:db8::1", None),
        ("/etc/ssl:443", None),
        ("C:\\certs", None),
        ("a b:443", None),
    ],
)
def test_an_address_is_told_from_a_path(text: str, found: Address | None) -> None:
    assert address(text) == found


def test_the_certificate_shown_is_taken_and_that_nothing_was_verified_is_said(
    tmp_path: Path, table: IssuerTable, say: Say
) -> None:
    with server(tmp_path) as (port, received):
        found = inspect([f"127.0.0.1:{port}"], table=table, as_of=AS_OF, say=say)
    assert {record.file for record in found.records} == {f"127.0.0.1:{port}"}
    assert [record.sha256 for record in found.records] == [NODE.sha256, MIDDLE.sha256]
    assert all("live-unverified" in [note.code for note in record.notes] for record in found.records)
    assert received == [b""]


@pytest.mark.parametrize("highest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.MAXIMUM_SUPPORTED])
def test_a_server_that_demands_a_client_certificate_shows_its_own_first(
    tmp_path: Path, highest: ssl.TLSVersion
) -> None:
    with server(tmp_path, mutual=True, highest=highest) as (port, _):
        assert fetch(Address("127.0.0.1", port)).certificates == (NODE.der, MIDDLE.der)


def test_a_name_server_that_hangs_takes_no_longer_than_the_time_out(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = threading.Event()

    def hang(*_: object, **__: object) -> None:
        hanging.wait(30)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", hang)
    fetching, began = Fetching(Address("expe1.example.com", 443), seconds=0.1), time.monotonic()
    while not fetching.done:
        time.sleep(0.01)
    assert fetching.shown().trouble == "no-answer"
    assert time.monotonic() - began < 5
    hanging.set()


@pytest.mark.parametrize("pause", [0.0, 0.05])
def test_a_host_that_sends_bytes_without_end_is_left_at_the_time_out(pause: float) -> None:
    with socket.create_server(("127.0.0.1", 0)) as endless:

        def drip() -> None:
            connection, _ = endless.accept()
            with connection, suppress(OSError):
                connection.sendall(b"\x16\x03\x03\x40\x00")
                while True:
                    connection.sendall(b"\x00")
                    time.sleep(pause)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        began = time.monotonic()
        shown = fetch(Address("127.0.0.1", endless.getsockname()[1]), seconds=0.5)
        assert time.monotonic() - began < 5
    assert shown.certificates == () and shown.trouble in ("no-answer", "no-tls")


@given(st.binary(max_size=400))
def test_no_bytes_of_a_handshake_are_more_than_not_understood(sent: bytes) -> None:
    for bytes_ in (sent, b"\x16\x03\x03\x01\x00" + sent, b"\x16\x03\x03\x00\xff\x0b\x00\x00\x80" + sent):
        assert sum(map(len, handshake.certificates(bytes_))) <= len(bytes_)


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_ipv6_address_is_asked(tmp_path: Path) -> None:
    try:
        with server(tmp_path, family=socket.AF_INET6) as (port, _):
            assert fetch(Address("::1", port)).certificates[0] == NODE.der
    except OSError as error:
        pytest.skip(f"no IPv6 loopback here: {error}")


def test_every_failure_has_its_words(table: IssuerTable, say: Say) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        assert fetch(Address("127.0.0.1", port)).trouble == "refused"
    assert fetch(Address("no-such-host.invalid", 443)).trouble == "no-host"
    assert fetch(Address("a" * 300 + ".invalid", 443)).trouble == "no-host"
    (problem,) = inspect(["no-such-host.invalid:443"], table=table, as_of=AS_OF, say=say).problems
    assert (problem.file, problem.code) == ("no-such-host.invalid:443", "unreachable")
    assert problem.message == say("problem.no-host", {"reason": ""})


def test_a_host_that_says_nothing_and_one_that_speaks_no_tls_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert fetch(Address("127.0.0.1", silent.getsockname()[1]), seconds=0.2).trouble == "no-answer"
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def greet() -> None:
            connection, _ = plain.accept()
            with connection:
                connection.sendall(b"220 \x1b[31mmail.example.com ESMTP\r\n" * 10)
                connection.recv(1000)

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        shown = fetch(Address("127.0.0.1", plain.getsockname()[1]))
        thread.join(5)
    assert (shown.trouble, shown.certificates) == ("no-tls", ())


def test_a_file_of_that_name_is_read_before_a_host_is_asked(
    tmp_path: Path, table: IssuerTable, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("localhost:443").write_text(leaf().pem)
    monkeypatch.setattr(socket, "create_connection", _no_network)
    assert len(inspect(["localhost:443"], table=table, as_of=AS_OF, say=say).records) == 1


def _no_network(*_: object, **__: object) -> None:
    raise AssertionError("the network was used")
