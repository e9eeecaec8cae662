"""The table of faults: what a server may do to us, and what has to come out.

Each row is tried twice over real sockets: once, with a good answer behind it, and for ever. What comes out of each is
one of a few words (`Outcome`); `docs/reliability.md` shows this table, and a test keeps it there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from tests.hostile.faulty import body, bomb, choice, chunked, endless, full, good_body, head, pieces, wire
from tests.loopback import Step, completion, drop, half_an_answer, raw, slow, stall, status
from tests.samples import draft

IN_TIME = "did not answer in time"


class Outcome(StrEnum):
    """What a run ends in. Anything but SUMMARY is one line on stderr, and nothing is published."""

    SUMMARY = "the right summary"
    UNAVAILABLE = "endpoint unavailable"
    MISCONFIGURED = "endpoint says what to set"
    SETTINGS = "settings at fault"
    REFUSED = "model refused"
    BUDGET = "over the budget"
    MALFORMED = "answers unusable"


OK, LOST, WRONG = Outcome.SUMMARY, Outcome.UNAVAILABLE, Outcome.MISCONFIGURED


@dataclass(frozen=True)
class Fault:
    """One row. `step` makes the server's deed; `once` is the outcome where a good answer follows, `always` where none does.
    `words` stand in the one line."""

    name: str
    step: Callable[[], Step]
    once: Outcome
    always: Outcome
    words: str = ""

    @property
    def timeout(self) -> float:
        """Seconds that one try may take: short where it is the time-out that has to end it."""
        return 0.4 if self.words == IN_TIME else 10


def passing(name: str, step: Callable[[], Step], words: str = "") -> Fault:
    """A fault that may pass: tried again, then given up."""
    return Fault(name, step, OK, LOST, words)


def harmless(name: str, step: Callable[[], Step]) -> Fault:
    """A liberty that is read all the same."""
    return Fault(name, step, OK, OK)


def final(name: str, step: Callable[[], Step], outcome: Outcome, words: str = "") -> Fault:
    """A fault that trying again cannot mend: one call, one line."""
    return Fault(name, step, outcome, outcome, words)


def unusable(name: str, step: Callable[[], Step], words: str = "gave no usable answer") -> Fault:
    """An answer that does not fit: the model is told, then given up."""
    return Fault(name, step, OK, Outcome.MALFORMED, words)


_GOOD = json.dumps(good_body(), ensure_ascii=False).encode()
_DRAFT = json.dumps(draft(), ensure_ascii=False)
_TRANSIENT = {408, 409, 425, 429}
_CODES = [
    *range(400, 419),
    *range(421, 427),
    428,
    429,
    431,
    440,
    444,
    449,
    450,
    451,
    460,
    463,
    494,
    495,
    496,
    497,
    498,
    499,
]
_CODES += [*range(500, 512), 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 540, 561, 598, 599]


def _of_status(code: int) -> Fault:
    name, step = f"status {code}", lambda: status(code, "no such luck")
    if code in _TRANSIENT or code >= 500:
        return passing(name, step, str(code))
    return final(name, step, Outcome.BUDGET if code == 413 else WRONG, str(code) if code != 413 else "--context-tokens")


STATUSES = [_of_status(code) for code in _CODES]

REDIRECTS = [
    passing(
        "redirect to itself, for ever",
        lambda: wire(head(0, "Location: /v1/chat/completions", "Connection: close", status="307 Go")),
    ),
    passing("redirect to file:///etc/passwd", lambda: wire(head(0, "Location: file:///etc/passwd", status="307 Go"))),
    passing("redirect to no address", lambda: wire(head(0, "Location: http://[::1", status="307 Go"))),
    final("redirect without an address", lambda: wire(head(0, status="302 Go")), WRONG, "302"),
    final("status 304", lambda: wire(head(None, status="304 Not Modified")), WRONG, "304"),
    passing("status 204, no content", lambda: wire(head(None, status="204 No Content"))),
    passing("status 101, switching protocols", lambda: wire(head(None, status="101 Switching Protocols"))),
    passing("a thousand times 100 Continue", lambda: wire(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 1000)),
    passing("status 999", lambda: wire(head(0, status="999 What"))),
]

ERRORS = [
    final("400, the body half an object", lambda: raw(400, b'{"error": {"mess'), WRONG, "400"),
    final("400, the body a number", lambda: raw(400, b"5"), WRONG, "400"),
    final("400, the body a list", lambda: raw(400, b'[{"error": {"message": "in a list"}}]'), WRONG, "in a list"),
    final("400, error null", lambda: raw(400, b'{"error": null}'), WRONG, "400"),
    final(
        "400, error of other types", lambda: raw(400, b'{"error": {"message": ["a"], "code": {"b": 1}}}'), WRONG, "400"
    ),
    final("400, nested 200,000 deep", lambda: raw(400, b"[" * 200_000), WRONG, "400"),
    final("400, invalid UTF-8", lambda: raw(400, b"\xff\xfe\xfa no"), WRONG, "400"),
    final(
        "403, a proxy's page", lambda: raw(403, b"<html>\n<h1>No</h1>" + b"no " * 500, "text/html"), WRONG, "--model"
    ),
    final(
        "429, the account is used up",
        lambda: status(429, "You exceeded your quota", code="insufficient_quota"),
        WRONG,
        "used up",
    ),
    final(
        "context overflow, OpenAI's words",
        lambda: status(400, "too long", code="context_length_exceeded"),
        Outcome.BUDGET,
        "--context-tokens",
    ),
    passing("429, Retry-After: nan", lambda: status(429, headers={"Retry-After": "nan"})),
    passing("429, Retry-After: -1e9", lambda: status(429, headers={"Retry-After": "-1e9"})),
    final("429, Retry-After: inf", lambda: status(429, headers={"Retry-After": "inf"}), LOST, "past the deadline"),
    passing(
        "429, Retry-After: a date past all calendars",
        lambda: status(429, headers={"Retry-After": "Tue, 15 Nov 99999999999999999999 08:12:41 GMT"}),
    ),
    passing("503, Retry-After: soon", lambda: status(503, headers={"Retry-After": "soon"})),
]

WIRE = [
    harmless("slow bytes that end in time", lambda: wire(head(len(_GOOD)), *pieces(_GOOD, 20), pause=0.005)),
    passing("slow bytes, one by one, past the time-out", lambda: wire(*[bytes([byte]) for byte in head(len(_GOOD)) + _GOOD], pause=0.05), IN_TIME),
    passing("a stall before the first byte", lambda: stall(30), IN_TIME),
    passing("a stall in the middle of the head", lambda: wire(head(5)[:30], hold=True), IN_TIME),
    passing("a stall in the middle of the body", lambda: wire(head(len(_GOOD)), _GOOD[:200], hold=True), IN_TIME),
    passing("a slow start past the time-out", lambda: slow(30, completion(draft())), IN_TIME),
    passing("closed without an answer", drop),
    passing("reset before the head", lambda: wire(reset=True)),
    passing("reset in the middle of the body", lambda: wire(head(len(_GOOD)), _GOOD[:200], reset=True)),
    passing("content length too long", half_an_answer),
    passing("content length too short", lambda: wire(head(100), _GOOD)),
    passing("content length negative", lambda: wire(head(-5), _GOOD)),
    passing("content length no number", lambda: wire(head("many"), _GOOD)),
    passing("two content lengths", lambda: wire(head(len(_GOOD), "Content-Length: 7"), _GOOD)),
    harmless("no content length, closed at the end", lambda: wire(head(None), _GOOD)),
    harmless("chunked", lambda: wire(head(None, "Transfer-Encoding: chunked"), chunked(_GOOD), b"0\r\n\r\n")),
    passing("chunked, broken off", lambda: wire(head(None, "Transfer-Encoding: chunked"), chunked(_GOOD)[:-40])),
    passing("chunked, a length that is none", lambda: wire(head(None, "Transfer-Encoding: chunked"), b"zz\r\n{}\r\n")),
    passing("a head without end", lambda: endless(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n" * 100)),
    passing("no HTTP", lambda: wire(b"SSH-2.0-OpenSSH_9.9\r\n")),
    passing("a status line that is none", lambda: wire(b"HTTP/1.1 fine OK\r\n\r\n")),
    final("an answer without end", lambda: endless(head(None), b" " * 65_536), LOST, "more than 16 MB"),
    final("an error without end", lambda: endless(head(None, status="500 No"), b" " * 65_536), LOST, "more than 16 MB"),
    final("a packed answer of 64 MB in 64 kB", lambda: body(bomb(64), "Content-Encoding: gzip"), LOST, "more than 16 MB"),
    passing("said to be packed, and is not", lambda: body(_GOOD, "Content-Encoding: gzip")),
    harmless("packed in a way that nobody knows, and is not", lambda: body(_GOOD, "Content-Encoding: secret")),
]  # fmt: skip

BODIES = [
    passing("nothing", lambda: raw(200, b"")),
    passing("spaces", lambda: raw(200, b" " * 1000)),
    passing("a proxy's page", lambda: raw(200, b"<html>hello</html>", "text/html")),
    passing("half the JSON", lambda: body(_GOOD[:400]), "no JSON"),
    passing("JSON, then more", lambda: body(_GOOD + b"{}"), "no JSON"),
    passing("nested 200,000 deep", lambda: body(b"[" * 200_000), "no JSON"),
    passing("a number of 5,000 digits", lambda: body(b'{"choices": ' + b"1" * 5000 + b"}"), "no JSON"),
    passing("invalid UTF-8", lambda: body(b"\xff\xfe\xfa"), "no JSON"),
    passing("Latin-1 inside", lambda: body(_GOOD.replace("“".encode(), b"\xe9")), "no JSON"),
    harmless("UTF-16", lambda: body(good_body(), encoding="utf-16")),
    harmless("a byte order mark", lambda: body(b"\xef\xbb\xbf" + _GOOD)),
    passing("a stream of events that nobody asked for", lambda: body(b'data: {"choices": []}\n\ndata: [DONE]\n\n'), "no JSON"),
    *(passing(f"JSON: {value.decode()}", partial(body, value)) for value in (b"null", b"[1, 2]", b'"hello"', b"5", b"{}", b"NaN")),
    *(
        passing(f"choices {shown}", partial(body, f'{{"choices": {shown}}}'.encode()), "no choice")
        for shown in ("[]", "null", "{}", '"x"', "[null]", "[[]]")
    ),
    *(
        passing(f"message {shown}", partial(body, f'{{"choices": [{{"message": {shown}}}]}}'.encode()), "no message")
        for shown in ("null", '"x"', "[]")
    ),
    passing("a 200 with an error body", lambda: body({"error": {"message": "overloaded", "code": 502}}), "overloaded"),
    passing("a 200 with an error in a word", lambda: body({"error": "overloaded"}), "overloaded"),
    harmless("finish reason unknown", lambda: body(choice(finish_reason="eos_token"))),
    harmless("finish reason a list", lambda: body(choice(finish_reason=["stop"]))),
    harmless("finish reason null", lambda: body(choice(finish_reason=None))),
    harmless("usage in words", lambda: body(good_body(usage={"prompt_tokens": "many", "completion_tokens": None}))),
    harmless("usage of 400 digits", lambda: body(good_body(usage={"prompt_tokens": 10**400, "completion_tokens": 5}))),
    harmless("usage negative", lambda: body(good_body(usage={"prompt_tokens": -1, "completion_tokens": -5}))),
    harmless("usage a list", lambda: body(good_body(usage=[1, 2]))),
    harmless("model and id of other types", lambda: body(good_body(model=["a"], id={"b": 1}))),
    harmless("half a surrogate pair in the model's name", lambda: body(good_body(model="\ud800"))),
    harmless("escape sequences in the model's name", lambda: body(good_body(model="\x1b]0;hello\x07\x1b[31m\u202ered"))),
    harmless("content in parts", lambda: body(choice({"content": [{"text": _DRAFT}, {"text": None}, 5]}))),
]  # fmt: skip

ANSWERS = [
    unusable("content null", lambda: completion(None)),
    unusable("content empty", lambda: completion("")),
    unusable("content a number", lambda: body(choice({"content": 5}))),
    unusable("tool calls of other types", lambda: body(choice({"tool_calls": [None, 5, {"function": {"arguments": {"a": 1}}}]}))),
    unusable("the draft cut in the middle, called whole", lambda: completion(_DRAFT[:300])),
    unusable("the draft of another program", lambda: completion({"summary": "all is well"})),
    unusable("the draft with a value of another type", lambda: completion({**draft(), "parties": "many"})),
    unusable("the draft with a code that is none", lambda: completion(_DRAFT.replace("shelling_or_missile", "fireworks"))),
    unusable("the draft nested 100,000 deep", lambda: completion("[" * 100_000)),
    unusable("words instead of JSON", lambda: completion("I would rather write a poem.")),
    unusable("half a surrogate pair in the draft", lambda: completion(_DRAFT.replace("Marawi", "Mar\\ud800awi", 1))),
    final("a refusal", lambda: completion(None, refusal="I'd rather\nnot."), Outcome.REFUSED, "I'd rather not."),
    final("a content filter", lambda: completion("", finish="content_filter"), Outcome.REFUSED, "filter"),
    final("cut off by the server's own context", full, Outcome.BUDGET, "4,096 tokens"),
    Fault("cut off by our room", lambda: completion("{", finish="length"), OK, Outcome.BUDGET, "cut off"),
]  # fmt: skip

FAULTS = [*STATUSES, *REDIRECTS, *ERRORS, *WIRE, *BODIES, *ANSWERS]
"""Every row."""
