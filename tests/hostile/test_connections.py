"""Before any HTTP: TLS, names, ports, proxies, keys and addresses that are wrong. And the doctor, who meets them first."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import trustme

from summarizer import cli
from tests.hostile.faults import Outcome
from tests.hostile.faulty import RawServer, TlsLoopback, body, endless, good, head, silent, wire
from tests.hostile.running import KEY, TRIES, CommandLine
from tests.loopback import Loopback, Step, raw, status

_DAY = datetime.timedelta(days=1)


class Tls:
    """An authority of our own, and servers with certificates of it."""

    def __init__(self, folder: Path) -> None:
        self.authority = trustme.CA()
        self.file = folder / "authority.pem"
        self.authority.cert_pem.write_to_path(self.file)

    def server(self, *names: str, expires: datetime.timedelta = _DAY) -> TlsLoopback:
        now = datetime.datetime.now(datetime.UTC)
        certificate = self.authority.issue_cert(*names, not_before=now - 30 * _DAY, not_after=now + expires)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return TlsLoopback(context, good(), repeat_last=True)


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return Tls(tmp_path_factory.mktemp("tls"))


def test_tls_with_an_authority_that_is_trusted(tls: Tls, command_line: CommandLine) -> None:
    with tls.server("127.0.0.1") as server:
        command_line.run(server.url, Outcome.SUMMARY, SSL_CERT_FILE=str(tls.file))


@pytest.mark.parametrize(
    ("name", "expires", "trusted", "words"),
    [
        ("127.0.0.1", _DAY, False, "SSL_CERT_FILE"),
        ("127.0.0.1", -_DAY, True, "has expired"),
        ("news.example", _DAY, True, "not valid for '127.0.0.1'"),
    ],
    ids=["unknown authority", "expired", "another host's certificate"],
)
def test_a_certificate_that_is_not_trusted_ends_the_run_at_once(
    tls: Tls, command_line: CommandLine, name: str, expires: datetime.timedelta, trusted: bool, words: str
) -> None:
    trust = str(tls.file) if trusted else ""
    with tls.server(name, expires=expires) as server:
        said = command_line.run(server.url, Outcome.UNAVAILABLE, words, SSL_CERT_FILE=trust)
        assert server.received == []
    assert "gave up after" not in said


@pytest.mark.parametrize(("content", "words"), [(None, "no such file"), ("no certificate", "no certificates in it")])
def test_certificates_that_are_not_there_are_a_settings_error(
    content: str | None, words: str, command_line: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "authorities.pem"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with Loopback(good()) as server:
        said = command_line.run(server.url, Outcome.SETTINGS, SSL_CERT_FILE=str(file))
    assert "SSL_CERT_FILE" in said
    assert words in said


def test_tls_asked_of_a_server_without_it(command_line: CommandLine) -> None:
    with Loopback() as server:
        command_line.run(server.url.replace("http", "https"), Outcome.UNAVAILABLE, "begin with http://")


def test_a_server_with_tls_asked_without_it(tls: Tls, command_line: CommandLine) -> None:
    with tls.server("127.0.0.1") as server:
        command_line.run(server.url.replace("https", "http"), Outcome.UNAVAILABLE)


@pytest.mark.parametrize(
    ("server", "timeout"),
    [
        (lambda: RawServer(hold=True, scheme="https"), 0.4),
        (lambda: RawServer(scheme="https"), 10),
        (lambda: RawServer(b"\x16\x03\x01\x02\x00 no handshake", scheme="https"), 10),
        (lambda: RawServer(hold=True), 0.4),
        (RawServer, 10),
        (lambda: RawServer(b"220 smtp.example ESMTP\r\n"), 10),
        (lambda: RawServer(b"\x00" * 100_000), 10),
    ],
    ids=["handshake stalls", "handshake dropped", "half a handshake", "says nothing", "hangs up", "speaks SMTP", "sends zeros"],
)  # fmt: skip
def test_a_server_that_speaks_no_http(
    server: Callable[[], AbstractContextManager[Loopback]], timeout: float, command_line: CommandLine
) -> None:
    with server() as opened:
        said = command_line.run(opened.url, Outcome.UNAVAILABLE, timeout=timeout)
        assert len(opened.received) <= TRIES
    assert f"{TRIES} tries" in said


def test_a_server_that_never_accepts(command_line: CommandLine) -> None:
    with silent() as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        command_line.run(url, Outcome.UNAVAILABLE, "did not answer in time", timeout=0.3)


def test_nobody_listens(command_line: CommandLine) -> None:
    command_line.run("http://127.0.0.1:9/v1", Outcome.UNAVAILABLE, "could not be reached")


def test_a_host_name_that_nobody_knows_ends_the_run_at_once(command_line: CommandLine) -> None:
    said = command_line.run("http://no-such-host.invalid/v1", Outcome.UNAVAILABLE, timeout=30)
    assert "host name is not known" in said or "could not be reached" in said or "in time" in said


def test_a_proxy_that_is_not_there(command_line: CommandLine) -> None:
    with Loopback(good()) as server:
        url = server.url.replace("127.0.0.1", "127.0.0.2")
        command_line.run(url, Outcome.UNAVAILABLE, "could not be reached", HTTP_PROXY="http://127.0.0.1:9", NO_PROXY="")


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1/v1",
        "http://localhost:99999/v1",
        "http://localhost:0/v1",
        "http://localhost:port/v1",
        "http://a b/v1",
        "http://a\nb/v1",
        "http://a\x1b[31m/v1",
        "http:///v1",
        "ftp://localhost/v1",
        "localhost",
        "file:///etc/passwd",
        "http://user:pass@localhost/v1",
    ],
)
def test_an_address_that_is_none(url: str, command_line: CommandLine) -> None:
    command_line.run(url, Outcome.SETTINGS, "base URL")


@pytest.mark.parametrize(
    "url", ["http://a..b/v1", f"http://{'a' * 70}.example/v1", "http://é.invalid/v1", "http://%00/v1"]
)
def test_a_host_name_that_cannot_be(url: str, command_line: CommandLine) -> None:
    command_line.run(url, Outcome.UNAVAILABLE, timeout=30)


@pytest.mark.parametrize(
    "key", ["sk-sec ret-123", "sk-sec\nret-123", "sk-secret…123", "sk-secret\x7f123", "sk-sécret-123"]
)
def test_a_key_that_cannot_be_sent_is_said_and_never_shown(key: str, command_line: CommandLine) -> None:
    with Loopback(good()) as server:
        said = command_line.run(server.url, Outcome.SETTINGS, "SUMMARIZER_API_KEY", SUMMARIZER_API_KEY=key)
        assert server.received == []
    assert "sk-" not in said


def test_a_line_break_at_the_end_of_a_key_is_taken_off(command_line: CommandLine) -> None:
    with Loopback(good()) as server:
        command_line.run(server.url, Outcome.SUMMARY, SUMMARIZER_API_KEY=f"{KEY}\r\n")
        assert server.received[0].headers["authorization"] == f"Bearer {KEY}"


def test_the_key_stays_with_its_host_when_another_is_named(command_line: CommandLine) -> None:
    with Loopback(good()) as other:
        away = wire(head(0, f"Location: {other.url}/chat/completions", status="307 Go"))
        with Loopback(away) as server:
            command_line.run(server.url, Outcome.SUMMARY)
        assert "authorization" not in other.received[0].headers


class Listing(Loopback):
    """A server whose list of models is a step of the script."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        handler = self._server.RequestHandlerClass
        setattr(handler, "do_GET", lambda one: step(one, {}))  # noqa: B010


@pytest.mark.parametrize(
    ("step", "code", "words"),
    [
        (status(500), 0, "yes, with 500"),
        (status(401, f"wrong key {KEY}"), 2, "does not accept the key"),
        (raw(200, b"[" * 200_000), 0, "yes"),
        (raw(200, b"\xff\xfe"), 0, "yes"),
        (raw(200, b'{"data": 5}'), 0, "yes"),
        (raw(200, b'{"data": [5, null]}'), 0, "yes"),
        (body({"data": [{"id": "\x1b[31m red"}, {"id": KEY}, {"id": "\ud800"}]}), 2, "lists no model"),
        (endless(head(None), b" " * 65_536), 1, "more than 16 MB"),
        (wire(head(1000), hold=True), 1, "TimeoutError"),
        (wire(*[b"H"] * 1000, pause=0.01), 1, "no: "),
        (wire(head(0, "Location: /v1/models", status="307 Go")), 0, "yes, with 307"),
        (wire(b"SSH-2.0-OpenSSH_9.9\r\n"), 1, "no: "),
    ],
    ids=["500", "401", "nested", "no UTF-8", "a number", "odd entries", "escapes and the key", "endless", "stalls", "slow", "redirect", "no HTTP"],
)  # fmt: skip
def test_the_doctor_meets_a_broken_endpoint(
    step: Step, code: int, words: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("summarizer.doctor.examine.__kwdefaults__", {"seconds": 1.0})
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    with Listing(step) as server:
        assert cli.main(["doctor", "--model", "vllm/m", "--base-url", server.url]) == code
    shown = capfd.readouterr()
    assert words in shown.out
    assert KEY not in shown.out + shown.err
    assert "\x1b" not in shown.out
    assert shown.err == ""
