"""The command line: `summarizer ARTICLE` (or `summarize`), `batch`, `render`, `schema`, `doctor`.

Only output and exit codes (the arguments stand in arguments.py); whatever is slow to import is imported where it is needed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from summarizer.arguments import parser, with_default_command
from summarizer.errors import SettingsError, SummarizerError
from summarizer.rendering.formats import FORMATS, Kind, Output, render, require

if TYPE_CHECKING:
    from summarizer.schema.summary import Summary
    from summarizer.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give back its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parsed = parser(_RUNS).parse_args(with_default_command(given))
    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except SummarizerError as error:
        _complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        _complain("interrupted")
        return 130
    except BrokenPipeError:
        _give_up(sys.stdout)  # the reader of our output went away (`| head`): no error
        return 0
    finally:
        try:
            sys.stderr.flush()
        except (OSError, ValueError):
            _give_up(sys.stderr)  # its terminal was closed
    return code


def _give_up(stream: TextIO) -> None:
    """Nobody reads `stream` any more: Python must not complain of it at exit, nor change the exit code (to 120)."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _summarize(arguments: argparse.Namespace) -> int:
    settings = _settings(arguments)
    form = _form(arguments)
    import asyncio
    import gc

    gc.set_threshold(
        200_000
    )  # word lists and gazetteer are a million objects that stay: looking for garbage costs a tenth
    from summarizer.api import Metadata, read_with, summarize_with
    from summarizer.engines import NO_MODEL, falls_back
    from summarizer.reading.sources import named_source

    metadata = Metadata(
        title=arguments.title,
        source=arguments.source,
        published=arguments.published,
        article_language=arguments.article_language,
        entry=arguments.entry,
    )
    article = read_with(settings, named_source(arguments.article), metadata)
    if falls_back(settings) and not arguments.quiet:
        _complain(NO_MODEL)
    with _progress(quiet=arguments.quiet) as listener:
        summary = asyncio.run(summarize_with(settings, article, {}, listener))
    _show(form, [summary], arguments)
    return 0


def _render(arguments: argparse.Namespace) -> int:
    form = _form(arguments)
    from summarizer.rendering.saved import read_summaries

    summaries = read_summaries(arguments.summary)
    if arguments.number is not None:
        if not 1 <= arguments.number <= len(summaries):
            held = f"{len(summaries)} summaries, counted from 1" if len(summaries) > 1 else "one summary"
            raise SettingsError(f"--number {arguments.number}: {arguments.summary} holds {held}")
        summaries = [summaries[arguments.number - 1]]
    _show(form, summaries, arguments)
    return 0


def _batch(arguments: argparse.Namespace) -> int:
    if arguments.log_format == "text":
        return _run_batch(arguments)
    try:
        return _run_batch(arguments)
    except SummarizerError as error:
        from summarizer.batch.progress import complain

        complain(str(error), arguments.log_format)
        return error.exit_code


def _run_batch(arguments: argparse.Namespace) -> int:
    settings = _settings(arguments)
    if arguments.output is None and not arguments.dry_run:
        raise SettingsError("batch needs -o FILE, where the summaries go; or --dry-run")
    from summarizer.batch.duplicates import Duplicates
    from summarizer.batch.session import Plan
    from summarizer.engines import NO_MODEL, falls_back
    from summarizer.reading.sources import named_source

    if falls_back(settings) and not arguments.quiet:
        if arguments.log_format == "json":
            from summarizer.batch.progress import tell_event

            tell_event("note", {"text": NO_MODEL})
        else:
            _complain(NO_MODEL)
    names = ("concurrency", "requests_per_minute", "tokens_per_minute", "max_cost", "max_tokens", "workers")
    plan = Plan(
        journal=arguments.journal or (arguments.output and Path(f"{arguments.output}.journal")),
        output=arguments.output,
        retry_failed=arguments.retry_failed,
        duplicates=Duplicates(arguments.duplicates),
        patience=arguments.patience,
        via=arguments.via,
        poll=arguments.poll,
        **{name: getattr(arguments, name) for name in names},
    )
    sources = [named_source(source) for source in arguments.sources]
    if arguments.dry_run:
        from summarizer.batch.estimate import estimated

        _write(estimated(settings, sources, plan), None)
        return 0
    from summarizer.batch.command import run_batch

    return run_batch(settings, sources, plan, log_format=arguments.log_format, quiet=arguments.quiet)


def _schema(arguments: argparse.Namespace) -> int:
    import json

    from summarizer.schema.draft import Draft
    from summarizer.schema.summary import Summary

    schema = Draft.model_json_schema() if arguments.draft else Summary.model_json_schema(mode="serialization")
    _write(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", None)
    return 0


def _doctor(arguments: argparse.Namespace) -> int:
    from summarizer.doctor import examine

    code = 0
    for finding in examine(_settings(arguments)):
        _write(f"{finding.subject:>9}  {finding.text}\n", None)
        code = max(code, finding.exit_code)
    return code


def _settings(arguments: argparse.Namespace) -> Settings:
    from summarizer.settings import SETTING_NAMES, load_settings

    return load_settings(**{name: getattr(arguments, name, None) for name in SETTING_NAMES})


def _form(arguments: argparse.Namespace) -> str:
    """The format to show, after checking that it can be made and written: before anything is paid for."""
    output: Path | None = arguments.output
    form: str = arguments.format or ("terminal" if output is None and sys.stdout.isatty() else "json")
    require(form)
    kind = FORMATS[form].kind
    if output is None:
        if kind is Kind.FILES or (kind is Kind.BYTES and sys.stdout.isatty()):
            raise SettingsError(f"--format {form} is no text: give -o {'FOLDER' if kind is Kind.FILES else 'FILE'}")
        return form
    if not output.absolute().parent.is_dir():
        raise SettingsError(f"-o {output}: its folder does not exist")
    if kind is Kind.FILES and output.exists() and not output.is_dir():
        raise SettingsError(f"-o {output}: --format {form} writes a folder, and this is a file")
    if kind is not Kind.FILES and output.is_dir():
        raise SettingsError(f"-o {output}: is a folder")
    return form


def _show(form: str, summaries: Sequence[Summary], arguments: argparse.Namespace) -> None:
    if form != "terminal":
        _write(render(form, summaries), arguments.output)
    elif arguments.output is None and sys.stdout.isatty():
        from rich.console import Console

        from summarizer.rendering.terminal import print_summary

        for summary in summaries:
            print_summary(summary, Console(), show_set_aside=arguments.show_set_aside)
    else:
        _write(render(form, summaries, show_set_aside=arguments.show_set_aside), arguments.output)


def _write(content: Output, output: Path | None) -> None:
    if output is None:
        # UTF-8 whatever the locale says: JSON is UTF-8, and articles are in every script.
        sys.stdout.buffer.write(content.encode("utf-8") if isinstance(content, str) else bytes(content))  # type: ignore[arg-type]
        return
    from summarizer.files import write_atomically

    try:
        if isinstance(content, (str, bytes)):
            write_atomically(output, content)
            return
        output.mkdir(exist_ok=True)
        for name, data in content.items():
            write_atomically(output / name, data)
    except OSError as error:
        raise SettingsError(f"-o {output}: {error.strerror}") from None


@contextlib.contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A listener that shows what goes on, on stderr: a spinner on a terminal, else only what takes patience."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("reading") as status:
        yield status.update


def _complain(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # a terminal that was closed hears nothing
        print(f"summarizer: {text}", file=sys.stderr)  # noqa: T201


_RUNS = {"summarize": _summarize, "batch": _batch, "render": _render, "schema": _schema, "doctor": _doctor}
