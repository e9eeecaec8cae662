"""`python -m evals run | compare | record | lint`: see evals/README.md. Only arguments, output and exit codes."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.gold import SECTIONS, GoldError

if TYPE_CHECKING:
    from evals.gold import Gold
    from evals.running import EvalRun
    from evals.scores import ArticleScore

FAILED, USAGE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give back its exit code: 0 done, 1 a gate or the linter failed, 2 bad usage or settings."""
    parsed = _parser().parse_args(arguments)
    from summarizer.errors import SummarizerError

    try:
        code: int = parsed.run(parsed)
    except (GoldError, SummarizerError, OSError, ValueError) as error:
        print(f"evals: {error}", file=sys.stderr)
        return USAGE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure an engine against gold, offline.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    run = commands.add_parser("run", help="run an engine over the gold articles, print the tables")
    _add_choice(run)
    run.add_argument("--section", action="append", choices=SECTIONS, help="only this section (again for more)")
    run.add_argument("--json", metavar="FILE", type=Path, help="write the whole run to FILE")
    run.add_argument("--scores", metavar="FILE", type=Path, help="the same without the summaries: a baseline to keep")
    run.add_argument("--html", metavar="FILE", type=Path, help="write a report that a browser shows to FILE")
    run.add_argument("--fail-under", metavar="F1", type=float, help="exit with 1 if F1 over all is lower")
    run.add_argument("--baseline", metavar="FILE", type=Path, help="an earlier run (JSON) to compare with")
    run.add_argument(
        "--max-drop",
        metavar="D",
        type=float,
        default=0.02,
        help="exit with 1 if F1 over all, lenient or strict, fell by more (0.02)",
    )
    run.add_argument(
        "--max-section-drop", metavar="D", type=float, default=0.05, help="... or that of any section (0.05)"
    )
    run.set_defaults(run=_run)
    compare = commands.add_parser("compare", help="two runs: what changed, and how surely")
    compare.add_argument("a", metavar="A.json", type=Path)
    compare.add_argument("b", metavar="B.json", type=Path)
    compare.set_defaults(run=_compare)
    record = commands.add_parser("record", help="record a model's answers to the exact requests, from any endpoint")
    _add_choice(record)
    record.add_argument("--mode", choices=("json_schema", "tools", "json"), help="how structured answers are asked for")
    record.add_argument("--base-url", metavar="URL", help="the endpoint")
    record.add_argument("--answered-by", metavar="TEXT", help="who answers, as exactly as is known; kept in set.yaml")
    record.add_argument("--prune", action="store_true", help="delete recordings that no request of the set asks for")
    record.add_argument("--at-once", metavar="N", type=int, default=4, help="articles at the same time (4)")
    record.set_defaults(run=_record)
    lint = commands.add_parser("lint", help="check the gold files")
    lint.set_defaults(run=_lint)
    return parser


def _add_choice(command: argparse.ArgumentParser) -> None:
    engine = command.add_mutually_exclusive_group()
    engine.add_argument("--engine", choices=("keyword",), help="the embedded engine (the default)")
    engine.add_argument("--model", metavar="PROVIDER/MODEL", help="a model, from its recordings")
    command.add_argument("--prompts", metavar="DIR", type=Path, help="your own templates, in place of built-in ones")
    command.add_argument("--recordings", metavar="DIR", type=Path, help="the folder of answers (recordings/<model>)")
    command.add_argument("--split", choices=("dev", "test"), help="one half of the articles")
    command.add_argument("--article", action="append", metavar="NAME", help="only this article (again for more)")


def _chosen(arguments: argparse.Namespace) -> list[Gold]:
    from evals.gold import load_all

    wanted = set(arguments.article or ())
    golds = [gold for gold in load_all() if arguments.split in (None, gold.split)]
    unknown = wanted - {gold.article for gold in golds}
    if unknown:
        raise ValueError(f"no gold for {', '.join(sorted(unknown))}")
    return [gold for gold in golds if not wanted or gold.article in wanted]


def _run(arguments: argparse.Namespace) -> int:
    from rich.console import Console

    from evals.answers import load_set, settings_for
    from evals.running import EvalRun, run
    from evals.tables import print_run

    golds, sections = _chosen(arguments), arguments.section or SECTIONS
    baseline = EvalRun.model_validate_json(arguments.baseline.read_bytes()) if arguments.baseline else None
    settings = settings_for(arguments.model or "keyword", folder=arguments.recordings, prompts=arguments.prompts)
    known = load_set(settings.replay) if settings.replay else None
    with _progress(len(golds)) as told:
        done = run(settings, golds, told, answered_by=known.answered_by if known else None)
    print_run(done, Console(), sections)
    if arguments.json:
        arguments.json.write_text(done.model_dump_json(indent=1), encoding="utf-8")
    if arguments.scores:
        arguments.scores.write_text(done.without_summaries().model_dump_json(indent=1) + "\n", encoding="utf-8")
    if arguments.html:
        from evals.report import report

        arguments.html.write_text(report(done, golds), encoding="utf-8")
    return _gate(arguments, done, baseline, sections)


def _gate(arguments: argparse.Namespace, done: EvalRun, baseline: EvalRun | None, sections: Sequence[str]) -> int:
    """The exit code: a missing summary, a low F1 or a fallen one is a failure, and says so."""
    from evals.compare import common, print_comparison
    from evals.tables import overall

    problems = [f"{len(done.errors)} articles have no summary"] if done.errors else []
    if done.missing:
        articles = sorted({article for article, _ in done.missing})
        problems.append(
            f"{len(done.missing)} requests have no recorded answer ({', '.join(articles)}); "
            "record them with `python -m evals record`"
        )
    value = overall(done.scores, sections)
    if arguments.fail_under is not None and (value is None or value < arguments.fail_under):
        problems.append(f"F1 over all is {_rate(value)}, under {arguments.fail_under:.2f}")
    if baseline is not None:
        from rich.console import Console

        print_comparison(baseline, done, Console())
        if len(common(baseline, done)[0]) < len(baseline.scores) and not arguments.article and not arguments.split:
            problems.append("the baseline has articles that this run has not")
        problems += _drops(arguments, common(baseline, done), sections)
    for problem in problems:
        print(f"evals: {problem}", file=sys.stderr)
    return FAILED if problems else 0


def _drops(
    arguments: argparse.Namespace,
    halves: tuple[Sequence[ArticleScore], Sequence[ArticleScore]],
    sections: Sequence[str],
) -> list[str]:
    """Every F1 that fell further than it may: over all, and section by section; lenient and strict."""
    from evals.tables import overall

    found = []
    for name, chosen, most in (
        ("over all", sections, arguments.max_drop),
        *((f"of {section}", (section,), arguments.max_section_drop) for section in sections),
    ):
        for label, prefix in (("F1", ""), ("strict F1", "strict_")):
            before, now = (overall(half, chosen, prefix) for half in halves)
            if before is not None and (now is None or before - now > most):
                found.append(f"{label} {name} fell from {_rate(before)} to {_rate(now)}, more than {most:.2f}")
    return found


def _rate(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"


def _compare(arguments: argparse.Namespace) -> int:
    from rich.console import Console

    from evals.compare import print_comparison
    from evals.running import EvalRun

    runs = [EvalRun.model_validate_json(path.read_bytes()) for path in (arguments.a, arguments.b)]
    print_comparison(runs[0], runs[1], Console())
    return 0


def _record(arguments: argparse.Namespace) -> int:
    from evals.answers import folder_of, load_set, recording_settings, save_set, unused
    from evals.gold import load_all
    from evals.running import run

    if not arguments.model:
        raise ValueError("record needs --model provider/model")
    golds = _chosen(arguments)
    folder = arguments.recordings or folder_of(arguments.model)
    settings = recording_settings(
        arguments.model,
        folder=folder,
        prompts=arguments.prompts,
        base_url=arguments.base_url,
        mode=arguments.mode,
    )
    known = load_set(folder)
    save_set(folder, settings, arguments.answered_by or (known.answered_by if known else arguments.model))
    with _progress(len(golds)) as told:
        done = run(settings, golds, told, at_once=arguments.at_once)
    for one in done.errors:
        print(f"evals: {one.article}: {one.error}", file=sys.stderr)
    print(f"{len(golds) - len(done.errors)} of {len(golds)} articles have a summary; answers are in {folder.name}/")
    if arguments.prune and len(golds) == len(load_all()):
        for name in unused(folder, done.used):
            (folder / name).unlink()
    return FAILED if done.errors else 0


def _lint(_: argparse.Namespace) -> int:
    from evals.lint import lint

    problems = lint()
    for problem in problems:
        print(problem)
    if not problems:
        print("the gold is sound, as far as code can tell")
    return FAILED if problems else 0


@contextlib.contextmanager
def _progress(articles: int) -> Iterator[Callable[[str], None]]:
    """Tells on stderr which article is being read: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task: Any = bar.add_task("reading", total=articles)

        def told(article: str) -> None:
            bar.update(task, advance=1, description=article)

        yield told


if __name__ == "__main__":
    sys.exit(main())
