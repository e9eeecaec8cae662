"""One page over http or https, within limits, and from public addresses only.

Which addresses are connected to is for `connections` to judge, at every connection and so at every redirect. Proxies and
netrc of the environment are not used.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

import httpcore2
import httpx2

from summarizer.errors import ReadingError, SettingsError
from summarizer.reading.connections import GuardedBackend, Refused, Resolver, addresses_of
from summarizer.reading.options import ReadingOptions
from summarizer.reading.robots import Robots
from summarizer.tls import tls_context

PRODUCT = "conflict-summarizer"
_REDIRECTS = {301, 302, 303, 307, 308}
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.5"
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its bytes, the address after redirects, and the Content-Type as sent ("" if none)."""

    data: bytes
    url: str
    content_type: str


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How far a fetch may go. `timeout` is for one step (connect, read), `deadline` for all of one page, in seconds."""

    timeout: float = 15.0
    deadline: float = 60.0
    max_bytes: int = 50_000_000
    redirects: int = 5
    private: bool = False
    robots: bool = True
    user_agent: str = PRODUCT


class Fetcher:
    """Fetches pages one at a time; remembers each site's robots.txt."""

    def __init__(
        self,
        limits: FetchLimits,
        *,
        resolve: Resolver | None = None,
        backend: httpcore2.NetworkBackend | None = None,
    ) -> None:
        self._limits = limits
        self._resolve = resolve or addresses_of
        self._backend = backend or httpcore2.SyncBackend()
        self._robots = Robots(limits.user_agent)

    def fetch(self, url: str) -> Fetched:
        """The page at `url`. Raises ReadingError, which names the address and says why it was not read."""
        deadline = time.monotonic() + self._limits.deadline
        backend = GuardedBackend(self._backend, self._resolve, deadline, private=self._limits.private)
        try:
            with httpcore2.ConnectionPool(
                ssl_context=tls_context(), network_backend=backend, max_connections=4
            ) as pool:
                return self._followed(pool, url)
        except (Refused, SettingsError) as error:
            raise ReadingError(f"{shown(url)} was not fetched: {error}") from None
        except (httpcore2.TimeoutException, TimeoutError):
            raise ReadingError(
                f"{shown(url)} did not answer in time ({self._limits.timeout:g} s a step, {self._limits.deadline:g} s in all)"
            ) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
            raise ReadingError(f"{shown(url)} could not be fetched: {str(error) or type(error).__name__}") from None

    def _followed(self, pool: httpcore2.ConnectionPool, url: str) -> Fetched:
        address = checked_url(url)
        for _ in range(self._limits.redirects + 1):
            if self._limits.robots and not self._allowed(pool, address):
                raise Refused(
                    f"robots.txt of {address.host} does not allow it (--ignore-robots fetches it all the same)"
                )
            answer = self._get(pool, address, self._limits.max_bytes)
            if isinstance(answer, Fetched):
                return answer
            address = answer
        raise Refused(f"more than {self._limits.redirects} redirects")

    def _allowed(self, pool: httpcore2.ConnectionPool, address: httpx2.URL) -> bool:
        def robots_txt(url: httpx2.URL) -> bytes | int:
            for _ in range(self._limits.redirects + 1):
                try:
                    answer = self._get(pool, url, Robots.MAX_BYTES, cut=True)
                except _Status as status:
                    return status.code
                if isinstance(answer, Fetched):
                    return answer.data
                url = answer
            return HTTPStatus.NOT_FOUND

        return self._robots.allowed(address, robots_txt)

    def _get(
        self, pool: httpcore2.ConnectionPool, address: httpx2.URL, max_bytes: int, *, cut: bool = False
    ) -> Fetched | httpx2.URL:
        """The page, or where it has gone; one that is too large is refused, or cut off."""
        headers: dict[bytes | str, bytes | str] = {
            "Host": address.netloc.decode("ascii"),
            "User-Agent": self._limits.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        seconds = self._limits.timeout
        steps = {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}
        # without the fragment, which is the reader's business and not the server's
        with pool.stream(
            "GET", str(address.copy_with(fragment=None)), headers=headers, extensions={"timeout": steps}
        ) as response:
            sent = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status in _REDIRECTS and sent.get("location"):
                return checked_url(_joined(address, sent["location"]))
            if response.status != HTTPStatus.OK:
                raise _Status(response.status)
            declared = sent.get("content-length", "")
            if declared.isascii() and declared.isdigit() and int(declared) > max_bytes and not cut:
                raise Refused(_too_large(max_bytes))
            data = _collected(_decoded(response.iter_stream(), sent.get("content-encoding", "")), max_bytes, cut=cut)
        return Fetched(data, str(address), sent.get("content-type", ""))


class _Status(Refused):
    def __init__(self, code: int) -> None:
        self.code = code
        phrase = next((f" ({status.phrase})" for status in HTTPStatus if status == code), "")
        super().__init__(f"the server answered {code}{phrase}")


def limits_of(options: ReadingOptions) -> FetchLimits:
    """What the options say about fetching."""
    return FetchLimits(
        timeout=options.fetch_timeout,
        deadline=options.fetch_deadline,
        max_bytes=options.largest,
        redirects=options.max_redirects,
        private=options.allow_private_addresses,
        robots=options.robots,
        user_agent=options.user_agent or _own_name(),
    )


def _own_name() -> str:
    try:
        return f"{PRODUCT}/{version(PRODUCT)}"
    except PackageNotFoundError:
        return PRODUCT


def checked_url(url: str) -> httpx2.URL:
    """`url` parsed, if it is one that may be asked for at all: http or https, a host, no user name or password."""
    try:
        address = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise Refused(f"it is no valid address ({error})") from None
    if address.scheme not in ("http", "https"):
        raise Refused(f"only http and https are fetched, not {address.scheme or 'an address without a scheme'}")
    if not address.host:
        raise Refused("it names no host")
    if address.port is not None and not 0 < address.port < 65_536:
        raise Refused(f"there is no port {address.port}")
    if address.userinfo:
        raise Refused("addresses with a user name or password are not fetched")
    return address


def _joined(base: httpx2.URL, location: str) -> str:
    try:
        return str(base.join(location))
    except (httpx2.InvalidURL, ValueError):
        raise Refused("it redirects to what is no address") from None


def shown(url: str) -> str:
    """An address for a message: on one line, without credentials, cut where it is endless."""
    text = "".join(character for character in url if character.isprintable())
    scheme, mark, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    text = f"{scheme}{mark}{host.rsplit('@', 1)[-1]}{slash}{path}"
    return text if len(text) <= 200 else f"{text[:200]}..."


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The content as it was before compression, never more than one small piece at a time."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise Refused(f"the server sent it compressed as {encoding!r}, which was not asked for")
    decoder = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # gzip or zlib, by its header
    try:
        for chunk in chunks:
            rest = chunk
            while rest and not decoder.eof:
                yield decoder.decompress(rest, _CHUNK)
                rest = decoder.unconsumed_tail
    except zlib.error:
        raise Refused("its compressed content is damaged") from None
    if not decoder.eof:
        raise Refused("its compressed content is cut off")


def _collected(pieces: Iterable[bytes], max_bytes: int, *, cut: bool) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > max_bytes:
            if cut:
                break
            raise Refused(_too_large(max_bytes))
    return bytes(data)


def _too_large(max_bytes: int) -> str:
    return f"it is larger than {max_bytes:,} bytes (SUMMARIZER_MAX_FILE_BYTES sets the limit)"
