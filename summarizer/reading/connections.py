"""Connections to public addresses only, within a deadline: the one place where fetching is kept safe.

A name is resolved once, every address that it has is judged, and the connection goes to an address that was judged, so
that a name which changes its address in between (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable

import httpcore2

from summarizer.reading.addresses import objection, parsed

Resolver = Callable[[str, int], list[str]]
"""A host name and a port -> its addresses, as text."""


class Refused(Exception):
    """Why a page is not fetched; becomes the second half of a ReadingError."""


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to judged addresses only, and to nothing after the deadline."""

    def __init__(self, backend: httpcore2.NetworkBackend, resolve: Resolver, deadline: float, *, private: bool) -> None:
        self._backend = backend
        self._resolve = resolve
        self._deadline = deadline
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to `host`, if none of its addresses is objected to; else Refused."""
        found = _in_time(lambda: self._resolve(host, port), _left(self._deadline, timeout))
        if not found:
            raise Refused(f"{host} is not known to the name service")
        for one in found:
            if not self._private and (why := objection(parsed(one))):
                name = f"{host} is {one}" if host != one else host
                raise Refused(f"{name}, which is {why}; --allow-private-addresses permits it")
        for number, one in enumerate(found, start=1):
            try:
                stream = self._backend.connect_tcp(
                    one, port, _left(self._deadline, timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if number == len(found):
                    raise
            else:
                return _DeadlineStream(stream, self._deadline)
        raise AssertionError("one address at least was tried")


class _DeadlineStream(httpcore2.NetworkStream):
    """A connection whose every step ends at the deadline, so that a server cannot hold us by sending a byte now and then."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _DeadlineStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left if timeout is None else min(left, timeout)


def addresses_of(host: str, port: int) -> list[str]:
    """What the name service of this machine says, in its order; numbers in any spelling are addresses too."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def _in_time(resolve: Callable[[], list[str]], seconds: float) -> list[str]:
    """The resolver's answer; the name service has no time-out of its own that we could set."""
    answers: list[list[str]] = []
    thread = threading.Thread(target=lambda: answers.append(resolve()), daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TimeoutError
    return answers[0] if answers else []
