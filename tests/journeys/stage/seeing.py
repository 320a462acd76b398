"""Looking at a screen as people with different eyes and hands do: axe's rules, reflow, targets, focus."""

import contextlib
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import TimeoutError as NeverError

AXE = Path(__file__).parents[3] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
SEEING = Path(__file__).with_suffix(".js")
RESTS = 5_000  # milliseconds
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
RUN_AXE = "(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then((r) => r.violations)"


def opens_eyes(context: BrowserContext) -> None:
    """Put axe and our own looks into every page this browser opens from now on.

    They come before the page by the browser's own door, so the page's policy stays as it is.
    """
    context.add_init_script(path=AXE)
    context.add_init_script(path=SEEING)


def violations(page: Page) -> list[str]:
    """What axe finds on this screen, one line each: rule, element, what to do."""
    found = page.evaluate(RUN_AXE, list(RULES))
    return [f"{rule['id']}: {node['target']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def sideways(page: Page) -> list[str]:
    """Empty when nothing scrolls sideways; else how wide the page is and the first elements that stick out."""
    return page.evaluate("seeing.sideways()")


def enlarges_text(page: Page, percent: int) -> None:
    page.evaluate("(percent) => seeing.enlargeText(percent)", percent)


def spaces_text(page: Page, *, wide: bool = True) -> None:
    page.evaluate("(wide) => seeing.spaceText(wide)", wide)


def small_targets(page: Page) -> list[str]:
    """Elements to press that are smaller than 24 × 24 px."""
    return page.evaluate("seeing.smallTargets()")


def focus(page: Page) -> dict[str, Any] | None:
    """What has the focus: `words`, `what`; does its `ring` show, is it `covered`. None: nothing has it."""
    return page.evaluate("seeing.focus()")


def focus_at_rest(page: Page) -> dict[str, Any] | None:
    """What has the focus once the screen stands still: what arrives meanwhile may push it about for a moment."""
    with contextlib.suppress(NeverError):
        page.wait_for_function("() => !seeing.focus()?.covered", timeout=RESTS)
    return focus(page)


def own_words(page: Page) -> list[str]:
    """Every text and name on the screen that is not marked as being in another language."""
    return page.evaluate("seeing.ownWords()")
