"""What docs/how-to/add-an-interlinker.md says works: its blocks, put into a copy of the house, make a whole kind."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "add-an-interlinker.md"
TAKEN = ("backend", "sync", "push", "tests", "docs", "pyproject.toml", "pwa")
LEFT = shutil.ignore_patterns("node_modules", "dist", "__pycache__", ".out", "paraglide", "releases", "interop")
_BLOCK = re.compile(r"^```(?P<form>\w+) (?P<path>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> Iterator[tuple[str, str, str]]:
    """Each block that names a file: its form, the path, the text."""
    for found in _BLOCK.finditer(PAGE.read_text()):
        yield found["form"], found["path"], found["text"]


def apply(changes: str, text: str) -> str:
    """Put the lines with `+` where the lines with `-` stand, piece by piece."""
    for piece in re.finditer(r"((?:^-.*\n)+)((?:^\+.*\n)+)", changes, re.MULTILINE):
        old, new = (re.sub(r"^[-+]", "", lines, flags=re.MULTILINE) for lines in piece.groups())
        assert text.count(old) == 1, f"the page changes a line that is not there: {old}"
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house with what the page adds."""
    house = tmp_path_factory.mktemp("house")
    for name in TAKEN:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, house / name, ignore=LEFT)
        else:
            shutil.copy(source, house / name)
    (house / "pwa" / "node_modules").symlink_to(ROOT / "pwa" / "node_modules")
    for form, path, text in blocks():
        file = house / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(apply(text, file.read_text()) if form == "diff" else text)
    types = runs(house, sys.executable, "-m", "backend.replication.typescript")
    (house / "pwa" / "src" / "lib" / "model" / "documents.ts").write_text(types)
    return house


def runs(house: Path, *command: str, below: str = ".") -> str:
    """Run a program in the copy and return what it printed; it must end well."""
    done = subprocess.run(
        command,
        cwd=house / below,
        env={**os.environ, "PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_brings_a_whole_kind() -> None:
    paths = [path for form, path, _ in blocks() if form != "diff"]
    assert [path for path in paths if (ROOT / path).exists()] == []
    assert {Path(path).name for path in paths} >= {"kind.ts", "View.svelte", "en.json", "it.json", "lv.json", "es.json"}


def test_the_gate_holds_the_new_kind_to_the_same_rights_as_all_others(copy: Path) -> None:
    told = runs(copy, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "estimate",
                "tests/backend/kinds/test_rights.py", "tests/house/test_kinds.py")  # fmt: skip
    assert re.search(r"\b2\d passed", told), told


def test_the_app_takes_the_new_kind_and_its_screens_are_sound(copy: Path) -> None:
    runs(copy, "npm", "run", "messages", below="pwa")
    only = {"extends": "./tsconfig.json", "include": ["src/vite-env.d.ts", "src/kinds/*.ts", "src/kinds/estimate/*"]}
    (copy / "pwa" / "tsconfig.kinds.json").write_text(json.dumps(only))
    runs(copy, "npx", "svelte-check", "--tsconfig", "./tsconfig.kinds.json", "--fail-on-warnings", below="pwa")
    runs(copy, "npx", "vitest", "run", "src/kinds/registry.test.ts", below="pwa")
