"""What a batch and its workers say to one another over a pipe: pickled tuples, each after its length in four bytes.

Both ends are this program, one started by the other; nothing else writes to these pipes.
"""

from __future__ import annotations

import asyncio
import pickle
import struct
from dataclasses import dataclass
from typing import Any

from summarizer.batch.records import Key
from summarizer.schema.article import Article
from summarizer.settings import Settings

_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Start:
    """To a worker, first of all: the settings."""

    settings: Settings


@dataclass(frozen=True, slots=True)
class Ready:
    """From a worker: everything is loaded."""


@dataclass(frozen=True, slots=True)
class Work:
    """To a worker: an article."""

    key: Key
    article: Article


@dataclass(frozen=True, slots=True)
class Done:
    """From a worker: a summary's JSON, or what was raised instead."""

    key: Key
    summary: bytes | None
    error: Exception | None


@dataclass(frozen=True, slots=True)
class Call:
    """From a worker: an HTTP request of its engine, made for an article."""

    number: int
    key: Key
    method: str
    url: str
    headers: list[tuple[bytes, bytes]]
    content: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """To a worker: the response to a call, or what was raised instead."""

    number: int
    status: int
    headers: list[tuple[bytes, bytes]]
    content: bytes
    error: Exception | None


Frame = Start | Ready | Work | Done | Call | Answered


def packed(frame: Frame) -> bytes:
    """The bytes of a frame."""
    data = pickle.dumps(frame, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


async def read_frame(stream: asyncio.StreamReader) -> Any:
    """The next frame; None where the other end is gone."""
    try:
        length = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))[0]
        return pickle.loads(await stream.readexactly(length))  # noqa: S301 - our own process at the other end
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
