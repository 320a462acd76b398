"""The documentation is true: what it names exists, and what exists and matters to somebody is named."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.app import create_app
from backend.cli import cli
from backend.house import open_house
from backend.kit.settings import OTHERS, PREFIX, Settings, documentation
from sync.door import rooms

ROOT = Path(__file__).parents[2]
TRACKED = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
FILES = [ROOT / name for name in TRACKED.split("\0") if name and (ROOT / name).is_file()]
PAGES = [file for file in FILES if file.suffix == ".md"]
FOLDERS = sorted({file.relative_to(ROOT).parts[0] for file in FILES if file.parent != ROOT})

# The app's pages, and what Litestar adds below the interface to say that there is nothing.
NO_ADDRESSES = {"/", "/_session", "/{}", "/api/v1", "/api/v1/{}"}
MAX_PICTURE = 150_000  # bytes

_LINK = re.compile(r"""(?:\]\(|src=")(?P<target>[^)\s"]+)[)"]""")
_CODE = re.compile(r"`([^`\n]+)`")
_VARIABLE = re.compile(PREFIX + r"([A-Z][A-Z_]*)")
_ROUTE = re.compile(r"^\| `(?P<methods>[A-Z, ]+)` \| `(?P<path>/[^`]*)` \|", re.MULTILINE)
# In pieces, so that this file does not name them.
_MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/(?:wor" + r"k/(?:main|shared)|roo" + r"t)\b",
            r"registry\.npm" + r"js",
            r"(?:pypi|pythonhosted|yarnpkg)\." + r"(?:org|com)",
            '"resol' + 'ved":',
        ]
    )
)


def _text(name: str) -> str:
    return (ROOT / name).read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for match in _LINK.finditer(page.read_text()):
        target, _, part = match["target"].partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), match["target"]
        if part:
            assert part in _anchors(file), match["target"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_a_page_names_exist(page):
    named = [word for code in _CODE.findall(page.read_text()) for word in code.split() if _is_path(word)]
    missing = [word for word in named if not any(ROOT.glob(word.rstrip("/")))]
    assert missing == []


def test_every_setting_is_documented():
    page = _text("docs/settings.md")
    for name, sentence in documentation().items():
        assert f"`{name}`" in page
        assert sentence in page, name
    pages = "\n".join(one.read_text() for one in PAGES)
    assert [name for name in OTHERS if PREFIX + name not in pages] == []


def test_every_setting_that_is_named_anywhere_exists():
    known = {name.removeprefix(PREFIX) for name in documentation()} | OTHERS
    places = [file for file in FILES if file.suffix in {".md", ".yaml", ".service", ".sh", ".example"}]
    places += [ROOT / name for name in ("Makefile", "deploy/Dockerfile", "deploy/Caddyfile")]
    named = {name for file in places for name in _VARIABLE.findall(file.read_text())}
    assert named <= known


def test_every_command_is_documented():
    page = _text("docs/how-to/run-it.md")
    assert [name for name in cli.commands if f"`interlink {name}" not in page] == []


def test_every_command_that_the_page_lists_exists():
    assert set(re.findall(r"^\| `interlink ([a-z-]+)", _text("docs/how-to/run-it.md"), re.MULTILINE)) == set(
        cli.commands
    )


async def test_every_address_is_documented_and_every_documented_address_exists(tmp_path):
    async with open_house(Settings(data=tmp_path)) as house:
        routes = create_app(house).routes
    served = {
        (method, _shape(route.path))
        for route in routes
        for method in getattr(route, "methods", ())
        if method != "OPTIONS" and _shape(route.path) not in NO_ADDRESSES
    }
    documented = {
        (method, _shape(path))
        for path, methods in _documented_addresses().items()
        for method in methods
        if not path.startswith("/db/")
    }
    assert documented == served


def test_every_address_of_the_door_is_documented_with_its_methods():
    documented = {path: methods for path, methods in _documented_addresses().items() if path.startswith("/db/")}
    for path, methods in documented.items():
        parts = tuple(path.removeprefix("/db/").split("/"))
        assert set(rooms._table(parts)) == methods, path
    assert {f"/db/{name}" for name in rooms._SERVER} <= set(documented)
    assert {f"/db/{{space}}/{name}" for name in rooms._RESOURCES} <= set(documented)


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", _text("Makefile"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"\bmake ([a-z-]+)(?=[`\s]| #)", "\n".join(_codes(page)))}
    assert named <= targets


def test_the_map_of_the_readme_is_true():
    mapped = set(re.findall(r"^\| `([\w.]+)/` \|", _text("README.md"), re.MULTILINE))
    assert mapped == {folder for folder in FOLDERS if not folder.startswith(".")}


def test_every_decision_is_in_the_list():
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", _text("docs/decisions/README.md")))
    assert listed == {file.name for file in (ROOT / "docs" / "decisions").glob("0*.md")}


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=lambda page: page.stem)
def test_a_decision_says_why_and_what_follows_from_it(page):
    told = re.findall(r"^\*\*([A-Z][a-z]+)", page.read_text(), re.MULTILINE)
    assert [one for one in ("Decided", "Why", "Consequences", "Weighed", "Lives") if one not in told] == []


def test_pictures_are_small_enough_to_load_on_a_train():
    pictures = [file for file in FILES if file.is_relative_to(ROOT / "docs") and file.suffix in {".png", ".webp"}]
    assert pictures
    assert [file.name for file in pictures if file.stat().st_size > MAX_PICTURE] == []


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    found = []
    for file in FILES:
        try:
            text = file.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{file.relative_to(ROOT)}: {match[0]}" for match in _MACHINE.finditer(text)]
    assert found == []


def test_what_we_import_is_pinned_and_both_lists_agree():
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)$", _text("requirements.txt"), re.MULTILINE))
    dev = dict(re.findall(r"^([\w.-]+)==(\S+)$", _text("requirements-dev.txt"), re.MULTILINE))
    wanted = tomllib.loads(_text("pyproject.toml"))["project"]["dependencies"]
    assert [name for name in wanted if re.split(r"[\[<>=]", name)[0] not in pins] == []
    assert {name: version for name, version in pins.items() if dev.get(name) != version} == {}


def test_the_version_is_the_same_everywhere():
    version = tomllib.loads(_text("pyproject.toml"))["project"]["version"]
    assert f'"version": "{version}"' in _text("pwa/package.json")
    assert f"softwareVersion: {version}" in _text("publiccode.yml")


def _documented_addresses() -> dict[str, set[str]]:
    rows = _ROUTE.finditer(_text("docs/api.md"))
    return {row["path"]: {method.strip() for method in row["methods"].split(",")} for row in rows}


def _anchors(page: Path) -> set[str]:
    """What a heading can be linked by, as forges make it."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _codes(page: Path) -> Iterator[str]:
    text = page.read_text()
    yield from _CODE.findall(text)
    yield from re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def _is_path(word: str) -> bool:
    return word.split("/", maxsplit=1)[0] in FOLDERS and "/" in word and not re.search(r"[<>{}…$:]", word)


def _shape(path: str) -> str:
    """A path with its parameters made nameless."""
    return re.sub(r"[<{][^>}]*[>}]", "{}", path)
