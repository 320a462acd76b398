"""Commands of the console script, as a test runs them."""

import os
import subprocess

from tests.makers import PROGRAM

FAILED = 2


def run(*arguments: str, given: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end, with these variables and no others of ours."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("INTERLINK_")}
    return subprocess.run(
        [*PROGRAM, *arguments],
        input=given,
        env=plain | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def is_one_sentence(done: "subprocess.CompletedProcess[str]") -> bool:
    """Say whether a command failed with one sentence for its operator and nothing else."""
    return done.returncode == FAILED and done.stdout == "" and done.stderr.count("\n") == 1
