"""Files written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write `content`, a text as UTF-8, under `path`: a reader sees the old file or the new one, never a part.

    A new file gets the permissions that the user's umask gives; an existing one keeps its own. Raises OSError.
    """
    path = path.resolve()  # a link is written through, not replaced
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as file:  # the system minds the umask; to ask for it would set it, for all threads
            if path.exists():
                temporary.chmod(path.stat().st_mode & 0o777)
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
