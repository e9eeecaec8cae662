"""Fetching: public addresses only, at every hop and however written; few redirects, bounded sizes and times."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import ReadingError
from summarizer.reading.addresses import objection
from summarizer.reading.fetching import Fetched, Fetcher, FetchLimits
from tests.reading.site import PUBLIC, Names, Network, Site, page, redirect

LIMITS = FetchLimits(timeout=2, deadline=5, robots=False)
OPEN = replace(LIMITS, private=True)


def fetched(site: Site, path: str = "/", limits: FetchLimits = OPEN) -> Fetched:
    return Fetcher(limits).fetch(site.url(path))


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.0.3", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "private"),
        ("169.254.169.254", "link-local"),
        ("198.18.0.1", "private"),
        ("192.0.2.1", "documentation"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("fe80::1", "link-local"),
        ("fd00::1", "private"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:10.0.0.1", "private"),
        ("::ffff:8.8.8.8", "IPv4 address written as IPv6"),
        ("::127.0.0.1", "loopback"),
        ("64:ff9b::7f00:1", "loopback"),
        ("64:ff9b::a00:1", "private"),
        ("2002:7f00:1::", "6to4"),
        ("2001::1", "reserved"),
        ("2001:db8::1", "documentation"),
        ("64:ff9b:1::1", "reserved"),
        ("4000::1", "reserved"),
    ],
)
def test_addresses_that_are_not_public_are_objected_to(address: str, why: str) -> None:
    assert why in (objection(ipaddress.ip_address(address)) or "public")


@pytest.mark.parametrize(
    "address", ["8.8.8.8", PUBLIC, "172.32.0.1", "100.128.0.1", "2606:2800:21f:cb07::1", "64:ff9b::808:808"]
)
def test_public_addresses_are_not_objected_to(address: str) -> None:
    assert objection(ipaddress.ip_address(address)) is None


@given(st.ip_addresses())
def test_what_python_calls_private_is_always_objected_to(address: Any) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert objection(address) or address in ipaddress.ip_network("64:ff9b::/96")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "0",
        "0.0.0.0",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "127.0.0.1%2f",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "[fe80::1%25lo]",
        "169.254.169.254",
        "10.0.0.1",
        "[64:ff9b::7f00:1]",
    ],
)
def test_no_spelling_of_a_private_address_reaches_the_server(host: str) -> None:
    with Site({"/": page("<p>secret</p>")}) as site:
        with pytest.raises(ReadingError) as caught:
            Fetcher(LIMITS).fetch(f"http://{host}:{site.port}/")
    assert site.requests == []
    assert "\n" not in str(caught.value)


def test_the_flag_permits_private_addresses() -> None:
    with Site({"/": page("hello")}) as site:
        assert fetched(site).data == b"hello"


@pytest.mark.parametrize(
    "answers",
    [["127.0.0.1"], ["::1"], [PUBLIC, "127.0.0.1"], ["10.0.0.7", PUBLIC], ["::ffff:127.0.0.1"], ["fe80::1%eth0"]],
)
def test_a_name_with_any_private_address_is_refused(answers: list[str]) -> None:
    with Site({"/": page("secret")}) as site:
        network = Network(site)
        with pytest.raises(ReadingError, match=r"news\.example is .* --allow-private-addresses"):
            Fetcher(LIMITS, resolve=Names({"news.example": [answers]}), backend=network).fetch("http://news.example/")
    assert network.connected == []


def test_a_rebinding_name_is_resolved_once_and_the_judged_address_is_connected_to() -> None:
    with Site({"/": page("public page")}) as site:
        names, network = Names({"rebind.example": [[PUBLIC], ["127.0.0.1"]]}), Network(site)
        got = Fetcher(LIMITS, resolve=names, backend=network).fetch("http://rebind.example/")
    assert got.data == b"public page"
    assert names.asked == ["rebind.example"]
    assert network.connected == [PUBLIC], "not the name, which would be resolved again"
    assert site.requests[0][1]["host"] == "rebind.example"


def test_a_name_that_turns_private_between_two_hops_is_refused_at_the_second() -> None:
    with Site({"/": redirect("/inside"), "/inside": page("secret")}) as site:
        names, network = Names({"rebind.example": [[PUBLIC], ["127.0.0.1"]]}), Network(site)
        with pytest.raises(ReadingError, match="loopback"):
            Fetcher(LIMITS, resolve=names, backend=network).fetch("http://rebind.example/")
    assert site.paths == ["/"]


def test_rebinding_in_the_machines_own_name_service_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same through the real resolver and the real connection: whatever is asked twice would answer loopback."""
    real, asked = socket.getaddrinfo, []

    def rebinding(host: Any, port: Any, *arguments: Any, **named: Any) -> Any:
        if host != "rebind.example":
            return real(host, port, *arguments, **named)
        asked.append(host)
        return real("192.168.77.77" if len(asked) == 1 else "127.0.0.1", port, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with Site({"/": page("secret")}) as site:
        with pytest.raises(ReadingError, match="private"):
            Fetcher(LIMITS).fetch(site.url(host="rebind.example"))
    assert (site.requests, asked) == ([], ["rebind.example"])


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://127.0.0.1:{port}/inside", "loopback"),
        ("http://2130706433:{port}/inside", "loopback"),
        ("http://[::1]:{port}/inside", "loopback"),
        ("http://[::ffff:127.0.0.1]:{port}/inside", "loopback"),
        ("//127.0.0.1:{port}/inside", "loopback"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://news.example/", "only http and https"),
        ("gopher://127.0.0.1:{port}/_x", "only http and https"),
        ("http://user:pass@news.example/", "user name or password"),
        ("http://news.example:99999/", "no port"),
        ("http://[::1/", "no "),
    ],
)
def test_redirects_are_judged_like_first_addresses(location: str, words: str) -> None:
    with Site({"/inside": page("secret")}) as site:
        site.pages["/"] = redirect(location.format(port=site.port))
        names, network = Names({"news.example": [[PUBLIC]]}), Network(site)
        with pytest.raises(ReadingError, match=words):
            Fetcher(LIMITS, resolve=names, backend=network).fetch("http://news.example/")
    assert site.paths == ["/"]


def test_few_redirects_are_followed_and_the_last_address_is_told() -> None:
    pages = {f"/{number}": redirect(f"/{number + 1}", 301 + number % 2) for number in range(5)}
    with Site({**pages, "/5": page("there")}) as site:
        got = fetched(site, "/0")
        assert (got.data, got.url) == (b"there", site.url("/5"))
        site.pages["/5"] = redirect("/0")
        with pytest.raises(ReadingError, match="more than 5 redirects"):
            fetched(site, "/0")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://news.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("http://user:secret@news.example/", "user name"),
        ("http:///x", "names no host"),
        ("http://no-such-host.invalid/", "not known to the name service"),
        ("http://a\nb/", "no valid address"),
    ],
)
def test_addresses_that_are_never_asked(url: str, words: str) -> None:
    with pytest.raises(ReadingError, match=words) as caught:
        Fetcher(LIMITS).fetch(url)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "words"), [(404, "404 .Not Found"), (403, "403"), (500, "500"), (429, "429"), (204, "204"), (302, "302")]
)
def test_an_answer_that_is_no_page_says_its_status(status: int, words: str) -> None:
    with Site({"/": page("x", status=status)}) as site, pytest.raises(ReadingError, match=words):
        fetched(site)


def test_what_is_too_large_is_refused_before_and_while_it_comes() -> None:
    def endless(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not handler.site.stopping.is_set():
            handler.wfile.write(b"x" * 50_000)

    small = replace(OPEN, max_bytes=100_000)
    with Site({"/": page("x" * 100_001), "/endless": endless, "/fits": page("x" * 100_000)}) as site:
        for path in ("/", "/endless"):
            with pytest.raises(ReadingError, match="larger than 100,000 bytes"):
                fetched(site, path, small)
        assert len(fetched(site, "/fits", small).data) == 100_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_compressed_pages_are_unpacked_and_bombs_are_not(encoding: str) -> None:
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    pages = {"/": page(pack(b"hello " * 100), Content_Encoding=encoding)}
    pages["/bomb"] = page(pack(bytes(200_000_000), 9), Content_Encoding=encoding)
    pages["/broken"] = page(pack(b"hello " * 100)[:9] + b"junk" * 9, Content_Encoding=encoding)
    pages["/strange"] = page(b"??", Content_Encoding="br")
    with Site(pages) as site:
        assert fetched(site).data == b"hello " * 100
        for path, words in (("/bomb", "larger than"), ("/broken", "damaged|cut off"), ("/strange", "'br'")):
            with pytest.raises(ReadingError, match=words):
                fetched(site, path, replace(OPEN, max_bytes=1_000_000))


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_server_that_sends_a_byte_now_and_then_is_left_at_the_deadline(where: str) -> None:
    def trickle(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: " + (b"" if where == "headers" else b"x\r\n\r\n"))
        while not handler.site.stopping.wait(0.05):
            handler.wfile.write(b"x")

    started = time.monotonic()
    with Site({"/": trickle}) as site, pytest.raises(ReadingError, match="did not answer in time"):
        fetched(site, limits=replace(OPEN, timeout=10, deadline=0.5))
    assert time.monotonic() - started < 10, "the deadline, not the time-out of a step"


def test_a_name_service_that_hangs_is_left_at_the_deadline() -> None:
    def hangs(host: str, port: int) -> list[str]:
        time.sleep(3)
        return []

    with pytest.raises(ReadingError, match="did not answer in time"):
        Fetcher(replace(LIMITS, timeout=0.2), resolve=hangs).fetch("http://slow.example/")


def test_connections_that_break_are_one_line() -> None:
    def half(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")

    def junk(handler: Any) -> None:
        handler.wfile.write(b"SSH-2.0-OpenSSH_9\r\n\r\n")

    with Site({"/": half, "/junk": junk}) as site:
        for path in ("/", "/junk"):
            with pytest.raises(ReadingError, match="could not be fetched") as caught:
                fetched(site, path)
            assert "\n" not in str(caught.value)
        with pytest.raises(ReadingError, match="could not be fetched"):
            Fetcher(OPEN).fetch(f"https://127.0.0.1:{site.port}/")


def test_robots_txt_is_obeyed_asked_once_and_can_be_ignored() -> None:
    rules = "User-agent: *\nDisallow: /private\nAllow: /private/press\n\nUser-agent: conflict-summarizer\nDisallow: /no*.html$"
    pages = {"/robots.txt": page(rules, "text/plain"), "/a": page("a"), "/private": page("p"), "/now.html": page("n")}
    with Site(pages) as site:
        fetcher = Fetcher(replace(OPEN, robots=True, user_agent="conflict-summarizer/1.0 (mail@example.org)"))
        assert fetcher.fetch(site.url("/a")).data == b"a"
        assert fetcher.fetch(site.url("/private")).data == b"p", "the rules for this program go before those for all"
        with pytest.raises(ReadingError, match=r"robots.txt of 127.0.0.1 does not allow it .--ignore-robots"):
            fetcher.fetch(site.url("/now.html"))
        assert site.paths.count("/robots.txt") == 1
        other = Fetcher(replace(OPEN, robots=True, user_agent="else"))
        with pytest.raises(ReadingError, match="does not allow"):
            other.fetch(site.url("/private"))
        assert Fetcher(OPEN).fetch(site.url("/now.html")).data == b"n"


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_robots_txt_that_is_missing_allows_and_one_that_fails_forbids(status: int, allowed: bool) -> None:
    with Site({"/robots.txt": page("", status=status), "/": page("a")}) as site:
        fetcher = Fetcher(replace(OPEN, robots=True))
        if allowed:
            assert fetcher.fetch(site.url()).data == b"a"
        else:
            with pytest.raises(ReadingError, match="robots"):
                fetcher.fetch(site.url())


def test_robots_of_a_redirects_target_count_too_and_an_endless_one_is_cut() -> None:
    rules = "User-agent: *\nDisallow: /b\n" + "# filler\n" * 100_000
    with Site({"/robots.txt": page(rules, "text/plain"), "/a": redirect("/b"), "/b": page("b")}) as site:
        with pytest.raises(ReadingError, match="robots"):
            Fetcher(replace(OPEN, robots=True)).fetch(site.url("/a"))
    assert "/b" not in site.paths


def test_the_program_says_who_it_is_and_sends_nothing_else_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    with Site({"/a?b=c": page("a")}) as site:
        Fetcher(replace(OPEN, user_agent="conflict-summarizer/0.1")).fetch(site.url("/a?b=c#part"))
    (path, headers) = site.requests[0]
    assert path == "/a?b=c"
    assert headers["user-agent"] == "conflict-summarizer/0.1"
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
