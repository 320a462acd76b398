"""What a phone's databases hold: looked up as somebody would who has the phone in hand."""

import time

from playwright.sync_api import Error, Page

FORGETS_WITHIN = 30.0  # seconds

# The databases of the page's origin, those in storage buckets too, that hold a word (all of them, for an empty one).
HOLD = """async (word) => {
  const factories = [['', indexedDB]]
  for (const name of (await navigator.storageBuckets?.keys()) ?? [])
    factories.push([name, (await navigator.storageBuckets.open(name)).indexedDB])
  const asked = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
  const holding = []
  for (const [bucket, factory] of factories)
    for (const { name } of await factory.databases()) {
      const database = await asked(factory.open(name))
      let holds = word === ''
      for (const store of holds ? [] : database.objectStoreNames) {
        const rows = await asked(database.transaction(store).objectStore(store).getAll())
        holds ||= JSON.stringify(rows).includes(word)
      }
      if (holds) holding.push(`${bucket} ${name}`.trim())
      database.close()
    }
  return holding.sort()
}"""


def holding(page: Page, word: str) -> list[str]:
    """Names of the local databases in which this word stands."""
    return _asked(page, word)


def forgets(page: Page, word: str, *, within: float = FORGETS_WITHIN) -> None:
    """Wait until this word stands in no local database: wiping goes on while the first screen is shown already."""
    until = time.monotonic() + within
    while where := holding(page, word):
        assert time.monotonic() < until, f"still held: {where}"
        time.sleep(0.3)


def remembers(page: Page, word: str, *, within: float = FORGETS_WITHIN) -> None:
    """Wait until this word stands in a local database."""
    until = time.monotonic() + within
    while not holding(page, word):
        assert time.monotonic() < until, f"never held: {word}"
        time.sleep(0.3)


def databases(page: Page) -> list[str]:
    """Names of all local databases."""
    return _asked(page, "")


def _asked(page: Page, word: str) -> list[str]:
    """Look; a page that loads itself anew meanwhile (after a wipe) is looked at again."""
    until = time.monotonic() + FORGETS_WITHIN
    while time.monotonic() < until:
        try:
            return page.evaluate(HOLD, word)
        except Error as error:
            if "Execution context was destroyed" not in error.message:
                raise
            time.sleep(0.3)
    raise AssertionError("the page never stops loading itself anew")
