"""Which language a text is in (py3langid, offline), and what a language is called (CLDR)."""

from __future__ import annotations

import threading
from functools import lru_cache

_HEAD = 5000  # characters; more does not change the answer
_LOCK = threading.Lock()  # py3langid loads its model on first use, without a lock of its own
UNDETERMINED = "und"


def detect_language(text: str) -> str:
    """The language of `text` as an ISO 639 code; `und` where it has hardly any letters."""
    head = text[:_HEAD]
    if sum(character.isalpha() for character in head) < 5:
        return UNDETERMINED
    import py3langid  # loads numpy and a model

    with _LOCK:
        language: str = py3langid.classify(head)[0]
    return language


@lru_cache(maxsize=512)
def language_name(tag: str) -> str:
    """The English name of a language with its tag, as a prompt gives it: `French (fr)`; the tag where unknown."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag.replace("-", "_")).get_display_name("en")
    except (UnknownLocaleError, ValueError):
        return tag
    return f"{name} ({tag})" if name else tag
