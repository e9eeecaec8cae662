"""What can be said on the command line: commands, options, and what `--help` says of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from summarizer.rendering.formats import FORMATS

Run = Callable[[argparse.Namespace], int]
"""What a command does: gives its exit code."""

_EPILOG = """\
exit codes: 0 done, 1 the work failed, 2 bad usage or settings, 3 part of a batch failed,
  130 stopped (Ctrl-C); a batch whose endpoint is down ends with 1, and goes on when the command is run again
settings can also stand in environment variables or .env: see .env.example, or run `summarizer doctor`
"""


def with_default_command(arguments: list[str]) -> list[str]:
    """`summarizer ARTICLE` is short for `summarizer summarize ARTICLE`."""
    first = next((argument for argument in arguments if argument == "-" or not argument.startswith("-")), None)
    asks_help = not arguments or any(argument in ("-h", "--help", "--version") for argument in arguments[:1])
    if asks_help or (first in _COMMANDS and arguments[0] == first):
        return arguments
    return ["summarize", *arguments]


def parser(runs: Mapping[str, Run]) -> argparse.ArgumentParser:
    """The parser; what it gives has the chosen command's function among `runs` as `run`."""
    made = argparse.ArgumentParser(
        prog="summarizer",
        description="Structured, checked summaries of news articles about armed conflicts, in any language.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, add in _COMMANDS.items():
        add(commands).set_defaults(run=runs[name])
    return made


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version

        print(f"summarizer {version('conflict-summarizer')}")  # noqa: T201
        parser.exit()


def _add_summarize(commands: Any) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
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
    return command


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


def _add_render(commands: Any) -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:<10}{chosen.about}" for name, chosen in FORMATS.items())
    command: argparse.ArgumentParser = commands.add_parser(
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
    return command


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


def _add_batch(commands: Any) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
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
    return command


def _add_schema(commands: Any) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser("schema", help="print the JSON Schema of the summary")
    command.add_argument("--draft", action="store_true", help="of what a model is asked to fill in, instead")
    return command


def _add_doctor(commands: Any) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        "doctor", help="say what is configured, and try the endpoint"
    )
    _add_model_options(command)
    return command


_COMMANDS = {
    "summarize": _add_summarize,
    "batch": _add_batch,
    "render": _add_render,
    "schema": _add_schema,
    "doctor": _add_doctor,
}
