"""What Lighthouse says of the app on a phone: median of five runs for a public page, start, catalogue and a task.

    python -m bench.lighthouse

Serves a demo of its own. The scores for performance are worth something on a quiet machine only; the others always.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.journeys.stage.demo import EMAIL, PASSWORD
from tests.journeys.stage.screens import screens_of
from tests.makers import a_demo, a_server

RUNS = 5
HERE = Path(__file__).parent / "lighthouse"


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    node = shutil.which("node")
    if chromium is None or node is None:
        print("Chromium and Node are needed: make test-tools")
        return 1
    runs = sys.argv[1] if len(sys.argv) > 1 else str(RUNS)
    with tempfile.TemporaryDirectory() as folder:
        data = a_demo(Path(folder) / "data")
        with a_server(data, log=Path(folder) / "log") as server:
            screens = screens_of(server)
            paths = (f"/public/{screens.process}?lang=en", "/", "/catalogue", f"{screens.task_path}#mine")
            addresses = [server.address + path for path in paths]
            done = subprocess.run(
                [node, "run.mjs", runs, chromium, f"{EMAIL.format(name='ilze')}:{PASSWORD}", *addresses],
                cwd=HERE,
                capture_output=True,
                text=True,
                check=False,
            )
    if done.returncode:
        print(done.stderr)
        return 1
    scored, measured = ("perf", "a11y", "best", "seo"), ("FCP ms", "LCP ms", "TBT ms", "CLS")
    print(f"{'page':34}" + "".join(f"{one:>6}" for one in scored) + "".join(f"{one:>8}" for one in measured))
    for path, one in zip(paths, json.loads(done.stdout), strict=True):
        if one["firstPaint"] is None:
            print(f"{path[:34]:34}  nothing was painted: the machine is too busy to say anything")
            continue
        scores = "".join(f"{one[name]:6}" for name in ("performance", "accessibility", "best-practices", "seo"))
        print(
            f"{path[:34]:34}{scores}{one['firstPaint']:8}{one['largestPaint']:8}{one['blocked']:8}{one['shift']:8.3f}"
        )
        if one["missed"]:
            print(f"    missed: {', '.join(one['missed'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
