"""Servers that need not read the program first.

Reading all modules costs two seconds of processor, and nearly every journey starts a server. So one process reads
them once and is forked for each server (`multiprocessing`, start method «forkserver»): from there on it is the
program itself with its own arguments, environment, files and signals. How it starts from nothing, `backend/cli` asks.
"""

import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

_FORKS: ForkServerContext = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["backend.cli", "backend.app"])


def start(arguments: list[str], environment: Mapping[str, str], log: Path) -> ForkServerProcess:
    """Start `interlink …` with this environment; what it writes is added to `log`."""
    process = _FORKS.Process(target=_run, args=(arguments, dict(environment), log), daemon=True)
    process.start()
    return process


def _run(arguments: list[str], environment: dict[str, str], log: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["interlink", *arguments]
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(out, stream)
    os.close(out)
    runpy.run_module("backend", run_name="__main__")
