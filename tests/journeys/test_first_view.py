"""The first look at the address on a new phone: words at once, and nothing that moves under a finger afterwards."""

from playwright.sync_api import expect

from tests.journeys.stage.screens import screens_of

MOVES = 0.05  # of the screen, all shifts together; 0.1 is what Web Vitals call good
SHIFTS = """(() => {
  globalThis.moved = []
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      globalThis.moved.push([value, ...sources.map(({ node }) => node?.parentElement?.className ?? '')])
  }).observe({ type: 'layout-shift', buffered: true })
})()"""


def moved(person) -> float:
    return sum(value for value, *_ in person.page.evaluate("globalThis.moved"))


def test_nothing_moves_while_the_first_screen_comes_to_a_new_phone(a_person, server):
    for language, path, words in (
        ("en", "/", "welcome_title"),
        ("lv", "/catalogue", "catalogue_found"),
        ("es", f"/public/{screens_of(server).process}", "guide"),
    ):
        stranger = a_person("stranger", language=language)
        stranger.phone.opens_browser()
        stranger.phone.context.add_init_script(SHIFTS)
        stranger.phone.opens(path)
        expect(stranger.page.locator("#first")).to_have_count(0)
        expect(stranger.page.get_by_text(stranger.says(words)).first).to_be_attached()
        stranger.waits_until_settled()
        assert moved(stranger) <= MOVES, path
        stranger.phone.closes_browser()


def test_what_a_phone_holds_comes_at_once_and_stays_where_it_is(ilze, server):
    screens = screens_of(server)
    ilze.signs_in()
    ilze.phone.context.add_init_script(SHIFTS)
    for path in (screens.task_path, f"/processes/{screens.process}", "/", "/processes", "/settings"):
        ilze.opens(path)
        expect(ilze.page.get_by_role("listitem").first).to_be_visible()
        ilze.waits_until_settled()
        assert moved(ilze) <= MOVES, (path, ilze.page.evaluate("globalThis.moved"))
