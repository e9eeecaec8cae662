"""A process that has everything loaded and forks a `summarizer` for each line of folder and arguments (JSON) on its
standard input.

It prints the child's process id, then its exit status. Forking makes fifty processes to kill a matter of seconds; what is
killed is the real command, `main()` and all below it.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import warnings

import instructor  # noqa: F401
import openai  # noqa: F401

from summarizer import summarize
from summarizer.cli import main
from tests.batch.articles import text
from tests.conftest import ROOT


def run() -> None:
    summarize(text(0), model="keyword")  # loads the tables, and then what the engine loads on its first call
    recorded = ROOT / "examples"
    summarize(recorded / "ukraine-talks.fr.txt", model="anthropic/claude", replay=recorded / "recordings")
    gc.freeze()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.close(0)
            os.setsid()
            os.dup2(2, 1)
            warnings.simplefilter("error")
            folder, *arguments = json.loads(line)
            os.chdir(folder)
            os._exit(main(arguments))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    run()
