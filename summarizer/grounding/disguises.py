"""Text that is no part of what an article says to its readers: fake turns of a conversation, fake marks and records, and
what is written so that a reader does not see it.

Each is told by its form alone, whatever the language. Honest texts hold such signs singly (a zero-width joiner in Persian,
an embedding in Hebrew, a long hash), so it is runs and pairs that count.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from summarizer.grounding.vocabulary import turn_labels
from summarizer.schema.codes import FigureCategory
from summarizer.schema.draft import SECTIONS, Draft

_REACH = 4000  # characters: how far off the other end of a pair is looked for
_TURN_WORDS = 8  # words that a lone turn has at least: "System: S-300" is a caption
_KEYS_APART = 300  # characters between two keys of one record
_ASKS, _ANSWERS = turn_labels("asks"), turn_labels("answers")
_THINKS, _ACTS = frozenset({"thought"}), frozenset({"action", "observation", "final answer"})
_LABELS = "|".join(sorted({"system", "developer", *_ASKS, *_ANSWERS, *_THINKS, *_ACTS}, key=len, reverse=True))
_LONE = frozenset({"system", "assistant", "developer"})
_FIELDS = frozenset(
    {*SECTIONS, *(name for model in SECTIONS.values() for name in model.model_fields), *Draft.model_fields}
)

_TOKENS = re.compile(
    r"<\|(?:im_start|im_end|im_sep|system|user|assistant|endoftext|eot_id|start_header_id|begin_of_text)\|>"
    r"|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|<\uff5c(?:User|Assistant|System)\uff5c>"
    r"|</?(?:system|instructions?|system[-_ ]?prompt|assistant|developer|tool_call|function_call|new_instructions?|important"
    r"|admin|override|secret)\b[^<>\n]{0,80}>"
    r"|(?<![%#=*~|])[%#=*~|]{2,} ?(?:(?:PROMPT|SYSTEM|INSTRUCTIONS?|CONTEXT)(?: (?:START|END|BEGIN))?"
    r"|(?:START|END|BEGIN)(?: OF)? (?:PROMPT|SYSTEM|INSTRUCTIONS?|CONTEXT|SUMMARY)) ?[%#=*~|]{2,}"
    r"|\[(?:syst[eè]me|sistema|sistem|система|النظام|系统|系統|システム)\]"
    r"|\{\{[ /]*(?:system|assistant|user|instructions?)[ ]*\}\}|[\[(]/?(?:system|assistant|instructions?)[\])]|^[ \t]*/(?:system|assistant|prompt)[ \t]"
    r"|^[ \t]*#{2,}[ \t]*(?:instructions?|system(?: prompt| message)?|assistant|user prompt)\b[ \t]*[:：]?"
    r"|^[ \t]*#{3,}[ \t]*(?:response|input|output|task|answer|human|user)[ \t]*[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_TURN = re.compile(
    rf"^[ \t>#*_\[(<-]*(?P<label>{_LABELS})(?:[ _-](?:message|prompt|note|turn|override|instructions?))?[\])>*_]*[ \t]*[:：>|][*_ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_TABLED = re.compile(r"[.;,] *[A-Z][a-z]{1,20}: ")  # "System: VVER-1000. Output: 1,000 MW": what a table holds
_OWN = re.compile(rf"(?<![\w/.-])(?:{'|'.join(sorted(name for name in _FIELDS if '_' in name))})(?![\w/-])")
_COUNT = re.compile(
    rf"\{{\s*[\"“”'‘’«]?(?:{'|'.join(code.value for code in FigureCategory)}|deaths|casualties|dead|wounded)[\"“”'‘’»]?\s*[:：]\s*\d"
)
_ORDERS = frozenset(
    {"instruction", "instructions", "ignore", "override", "system", "role", "prompt", "directive", "task"}
)
_COUNTED = "killed|deaths?|dead|casualties|fatalities|wounded|injured|victims|toll"
_ASSIGNED = re.compile(
    rf"(?<!\w)(?:\w{{1,30}}[._])?(?:{_COUNTED})(?:_\w{{1,20}})?[ \t]?(?:=|:=|->|=>)[ \t]?[\"']?\d", re.IGNORECASE
)
_LISTED = re.compile(
    r"^[ \t]{0,8}-?[ \t]?(?:override|instructions?|ignore|suppress|role|output|prompt|priority|directive|system|task|action)"
    r"[ \t]?:[ \t]?[^\n]{0,200}\n(?:[ \t]{0,8}[\w-]{1,30}[ \t]?:[^\n]{0,200}\n){0,4}?"
    rf"[ \t]{{0,8}}(?:{_COUNTED})[ \t]?:[ \t]?\d",
    re.MULTILINE,
)
_CALL = re.compile(
    r"(?<![\w.])(?:print|echo|finish|submit|respond|answer|return|emit|final_answer|output|[a-z]{2,20}_[a-z_]{2,20})"
    r"(?:\([\"'{]|\([a-z_]{2,20}=|\[[\"'\d])"
)
_KEYED = re.compile(
    r"^[ \t\"'#/*-]{0,8}(?:ai|llm|gpt|system|assistant|model|bot)[_-](?:instruct\w*|prompt|note|directive|override|command)s?"
    r"[\"']?[ \t]*[:=]",
    re.IGNORECASE | re.MULTILINE,
)
_FENCE = re.compile(
    r"</?article\b[^<>\n]{0,80}>"
    r"|^[ \t]*(?:[\[(<=#*~—–-]+[ \t]*)?(?:END|BEGIN(?:NING)?|START|FIN)[ \t]+(?:OF[ \t]+)?(?:THE[ \t]+|NEW[ \t]+)?"
    r"(?:ARTICLE|TEXT|DOCUMENT|INPUT|CONTEXT|DATA|SYSTEM|INSTRUCTIONS?|PROMPT)\b[^\n]{0,20}$",
    re.IGNORECASE | re.MULTILINE,
)
_CONTEXT = re.compile(
    r"^[^\w\n]{0,9}(?:BEGIN|START|END)(?: OF)?(?: [A-Z]{2,12}){0,2} (?:CONTEXT|PROMPT|INSTRUCTIONS?|SYSTEM MESSAGE|TASK|OVERRIDE|SUMMARY|OUTPUT)\b[^\w\n]{0,9}$",
    re.MULTILINE,
)
_COMMENT = re.compile(r"<!--")
_HIDDEN = re.compile(
    r"<(?P<tag>\w{1,12})\b[^<>]{0,300}?(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])"
    r"|color\s*:\s*(?:white|#fff(?:fff)?)\b|\shidden\b|aria-hidden\s*=)[^<>]{0,300}>",
    re.IGNORECASE,
)
_KEY = re.compile(r"[\"“”'‘’«](\w{2,40})[\"“”'‘’»]\s*[:：]\s*(?=[\"“”'\[{\d«]|null|true|false)")
_BLOB = re.compile(r"(?<![\w/+.:-])(?:[A-Za-z0-9+/_-]{4}){6,}[A-Za-z0-9+/_-]{0,3}={0,2}(?![\w/+-])")
_HEX = re.compile(r"(?<!\w)(?:[0-9a-fA-F]{2}[ :]?){24,}(?!\w)")
_CODES = re.compile(r"(?:&#x?[0-9a-fA-F]{2,6};){6,}|(?:\\u[0-9a-fA-F]{4}){6,}|(?:%[0-9a-fA-F]{2}){12,}")
_WORDS = re.findall(
    r"\w+",
    """the and all you this that with report ignore previous instructions killed write output summary answer people
died deaths model system above must only""",
)
_SHIFTED = [codecs.encode(word, "rot13") for word in _WORDS]
_TWISTED = re.compile(
    rf"(?<![^\W_])(?:{'|'.join([*_SHIFTED, *(word[::-1] for word in _WORDS)])})(?![^\W_])", re.IGNORECASE
)
_TWISTED_REACH = 60  # characters between two such words
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u180e\ufeff\u00ad"
_RUN = re.compile(rf"[{_INVISIBLE}]{{8,}}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{{8,}}")
_TAGS = re.compile(r"(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]{4,}")
_LACED = re.compile(r"(?:[A-Za-zÀ-ɏЀ-ӿ\u0621-\u064a][\u200b\u200d\u2060\ufeff\u00ad]{1,3}){6,}")
_TURNED = re.compile(r"[\u202d\u202e]")
_TURNED_END = re.compile(r"[\u202c\n]")


@dataclass(frozen=True, slots=True)
class Disguise:
    """`text[start:end]`, and in a few words what it is. `whole`: the paragraph that it stands in belongs to it; `opens`: so
    does the next one, where that paragraph holds nothing else."""

    start: int
    end: int
    why: str
    whole: bool = False
    opens: bool = False


def disguises(text: str) -> Iterator[Disguise]:
    """Every disguise in `text`, kind by kind. Time is linear in the text."""
    yield from _marked(text)
    yield from _turns(text)
    yield from _records(text)
    yield from _encoded(text)
    if not text.isascii():
        yield from _unseen(text)


def fences(text: str) -> list[tuple[int, int]]:
    """Marks that say that the article ends here or begins: nothing by themselves, since pages are full of marks."""
    return [(found.start(), found.end()) for found in _FENCE.finditer(text)]


def _marked(text: str) -> Iterator[Disguise]:
    for found in _TOKENS.finditer(text):
        opens = "/" not in found[0] and "end" not in found[0].lower()
        yield Disguise(
            found.start(), found.end(), "a fake mark of a conversation with a model", whole=True, opens=opens
        )
    boxes = list(_CONTEXT.finditer(text))
    for first, last in pairwise(boxes):
        if last.start() - first.end() < _REACH and "END" not in first[0] and "END" in last[0]:
            yield Disguise(first.start(), last.end(), "a fake frame of what a model is given")
    taken = 0
    for found in _COMMENT.finditer(text):
        if found.start() < taken:
            continue
        end = text.find("-->", found.end(), found.end() + _REACH)
        taken = end = end + 3 if end != -1 else min(len(text), found.end() + _REACH)
        if len(text[found.end() : end].split()) > 2:
            yield Disguise(found.start(), end, "an HTML comment, which readers do not see")
    taken = 0
    for found in _HIDDEN.finditer(text):
        if found.start() < taken:
            continue
        end = text.find(f"</{found['tag']}", found.end(), found.end() + _REACH)
        taken = end = end if end != -1 else min(len(text), found.end() + _REACH)
        yield Disguise(found.start(), end, "an element that the page hides from readers")


def _turns(text: str) -> Iterator[Disguise]:
    """Lines that begin as a speaker's turn in a conversation with a model: two of them near, or a long one."""
    found = list(_TURN.finditer(text))
    for at, turn in enumerate(found):
        line_end = text.find("\n", turn.end())
        line = text[turn.end() : line_end if line_end != -1 else len(text)]
        others = found[max(0, at - 3) : at] + found[at + 1 : at + 4]
        paired = any(
            _answers(one["label"].lower(), turn["label"].lower()) and abs(one.start() - turn.start()) < _REACH // 4
            for one in others
        )
        lone = turn["label"].lower() in _LONE and len(line.split()) >= _TURN_WORDS and not _TABLED.search(line)
        if paired or lone:
            why, opens = "a fake turn of a conversation with a model", not line.strip()
            yield Disguise(turn.start(), turn.end(), why, whole=True, opens=opens)


def _answers(label: str, other: str) -> bool:
    """Whether turns with these labels belong to one conversation."""
    pairs = ((_ASKS, _ANSWERS), (_THINKS, _ACTS), (_LONE, _ASKS | _ANSWERS | _LONE))
    return label != other and any((label in a and other in b) or (label in b and other in a) for a, b in pairs)


def _records(text: str) -> Iterator[Disguise]:
    """What looks like the answer that a model is to give: JSON with several keys, or with a count; the names of its own
    fields."""
    for found in _OWN.finditer(text):
        yield Disguise(found.start(), found.end(), "it names the fields of a model's answer", whole=True)
    for found in _COUNT.finditer(text):
        end = text.find("}", found.end(), found.end() + _KEYS_APART)
        yield Disguise(
            found.start(), end + 1 if end != -1 else found.end(), "a record made up as a model's answer", whole=True
        )
    for pattern in (_ASSIGNED, _LISTED, _KEYED, _CALL):
        for found in pattern.finditer(text):
            yield Disguise(found.start(), found.end(), "a record or a call made up for a model", whole=True)
    for run in _runs(_KEY.finditer(text)):
        first, last = run[0].start(), run[-1].end()
        opened = text.rfind("{", max(0, first - _KEYS_APART), first)
        own = any(key[1] in _FIELDS or key[1].lower() in _ORDERS for key in run)
        if opened != -1 and (len(run) > 2 or (len(run) > 1 and own)):
            closed = max(text.find(mark, last, last + 2 * _KEYS_APART) for mark in ("}", "]"))
            yield Disguise(opened, closed + 1 if closed != -1 else last, "a record made up as a model's answer")


def _runs(keys: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """The keys in groups that stand near one another."""
    run: list[re.Match[str]] = []
    for key in keys:
        if run and key.start() - run[-1].end() > _KEYS_APART:
            yield run
            run = []
        run.append(key)
    if run:
        yield run


def _encoded(text: str) -> Iterator[Disguise]:
    for found in _BLOB.finditer(text):
        if _reads(_from_base64(found[0])):
            yield Disguise(found.start(), found.end(), "text written in base64", whole=True)
    for found in _HEX.finditer(text):
        digits = re.sub(r"[ :]", "", found[0])
        if _reads(binascii.unhexlify(digits[: len(digits) // 2 * 2])):
            yield Disguise(found.start(), found.end(), "text written in hexadecimal", whole=True)
    for first, last in pairwise(_TWISTED.finditer(text)):
        if first[0].lower() != last[0].lower() and last.start() - first.end() < _TWISTED_REACH:
            yield Disguise(first.start(), last.end(), "text written backwards, or in shifted letters", whole=True)
    for found in _CODES.finditer(text):
        yield Disguise(found.start(), found.end(), "text written in character codes", whole=True)


def _from_base64(blob: str) -> bytes:
    plain = blob.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except binascii.Error:
        return b""


def _reads(data: bytes) -> bool:
    """Whether bytes are words: long words in Latin letters decode to noise, not to text."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    letters = sum(character.isalnum() or character.isspace() for character in text)
    return bool(text) and letters > 0.75 * len(text) and (len(text.split()) > 2 or not text.isascii())


def _unseen(text: str) -> Iterator[Disguise]:
    for pattern, why in (
        (_RUN, "a run of characters that are not seen"),
        (_TAGS, "letters that are not seen"),
        (_LACED, "words laced with characters that are not seen"),
    ):
        for found in pattern.finditer(text):
            yield Disguise(found.start(), found.end(), why, whole=True)
    end = 0
    for found in _TURNED.finditer(text):
        if found.start() < end:
            continue
        close = _TURNED_END.search(text, found.end(), found.end() + _REACH)
        end = close.end() if close else min(len(text), found.end() + _REACH)
        if sum(character.isalpha() for character in text[found.end() : end]) > 10:
            yield Disguise(found.start(), end, "text that shows in another order than it is written")
