"""Who may know whom, in Python (.importlinter) and in the PWA (the floors below)."""

import re
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "pwa" / "src"

# From the roof to the ground: a file sees its own floor and those below.
FLOORS = (
    ("",),  # main.ts, App.svelte and the service worker, which put everything together
    ("routes",),
    ("kinds",),
    ("lib/components",),
    ("lib/actions", "lib/state"),
    ("lib/data", "lib/api", "lib/worker"),
    ("lib/i18n",),
    ("lib/model",),
)
_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*['"](?P<what>[^'"]+)['"]""")


def test_every_import_contract_holds():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_room_of_the_backend_is_without_a_contract():
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter")
    named = set(re.findall(r"backend\.(\w+)", contracts["importlinter:contract:rooms"]["layers"]))
    rooms = {file.parent.name for file in (ROOT / "backend").glob("*/__init__.py")} - {"migrations"}
    assert rooms <= named


def test_the_pwa_is_imported_downwards_only():
    wrong = [
        f"{name} imports {imported}"
        for name, imported in _imports_of_the_pwa()
        if _floor(PurePosixPath(imported)) < _floor(PurePosixPath(name))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_reader_of_imports_sees_what_there_is():
    found = dict.fromkeys(_floor(PurePosixPath(name)) for name, _ in _imports_of_the_pwa())
    assert len(found) >= 4
    assert [
        match["what"] for match in _IMPORT.finditer("import { a } from './a'; import './b.css'; import('$lib/c')")
    ] == [
        "./a",
        "./b.css",
        "$lib/c",
    ]


def _imports_of_the_pwa() -> Iterator[tuple[str, str]]:
    """Each import between files of the PWA as two paths below `pwa/src`."""
    for file in sorted([*SOURCE.rglob("*.ts"), *SOURCE.rglob("*.svelte")]):
        if file.name.endswith(".test.ts") or "paraglide" in file.parts:
            continue
        for match in _IMPORT.finditer(file.read_text()):
            what = match["what"]
            if what.startswith("$lib/"):
                target = SOURCE / what.replace("$lib", "lib", 1)
            elif what.startswith("."):
                target = (file.parent / what).resolve()
            else:
                continue
            yield file.relative_to(SOURCE).as_posix(), target.relative_to(SOURCE).as_posix()


def _floor(path: PurePosixPath) -> int:
    folder = path.parent.as_posix()
    for number, folders in reversed(list(enumerate(FLOORS))):
        if any(folder == one or folder.startswith(f"{one}/") for one in folders if one):
            return number
    return 0
