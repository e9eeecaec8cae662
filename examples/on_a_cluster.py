"""Summarises a folder of articles, or one in an object store, on a Ray cluster, and writes Parquet.

    pip install 'conflict-summarizer[ray]'
    python examples/on_a_cluster.py examples/ukraine-talks.fr.txt out --store store --model keyword
    python examples/on_a_cluster.py s3://bucket/articles s3://bucket/summaries --store s3://bucket/store \\
        --model vllm/Qwen/Qwen3-8B --base-url http://vllm.internal:8000/v1 --actors 8 --at-once 64

On one machine Ray starts itself; on a cluster run it with RAY_ADDRESS set, or as `ray job submit`. A source that ends in
.parquet, .csv or .jsonl is a table with an article in each row, anything else is files with an article (or several) each.
The same command again, after whatever ended the first, pays for nothing twice: that is what the store is for.
"""

from __future__ import annotations

import argparse
import sys

from summarizer import SummarizerError
from summarizer.batch.ray import summarize_dataset


def main() -> int:
    """Read, summarise, write; say how many rows and how many failed."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("source", help="a folder, file or object store address of articles")
    parser.add_argument("out", help="where the Parquet files go")
    parser.add_argument("--store", required=True, help="a folder that every machine sees, or an object store address")
    parser.add_argument("--model", default="keyword")
    parser.add_argument("--base-url")
    parser.add_argument("--actors", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=32, help="calls under way at once, of each actor")
    parser.add_argument("--retry-failed", action="store_true")
    arguments = parser.parse_args()
    from ray.data import SaveMode

    try:
        articles = read(arguments.source)
        summaries = summarize_dataset(
            articles,
            store=arguments.store,
            actors=arguments.actors,
            at_once=arguments.at_once,
            retry_failed=arguments.retry_failed,
            model=arguments.model,
            base_url=arguments.base_url,
        )
    except SummarizerError as error:
        print(f"on_a_cluster: {error}", file=sys.stderr)
        return error.exit_code
    # A run that ended early has left files; the rows in them come again, from the store. Without a least number of rows
    # there is a small file for each block of work.
    summaries.write_parquet(arguments.out, mode=SaveMode.OVERWRITE, min_rows_per_file=2_000)
    return report(arguments.out)


def read(source: str):
    """The source as a dataset."""
    import ray

    readers = {".parquet": ray.data.read_parquet, ".csv": ray.data.read_csv, ".jsonl": ray.data.read_json}
    for ending, reader in readers.items():
        if source.endswith(ending):
            return reader(source)
    return ray.data.read_binary_files(source, include_paths=True)


def report(out: str) -> int:
    """What was written; 3 where some articles failed, as `summarizer batch` ends."""
    import ray

    errors = ray.data.read_parquet(out).select_columns(["error"]).take_all()
    failed = [row["error"]["message"] for row in errors if row["error"] is not None]
    print(f"{len(errors) - len(failed):,} summaries and {len(failed):,} failures in {out}")
    for message in failed[:10]:
        print(f"  {message}", file=sys.stderr)
    return 3 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
