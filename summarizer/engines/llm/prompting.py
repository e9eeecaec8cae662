"""The messages that a model reads, rendered from the Jinja templates in `prompts/`.

What is the same for all articles comes first (system), then the article, then the task: a provider's prefix cache
serves articles after one another, and the calls about one article.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from summarizer.engines.base import Task
from summarizer.errors import SettingsError
from summarizer.grounding.folding import contains, fold
from summarizer.grounding.judging import Judged
from summarizer.language.analysis import Analysis
from summarizer.language.detection import language_name
from summarizer.schema.article import Article, Sentence, SentenceNumber
from summarizer.schema.draft import SECTIONS, Draft, DraftDevelopment, DraftItem, DraftModel, DraftPlace, DraftSpeaker

TEMPLATES = ("system.jinja", "example.jinja", "article.jinja", "task.jinja", "repair.jinja")
Message = dict[str, str]


def builtin_prompts() -> Path:
    """The folder of the built-in templates: in the wheel beside this package's modules, in a checkout at its top."""
    inside = Path(str(files("summarizer"))) / "prompts"
    return inside if inside.is_dir() else inside.parent.parent / "prompts"


class Prompts:
    """The templates in force. `overlay` replaces built-in ones, file by file.

    All templates are compiled and rendered once with a sample when this is made, so that a mistake in one is a
    SettingsError that names file and line before any call is paid for.
    """

    def __init__(self, overlay: Path | None = None) -> None:
        self._overlay = overlay
        folders = [folder for folder in (overlay, builtin_prompts()) if folder is not None]
        _check_overlay(overlay)
        # Sandboxed, since templates can come from elsewhere; no autoescape, since the output is no HTML.
        self._environment = SandboxedEnvironment(
            loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        own = self._environment.list_templates(extensions=["jinja"])
        self._sources = {name: self._source(name) for name in sorted({*TEMPLATES, *own})}
        self._try_out()

    @cached_property
    def fingerprint(self) -> str:
        """12 hexadecimal digits over the templates and the field descriptions: what the model is told."""
        told = json.dumps([self._sources, Draft.model_json_schema()], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def draft_messages(self, task: Task, part: tuple[int, int] | None = None) -> list[Message]:
        """What asks for the draft of `task`; `part` is (number, of how many) where the article is read in parts."""
        return self._messages(task, "task.jinja", part=part)

    def repair_messages(self, task: Task, failing: Sequence[Judged]) -> list[Message]:
        """What asks for new versions of the failing items; only their sentences are given, and those that hold their names."""
        named = {evidence.sentence for judged in failing for evidence in judged.drafted.evidence}
        naming = {number for judged in failing for number in _naming(task, judged)}
        kept = [s for s in task.sentences if s.number in naming or any(abs(s.number - number) <= 1 for number in named)]
        shown = task.showing(kept or task.sentences)
        items = [
            {"section": judged.section, "record": judged.drafted.model_dump_json(), "problems": judged.problems}
            for judged in failing
        ]
        return self._messages(shown, "repair.jinja", failing=items)

    def _messages(self, task: Task, ask: str, **values: Any) -> list[Message]:
        article = self._render("article.jinja", **_article_values(task))
        question = self._render(ask, language=language_name(task.language), **values)
        return [
            {"role": "system", "content": self._system},
            {"role": "user", "content": f"{article}\n\n{question}"},
        ]

    @cached_property
    def _system(self) -> str:
        return self._render("system.jinja", sections=_guide())

    def _render(self, name: str, **values: Any) -> str:
        try:
            return self._environment.get_template(name).render(**values).strip()
        except jinja2.TemplateError as error:
            raise self._mistake(name, error) from None
        except Exception as error:  # a template is a program: it can fail in any way
            raise self._mistake(name, error) from None

    def _mistake(self, name: str, error: Exception) -> SettingsError:
        file, line = _where(error) or (getattr(error, "filename", None) or name, getattr(error, "lineno", None))
        place = f"{file}:{line}" if line else str(file)
        return SettingsError(f"template {place}: {str(error) or type(error).__name__}")

    def _source(self, name: str) -> str:
        loader = self._environment.loader
        try:
            if loader is None:
                raise jinja2.TemplateNotFound(name)
            source, file, _ = loader.get_source(self._environment, name)
        except jinja2.TemplateNotFound:
            raise SettingsError(f"the template {name} is missing from {builtin_prompts()}") from None
        except UnicodeDecodeError:
            raise SettingsError(f"the template {name} in {self._overlay} is not UTF-8") from None
        try:
            self._environment.parse(source, name, file)
            self._environment.get_template(name)
        except jinja2.TemplateError as error:
            raise self._mistake(name, error) from None
        return source

    def _try_out(self) -> None:
        sentence = Sentence(SentenceNumber(1), 0, 1, "A", 1)
        task = Task(Analysis(Article(text="A", title="T", source="S", published=None, language="en")), [sentence], "en")
        self.draft_messages(task, part=(1, 2))
        item = {"section": "gist", "record": "{}", "problems": ["a problem"]}
        self._render("repair.jinja", language="English", failing=[item])


def _naming(task: Task, judged: Judged) -> set[int]:
    """The numbers of the sentences that name the record's places and speakers: of each name the last one before it."""
    first = min((evidence.sentence for evidence in judged.drafted.evidence), default=1)
    found: set[int] = set()
    for name in _names_in(judged.drafted):
        holding = [s.number for s in task.sentences if contains(fold(s.text).text, fold(name).text)]
        found.update([number for number in holding if number < first][-1:] or holding[:1])
    return found


def _names_in(item: DraftItem) -> list[str]:
    """The names of the places and speakers of a record."""
    values = dict(item).values()
    names: list[str | None] = []
    for value in values:
        if isinstance(value, DraftPlace):
            names += (value.as_written, value.name)
        elif isinstance(value, DraftSpeaker):
            names += (value.name, value.party)
    return [name for name in names if name]


def fence_for(article: Article) -> str:
    """A mark that does not occur in the article, the same for the same article: derived from its own hash."""
    inside = "\n".join((article.title or "", article.source or "", article.text))
    mark = hashlib.sha256(inside.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    while mark in inside:
        mark = hashlib.sha256(mark.encode()).hexdigest()[:16]
    return mark


def _article_values(task: Task) -> dict[str, Any]:
    article = task.article
    return {
        "fence": fence_for(article),
        "title": _one_line(article.title),
        "source": _one_line(article.source),
        "published": article.published,
        "language": language_name(article.language or "und"),
        "sentences": [
            {"number": s.number, "text": _one_line(s.text), "paragraph": s.paragraph} for s in task.sentences
        ],
    }


def _one_line(text: str | None) -> str | None:
    """Without line breaks: each line of the fenced article starts with a number of ours, none with one of its own."""
    return " ".join(text.split()) if text else None


def _guide() -> list[dict[str, Any]]:
    """What each field means: the whole, what records share, the sections, then the small shapes inside them."""
    sections: dict[str, type[DraftModel]] = {
        "the whole answer": Draft,
        "every record": DraftItem,
        "every development": DraftDevelopment,
        **SECTIONS,
    }
    inner: dict[str, type[DraftModel]] = {}
    for model in sections.values():
        inner.update(_inner_models(model))
    small = {name: model for name, model in inner.items() if model not in sections.values()}
    return [_shape(name, model) for name, model in {**sections, **small}.items()]


def _shape(name: str, model: type[DraftModel]) -> dict[str, Any]:
    fields = [
        {
            "name": field,
            "shape": _shape_name(info.annotation),
            "description": " ".join((info.description or "").split()),
        }
        for field, info in model.own_fields().items()
    ]
    return {"name": name, "about": " ".join((model.__doc__ or "").split()), "fields": fields}


def _inner_models(model: type[DraftModel]) -> dict[str, type[DraftModel]]:
    found: dict[str, type[DraftModel]] = {}
    for info in model.own_fields().values():
        for part in _parts(info.annotation):
            if isinstance(part, type) and issubclass(part, DraftModel):
                found[_title(part)] = part
                found.update(_inner_models(part))
    return found


def _parts(annotation: Any) -> list[Any]:
    arguments = getattr(annotation, "__args__", None)
    return [part for argument in arguments for part in _parts(argument)] if arguments else [annotation]


def _shape_name(annotation: Any) -> str:
    parts = _parts(annotation)
    inner = next((_title(part) for part in parts if isinstance(part, type) and issubclass(part, DraftModel)), "")
    listed = "list of " if getattr(annotation, "__origin__", None) is list else ""
    nullable = " or null" if type(None) in parts else ""
    return f"{listed}{inner}{nullable}" if inner else ""


def _title(model: type[DraftModel]) -> str:
    return model.__name__.removeprefix("Draft").lower()


def _where(error: Exception) -> tuple[str, int] | None:
    """File and line of the template in which a rendering failed, from the traceback that Jinja rewrites."""
    trace, found = error.__traceback__, None
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".jinja"):
            found = file, trace.tb_lineno
        trace = trace.tb_next
    return found


def _check_overlay(overlay: Path | None) -> None:
    if overlay is None:
        return
    own = sorted(file.name for file in overlay.glob("*.jinja"))
    if not own:
        raise SettingsError(f"--prompts: {overlay} holds no template; templates are {', '.join(TEMPLATES)}")
