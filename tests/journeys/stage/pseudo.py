"""The app in a language that nobody speaks: every message between ⟦ and ⟧ and two fifths longer.

What a screen says outside the brackets comes from no catalogue: it must be data, or it was forgotten in the code. The
longer words show where a label has no room for another language.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

PWA = Path(__file__).parents[3] / "pwa"
OPEN, CLOSE = "⟦", "⟧"
_LEFT = ("node_modules", "dist", "paraglide")
_FILLED = re.compile(r"(\{[^{}]*\})")
_MESSAGE = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")


def pseudo(text: str) -> str:
    """The message as the language that nobody speaks has it; what is filled in stays."""
    parts = _FILLED.split(text)
    long = [part if n % 2 else re.sub(r"([aeiou])", r"\1\1", part) for n, part in enumerate(parts)]
    more = round(len(text) * 0.4) - (sum(map(len, long)) - len(text))
    return f"{OPEN}{''.join(long)}{'~' * max(0, more)}{CLOSE}"


def builds_pseudo(folder: Path) -> Path:
    """Build the app with that language in the place of English; the answer is the folder to serve."""
    source = folder / "pwa"
    shutil.copytree(PWA, source, ignore=lambda _, names: [name for name in names if name in _LEFT])
    (source / "node_modules").symlink_to((PWA / "node_modules").resolve())
    for file in (*source.glob("messages/en.json"), *source.glob("src/**/texts/en.json")):
        file.write_text(json.dumps(_pseudo(json.loads(file.read_text())), ensure_ascii=False))
    vite = source / "node_modules" / "vite" / "bin" / "vite.js"
    subprocess.run(["node", vite, "build"], cwd=source, check=True, capture_output=True, timeout=170)
    return source / "dist"


def _pseudo(messages: dict[str, Any]) -> dict[str, Any]:
    def forms(message: Any) -> Any:
        if isinstance(message, str):
            return pseudo(message)
        return [{**one, "match": {name: pseudo(text) for name, text in one["match"].items()}} for one in message]

    return {key: one if key.startswith("$") else forms(one) for key, one in messages.items()}


def said_outside(line: str) -> str:
    """What of a line is no message; a message may hold others."""
    while (rest := _MESSAGE.sub(" ", line)) != line:
        line = rest
    return line.strip()
