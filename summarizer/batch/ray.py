"""Beyond one machine: a Ray Dataset of articles becomes one of summaries.

What is guaranteed, and by what:

- Each row of the input gives its row (a file of several articles gives several), once, in the rows that Ray Data hands
  on: Ray does the blocks of an actor or a machine that died again, and drops what the dead one had not handed on.
- No call whose answer is in the store is made again: not by a block that is done again, on whatever machine, nor by the
  same program run again after its end. An answer is in the store before it is used, so what can be paid twice is a call
  that was under way when its actor died: at most `at_once` for each death.
- Not guaranteed: articles with the same content (or the same article in two datasets) that are under way on two actors
  at the same time are asked by both. Afterwards the store has them.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from summarizer.batch.actor import Share, Summarizer
from summarizer.batch.configuration import configuration
from summarizer.batch.readers import batch_engine
from summarizer.batch.session import Plan
from summarizer.batch.store import Store
from summarizer.engines.llm.providers import PROVIDERS
from summarizer.errors import SettingsError
from summarizer.rendering.formats import missing
from summarizer.settings import Options, Settings, load_settings

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

_TASKS_AT_ONCE = 2
"""Blocks that an actor works on: while the last articles of one are waited for, the next one has begun."""

CPUS_MODEL, CPUS_KEYWORD = 0.5, 1.0
"""Processors of one actor. With a model it mostly waits; the keyword engine is all processor."""

MEMORY = 800_000_000
"""Bytes of one actor; see docs/scale.md."""


def summarize_dataset(
    ds: Dataset,
    *,
    store: str | Path,
    actors: int | tuple[int, int] = 2,
    at_once: int = 32,
    block_rows: int = 128,
    requests_per_minute: float | None = None,
    tokens_per_minute: float | None = None,
    patience: float = 600.0,
    retry_failed: bool = False,
    num_cpus: float | None = None,
    memory: int = MEMORY,
    **settings: Unpack[Options],
) -> Dataset:
    """The summaries of the articles in `ds`, lazily: `.write_parquet(folder)` or any other use of it does the work.

    A row of `ds` has the article in columns (`text`, `title`, `source`, `url`, `published`, `language`, or the names that
    `fields="text=body"` gives), or a file's content in `bytes` and its name in `path` (`ray.data.read_binary_files`
    with `include_paths=True`). A row of the result is a summary, nested as in the Parquet rendering: `article_sha256`,
    `error`, `article`, `gist`, `parties`, ...; where an article failed, `error` says why and the sections are null.
    `items` makes a section's own table of it. Write it with `mode=SaveMode.OVERWRITE`: Ray adds to what lies in a folder,
    and the rows that an earlier run wrote before it ended come again.

    - `store`: a folder that every machine sees, or an object store's address (`s3://...`): what was answered and what was
      made, so that nothing is paid twice. Keep it as long as the same articles may come again.
    - `actors`: how many, or the least and the most. Each keeps an engine, and up to `at_once` calls under way.
    - `requests_per_minute`, `tokens_per_minute`: for all actors together, in equal parts of the most there can be.
    - `block_rows`: rows that are one actor's work, done again if it dies.
    - `patience`: seconds without an answer that the endpoint is waited for; then the run fails, and goes on when it is
      run again.
    - `retry_failed`: whether articles that failed in an earlier run are tried again.
    - `num_cpus` (default: half of one for a model, one for the keyword engine), `memory` (bytes): what Ray sets aside for
      each actor. Leave a processor for reading, or Ray Data has none to feed the actors with.
    - any setting, as `summarize` takes them. Folders and `localhost` in them are those of the machine that the actor is
      on. Keys go to the actors with the settings; of the environment, only the providers' variables do.

    Raises SettingsError at once; while the work is done, Ray's own errors, which name what was raised in the actor.
    """
    try:
        from ray.data import ActorPoolStrategy
    except ModuleNotFoundError as error:
        raise missing("summarizer.batch.ray", error, "ray") from None
    loaded = _portable(load_settings(**settings))
    least, most = (actors, actors) if isinstance(actors, int) else actors
    if not 1 <= least <= most or block_rows < 1:
        raise SettingsError("actors (the least, the most) and block_rows have to be 1 or more")
    Plan(None, None, at_once, requests_per_minute, tokens_per_minute, patience=patience).checked()
    engine = batch_engine(loaded, _no_transport())
    place, run = _place(store), uuid.uuid4().hex
    Store(place).begin_run(run, configuration(loaded, engine))
    share = Share(
        run,
        at_once,
        requests_per_minute / most if requests_per_minute else None,
        tokens_per_minute / most if tokens_per_minute else None,
        patience,
        retry_failed,
    )
    return ds.repartition(target_num_rows_per_block=block_rows).map_batches(
        Summarizer,
        fn_constructor_args=(loaded, place, share),
        batch_size=max(1, at_once // 2),
        batch_format="pyarrow",
        # Ray's defaults are kept for what dies: actors are started again, and their blocks done again, without end.
        compute=ActorPoolStrategy(
            min_size=least,
            max_size=most,
            max_tasks_in_flight_per_actor=_TASKS_AT_ONCE + 1,
            max_concurrent_calls_per_actor=_TASKS_AT_ONCE,
        ),
        num_cpus=num_cpus if num_cpus is not None else (CPUS_MODEL if engine.model else CPUS_KEYWORD),
        memory=memory,
    )


def items(summaries: Dataset, section: str) -> Dataset:
    """One row an item of `section` (`humanitarian_figures`, `positions`, ...), with its article's SHA-256."""
    from summarizer.rendering.as_parquet import section_table, sections

    if section not in sections():
        raise SettingsError(f"{section!r} is no section: {', '.join(sections())}")

    def itemised(batch: pa.Table) -> pa.Table:
        return section_table(batch, section)

    return summaries.map_batches(itemised, batch_format="pyarrow", batch_size=None)


def _place(store: str | Path) -> str:
    place = str(store)
    return place if "://" in place else str(Path(place).absolute())


def _portable(settings: Settings) -> Settings:
    """Without the rest of the environment: nobody's other secrets go to the cluster."""
    names = {name for provider in PROVIDERS.values() for name in (*provider.keys, *provider.urls)}
    kept = {name: value for name, value in settings.variables.items() if name in names}
    return settings.model_copy(update={"variables": kept})


def _no_transport() -> Any:
    import httpx2

    return httpx2.MockTransport(lambda _: httpx2.Response(500))
