"""While Ilze is away, an administrator closes a task to her team: her phone forgets the others' words, not hers."""

import subprocess
import sys
import time

from playwright.sync_api import expect

from tests.journeys.stage.demo import PROCESS, SPANISH, TASK
from tests.journeys.stage.person import ARRIVES, Person
from tests.makers import a_server

MINE = "The ticket machine should speak, for people who cannot see."

# The databases of the page's origin, those in storage buckets too, that hold a word.
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
      for (const store of database.objectStoreNames) {
        const rows = await asked(database.transaction(store).objectStore(store).getAll())
        if (JSON.stringify(rows).includes(word)) holding.push(`${bucket} ${name} ${store}`)
      }
      database.close()
    }
  return holding
}"""


def forgets(person: Person, word: str) -> None:
    """Wait until no database on this phone holds the word."""
    until = time.monotonic() + ARRIVES / 1000
    while holding := person.page.evaluate(HOLD, word):
        assert time.monotonic() < until, f"still held: {holding}"
        time.sleep(0.5)


def test_a_right_lost_while_away_removes_what_others_wrote_and_rescues_what_she_wrote(demo_copy, phone_at, tmp_path):
    with a_server(demo_copy, log=tmp_path / "before.log") as before:
        ilze = Person("ilze", phone_at(before.port, "ilze"))
        ilze.signs_in()
        ilze.opens_task(PROCESS, TASK)
        ilze.sees_contribution(SPANISH)
        task = ilze.phone.path
        assert ilze.page.evaluate(HOLD, SPANISH), "the control: the words are on the phone"
        ilze.phone.goes_offline()
        ilze.contributes(MINE)
        ilze.sees_state(MINE, "waiting")

    closing = [sys.executable, "-m", "tests.journeys.stage.rights", str(demo_copy), TASK["en"]]
    subprocess.run(closing, check=True, timeout=60)

    with a_server(demo_copy, log=tmp_path / "after.log") as after:
        ilze.phone.wire.leads_to(after.port)
        ilze.phone.comes_online()
        ilze.opens("/waiting")
        article = ilze.page.get_by_role("main").get_by_role("article").filter(has_text=MINE)
        expect(article).to_be_visible(timeout=ARRIVES)
        ilze.phone.picture("rescued", whole=True)

        ilze.opens(task)
        expect(ilze.page.get_by_text(SPANISH)).to_have_count(0)
        ilze.waits_until_settled()
        ilze.phone.picture("task-after", whole=True)
        forgets(ilze, SPANISH)
        assert ilze.page.evaluate(HOLD, MINE)
