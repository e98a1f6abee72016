"""`host:port`: the certificate that is shown is taken, nothing is verified, and every failure has a name."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.evidence.pki import AS_OF, ca, family, leaf
from wizard.evidence.audit import inspect
from wizard.evidence.blob import Say
from wizard.evidence.live import Address, address, fetch
from wizard.model.certificate import IssuerTable

NODE = family()[2]


@contextmanager
def server(
    folder: Path, *, mutual: bool = False, family: int = socket.AF_INET
) -> Iterator[tuple[int, list[bytes]]]:
    """A TLS server that shows NODE, and what its clients sent it."""
    path = folder / "server.pem"
    path.write_text(NODE.key_pem + NODE.pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
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
    (record,) = found.records
    assert (record.file, record.sha256) == (f"127.0.0.1:{port}", NODE.sha256)
    assert "live-unverified" in [note.code for note in record.notes]
    assert received == [b""]


def test_a_server_that_demands_a_client_certificate_shows_its_own_first(tmp_path: Path) -> None:
    with server(tmp_path, mutual=True) as (port, _):
        assert fetch(Address("127.0.0.1", port)).certificates[0] == NODE.der


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
