"""A program that has done its imports and starts in a moment: each start is a fork, so a hundred deaths cost seconds.

Run as a program it reads one command line (JSON) after another from its standard input and runs `python -m sync` with
it in a process of its own; an empty line kills that process without a warning (SIGKILL). What it started dies with it.
"""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

from sync.__main__ import main


@contextmanager
def a_nursery():
    """Gives `start(*arguments)` and `kill()`; both have happened when they return."""
    command = [sys.executable, __file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        told, heard = process.stdin, process.stdout

        def ask(line):
            told.write(line + "\n")
            told.flush()
            assert heard.readline() == "done\n", "the nursery died"

        try:
            yield lambda *arguments: ask(json.dumps(arguments)), lambda: ask("")
        finally:
            told.close()


def serve():
    child = 0
    for line in sys.stdin:
        if child:
            _kill(child)
        child = 0 if line == "\n" else _born(json.loads(line))
        sys.stdout.write("done\n")
        sys.stdout.flush()
    if child:
        _kill(child)


def _born(arguments):
    child = os.fork()
    if child:
        return child
    sys.argv[1:] = arguments
    try:
        os._exit(main())
    finally:
        os._exit(1)


def _kill(child):
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


if __name__ == "__main__":
    serve()
