"""A real web site on loopback: pages by path, and a name service and a network for tests that pretend it is elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import httpcore2

from summarizer.reading.connections import addresses_of

Answer = tuple[int, dict[str, str], bytes] | Callable[["_Handler"], None]

PUBLIC = "93.184.215.14"
"""An address that is judged public; tests never connect to it."""


def page(
    body: str | bytes, content_type: str = "text/html; charset=utf-8", status: int = 200, **headers: str
) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return status, {"Content-Type": content_type, **{k.replace("_", "-"): v for k, v in headers.items()}}, data


def redirect(location: str, status: int = 302) -> Answer:
    return status, {"Location": location}, b""


class Site:
    """Serves `pages`, by path; anything else is a 404. `requests` are (path, headers in lower case)."""

    def __init__(self, pages: dict[str, Answer]) -> None:
        self.pages = pages
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.site.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        answer = self.site.pages.get(self.path, (404, {}, b"no such page"))
        try:
            if callable(answer):
                answer(self)
                self.close_connection = True
                return
            status, headers, data = answer
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(data))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@dataclass
class Names:
    """A name service that says what a test tells it: for each name, its answers one after another; the last one stays."""

    answers: dict[str, list[list[str]]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        known = self.answers.get(host) or [addresses_of(host, port)]
        return known.pop(0) if len(known) > 1 else known[0]


class Network(httpcore2.NetworkBackend):
    """A network in which every public address is the site on loopback; it notes to which address each connection goes."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.connected: list[str] = []
        self._real = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        self.connected.append(host)
        return self._real.connect_tcp("127.0.0.1", self.site.port, timeout, local_address, socket_options)
