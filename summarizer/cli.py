"""The command line: `summarizer ARTICLE` (or `summarize`), `batch`, `render`, `schema`, `doctor`.

Only arguments, output and exit codes; whatever is slow to import is imported where it is needed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import SettingsError, SummarizerError
from summarizer.rendering.formats import FORMATS, Kind, Output, render, require

if TYPE_CHECKING:
    from summarizer.schema.summary import Summary
    from summarizer.settings import Settings

_COMMANDS = ("summarize", "batch", "render", "schema", "doctor")
_EPILOG = """\
exit codes: 0 done, 1 the work failed, 2 bad usage or settings, 3 part of a batch failed,
  130 stopped (Ctrl-C); a batch whose endpoint is down ends with 1, and goes on when the command is run again
settings can also stand in environment variables or .env: see .env.example, or run `summarizer doctor`
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give back its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parsed = _parser().parse_args(_with_default_command(given))
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
        # The reader of our output went away (`| head`): no error, but Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _with_default_command(arguments: list[str]) -> list[str]:
    """`summarizer ARTICLE` is short for `summarizer summarize ARTICLE`."""
    first = next((argument for argument in arguments if argument == "-" or not argument.startswith("-")), None)
    asks_help = not arguments or any(argument in ("-h", "--help", "--version") for argument in arguments[:1])
    if asks_help or (first in _COMMANDS and arguments[0] == first):
        return arguments
    return ["summarize", *arguments]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="summarizer",
        description="Structured, checked summaries of news articles about armed conflicts, in any language.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_summarize(commands)
    _add_batch(commands)
    _add_render(commands)
    _add_schema(commands)
    _add_doctor(commands)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version

        print(f"summarizer {version('conflict-summarizer')}")  # noqa: T201
        parser.exit()


def _add_summarize(commands: Any) -> None:
    command = commands.add_parser(
        "summarize",
        help="summarise one article (the default: `summarizer ARTICLE`)",
        description="Summarise one article, whatever its format; `-` reads standard input.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "article",
        metavar="ARTICLE",
        help="a file (text, HTML, PDF, DOCX, e-mail, feed, JSON, CSV ...), an http(s) address, or -",
    )
    output = _add_output_options(command)
    output.add_argument(
        "--language", metavar="TAG", help="language of paraphrases (BCP 47); default: the article's own"
    )
    output.add_argument("-q", "--quiet", action="store_true", help="no progress on stderr")
    article = command.add_argument_group("the article", "what its own header does not say, or says wrongly")
    article.add_argument("--title", help="its headline")
    article.add_argument("--source", help="who published it")
    article.add_argument("--published", metavar="DATE", help="when: 2022-03-03, 2022-03 or 2022")
    article.add_argument("--article-language", metavar="TAG", help="its language (BCP 47); default: detected")
    article.add_argument("--entry", metavar="N", type=int, help="which one, where the source holds several")
    _add_reading_options(command)
    _add_model_options(command)
    command.set_defaults(run=_summarize)


def _add_output_options(command: argparse.ArgumentParser) -> Any:
    output = command.add_argument_group("output")
    output.add_argument(
        "--format", metavar="FORMAT", choices=tuple(FORMATS), help="default: terminal on a terminal, json elsewhere"
    )
    output.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="write to FILE (parquet: a folder), whole or not at all"
    )
    output.add_argument(
        "--show-set-aside", action="store_true", help="on a terminal, also what the article does not support"
    )
    return output


def _add_render(commands: Any) -> None:
    listed = "\n".join(f"  {name:<10}{chosen.about}" for name, chosen in FORMATS.items())
    command = commands.add_parser(
        "render",
        help="show a saved summary, or turn it into tables, a brief or a report",
        description="Render saved summaries; neither the article nor a model is needed.",
        epilog=f"formats:\n{listed}\n\n{_EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "summary", metavar="SUMMARY", type=Path, help="saved summaries (JSON, JSONL, YAML, Parquet folder), or -"
    )
    output = _add_output_options(command)
    output.add_argument("--number", metavar="N", type=int, help="of several summaries only the N-th, counted from 1")
    command.set_defaults(run=_render)


def _add_reading_options(command: argparse.ArgumentParser) -> None:
    reading = command.add_argument_group("reading")
    reading.add_argument("--fields", metavar="F=NAME,...", help="keys or columns, such as text=body,published=day")
    reading.add_argument(
        "--follow-links", action="store_true", default=None, help="read the pages behind a feed's summaries"
    )
    reading.add_argument("--fetch-timeout", metavar="SECONDS", help="for one step of fetching a page")
    reading.add_argument("--user-agent", metavar="NAME", help="what fetching calls itself")
    reading.add_argument(
        "--ignore-robots", dest="robots", action="store_false", default=None, help="fetch what robots.txt forbids"
    )
    reading.add_argument(
        "--allow-private-addresses",
        action="store_true",
        default=None,
        help="fetch from this machine and its networks too",
    )


def _add_model_options(command: argparse.ArgumentParser) -> None:
    model = command.add_argument_group("the model")
    model.add_argument(
        "--model",
        metavar="PROVIDER/MODEL",
        help="such as openai/gpt-5-mini or ollama/qwen3:8b; keyword: the embedded engine",
    )
    model.add_argument("--base-url", metavar="URL", help="any other OpenAI-compatible endpoint")
    model.add_argument(
        "--mode", choices=("json_schema", "tools", "json"), help="how the structured answer is asked for"
    )
    model.add_argument(
        "--prompts", metavar="DIR", type=Path, help="your own templates, in place of built-in ones of the same name"
    )
    model.add_argument("--context-tokens", metavar="N", help="the model's context; longer articles are read in parts")
    model.add_argument("--max-output-tokens", metavar="N", help="room for one answer")
    model.add_argument("--timeout", metavar="SECONDS", help="for one try of one call")
    model.add_argument(
        "--deadline", metavar="SECONDS", help="for all tries of one call (in a batch: without waiting for its turn)"
    )
    model.add_argument(
        "--no-repair", dest="repair", action="store_false", default=None, help="no repair call for failing items"
    )
    exchanges = model.add_mutually_exclusive_group()
    exchanges.add_argument("--record", metavar="DIR", type=Path, help="save every exchange in DIR")
    exchanges.add_argument("--replay", metavar="DIR", type=Path, help="answer from DIR only; no network, no key")
    exchanges.add_argument("--cache", metavar="DIR", type=Path, help="answer from DIR where it can, else call and save")


def _add_batch(commands: Any) -> None:
    command = commands.add_parser(
        "batch",
        help="summarise many articles, with a journal: nothing is lost, nothing is paid twice",
        description="Summarise many articles into one JSON object a line. Stopped in any way, the same command goes on.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help="files, folders, patterns, addresses; JSON lines, CSV, feeds and lists of addresses hold many; or -",
    )
    output = command.add_argument_group("output")
    output.add_argument("-o", "--output", metavar="FILE", type=Path, help="the summaries, one a line (JSONL)")
    output.add_argument("--journal", metavar="FILE", type=Path, help="default: the output's name and .journal")
    output.add_argument(
        "--retry-failed",
        action="store_true",
        help="try again what failed before; with openai-batch also what is in batches that the provider does not know",
    )
    output.add_argument(
        "--duplicates",
        choices=("off", "exact", "near"),
        default="off",
        help="link repeated texts instead of paying again",
    )
    output.add_argument(
        "--via",
        choices=("calls", "openai-batch"),
        default="calls",
        help="openai-batch: the provider's Batch API, at half the price, within a day",
    )
    output.add_argument(
        "--poll", metavar="SECONDS", type=float, default=60.0, help="with openai-batch: look so often (default: 60)"
    )
    output.add_argument("--dry-run", action="store_true", help="count articles, and estimate tokens and cost; no calls")
    output.add_argument(
        "--language", metavar="TAG", help="language of paraphrases (BCP 47); default: each article's own"
    )
    output.add_argument("-q", "--quiet", action="store_true", help="no progress on stderr")
    output.add_argument("--log-format", choices=("text", "json"), default="text", help="of progress on stderr")
    limits = command.add_argument_group("limits")
    limits.add_argument("--concurrency", metavar="N", type=int, default=16, help="calls at once, at most (default: 16)")
    limits.add_argument(
        "--requests-per-minute", metavar="N", type=float, help="default: what the endpoint's headers say"
    )
    limits.add_argument("--tokens-per-minute", metavar="N", type=float, help="default: what the endpoint's headers say")
    limits.add_argument("--max-cost", metavar="USD", type=float, help="stop before the batch has cost more")
    limits.add_argument(
        "--max-tokens", metavar="N", type=int, help="stop before it has taken more, in and out together"
    )
    limits.add_argument(
        "--patience",
        metavar="SECONDS",
        type=float,
        default=600.0,
        help="wait so long for an endpoint that is down (default: 600)",
    )
    limits.add_argument(
        "--workers",
        metavar="N",
        type=int,
        help="processes that read articles; default: one a core, 8 at most, if articles are more than a few",
    )
    _add_reading_options(command)
    _add_model_options(command)
    command.set_defaults(run=_batch)


def _add_schema(commands: Any) -> None:
    command = commands.add_parser("schema", help="print the JSON Schema of the summary")
    command.add_argument("--draft", action="store_true", help="of what a model is asked to fill in, instead")
    command.set_defaults(run=_schema)


def _add_doctor(commands: Any) -> None:
    command = commands.add_parser("doctor", help="say what is configured, and try the endpoint")
    _add_model_options(command)
    command.set_defaults(run=_doctor)


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
