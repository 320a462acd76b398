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
        moved = stranger.page.evaluate("globalThis.moved")
        assert sum(value for value, *_ in moved) <= MOVES, (path, moved)
        stranger.phone.closes_browser()
