"""What an endpoint, or the way to it, complains of: in one line for a person, and whether asking again can help."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Any

import openai
from pydantic import ValidationError

from summarizer.errors import EndpointDown

_TLS = {
    "CERTIFICATE_VERIFY_FAILED": "if it is your own authority's, name that authority's certificate in SSL_CERT_FILE",
    "WRONG_VERSION_NUMBER": "it does not speak TLS: does the base URL begin with http:// ?",
    "HTTP_REQUEST": "it does not speak TLS: does the base URL begin with http:// ?",
}
NO_CREDIT = ("insufficient_quota", "billing_hard_limit_reached", "insufficient_credits")
"""Codes and types of errors that say that the account is used up, which waiting does not mend."""


def one_line(text: object, longest: int = 300) -> str:
    """`text` in one line of printable characters: what a stranger sent must not write on a terminal as it likes."""
    words = "".join(letter if letter.isprintable() else " " for letter in str(text)[: 20 * longest]).split()
    line = " ".join(words)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def said_by(error: openai.APIStatusError) -> str:
    """What the endpoint said with an error status; empty where it said nothing to be read."""
    return said_in(error.body) if error.body else ""


def said_in(body: object) -> str:
    """The message in an error's body: in OpenAI's shape, in one of its variants, or as it is."""
    while isinstance(body, list) and body:
        body = body[0]
    if isinstance(body, dict):
        inner: Any = next((body[name] for name in ("error", "message", "detail") if body.get(name)), body)
        return said_in(inner) if inner is not body else one_line(body)
    return "" if body is None else one_line(body)


def hopeless(error: BaseException) -> str | None:
    """Why the endpoint cannot be reached, and the mend, where trying again will find the same; else None."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError) and (mend := _TLS.get(cause.reason or "")):
            detail = getattr(cause, "verify_message", None) or (cause.reason or "").replace("_", " ").lower()
            return f"no secure connection to the endpoint ({detail}); {mend}"
        if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME:
            return "the endpoint's host name is not known; check the base URL, and that the network is up"
    return None


def out_of_money(error: openai.APIStatusError) -> bool:
    """Whether a 429 means that the account is used up."""
    return error.status_code == 429 and says_no_credit(error.code, error.type)


def says_no_credit(*said: object) -> bool:
    """Whether an error's code or type is one of `NO_CREDIT`."""
    return any(word in f"{one}" for one in said for word in NO_CREDIT)


def no_credit() -> EndpointDown:
    """What is raised where a batch meets that."""
    return EndpointDown(
        "the account has no credit left (insufficient quota); what is done is kept: run the same command again when there is"
    )


def misfit(error: BaseException) -> str:
    """What is wrong with an answer that fits no schema: the first place, and how many there are."""
    if not isinstance(error, ValidationError):
        return one_line(error, 120)
    problems = error.errors(include_url=False, include_input=False, include_context=False)
    place = ".".join(str(step) for step in problems[0]["loc"])
    more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
    return one_line(f"{place}: {problems[0]['msg']}" if place else problems[0]["msg"], 120) + more


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error` and what led to it, once each."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.append(one)
        yield one
        waiting += [cause for cause in (one.__cause__, one.__context__) if cause is not None]
