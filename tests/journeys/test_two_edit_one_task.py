"""Two people change one task apart: what merges arrives on every phone, what contradicts is chosen in two taps."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.stage.apart import janis_apart
from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import ARRIVES, Person
from tests.makers import Server, a_client

NAME = "Which services do people ask for at the counter?"
SAID_BY_ONE, SAID_BY_ANOTHER = "Ask at the counter", "Ask by telephone"


def renames(server: Server, task: str) -> None:
    """Jānis, who administers the process, gives the task another name from his own machine."""
    with a_client(server, "janis") as client:
        spaces = client.get("/api/v1/spaces").json()["spaces"]
        [space] = [one for one in spaces if one.get("title", {}).get("en") == PROCESS["en"]]
        assert space["administrator"]
        address = f"/db/{space['name']}/all:task:{task}"
        stored = client.get(address).json()
        changed = {**stored, "name": {**stored["name"], "en": NAME, "lv": NAME}, "by": space["member"]}
        client.put(address, json=changed).raise_for_status()


def says_finished(person: Person) -> None:
    person.page.get_by_role("button", name=person.says("status_finished")).click()
    sees_finished(person)


def sees_finished(person: Person) -> None:
    choice = person.page.get_by_role("button", name=person.says("status_finished"))
    expect(choice).to_have_attribute("aria-pressed", "true", timeout=ARRIVES)


def sees_one_task_with_both(person: Person) -> None:
    expect(person.page.get_by_role("heading", level=1, name=NAME)).to_be_visible(timeout=ARRIVES)
    sees_finished(person)
    expect(person.page.get_by_text(person.says("two_versions"))).to_have_count(0, timeout=ARRIVES)


def test_a_status_said_offline_and_a_new_name_become_one_task_and_nobody_has_to_choose(
    ilze: Person, anna: Person, server: Server
):
    for person in (ilze, anna):
        person.signs_in()
        person.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()
    says_finished(ilze)
    ilze.sees_offline(waiting=1)

    renames(server, ilze.phone.path.rsplit("/", 1)[1])
    expect(anna.page.get_by_role("heading", level=1, name=NAME)).to_be_visible(timeout=ARRIVES)
    expect(ilze.page.get_by_role("heading", level=1, name=TASK["en"])).to_be_visible()

    ilze.phone.comes_online()
    for person in (ilze, anna):
        sees_one_task_with_both(person)
        person.waits_until_synced()
        person.phone.picture("one-task-with-both", whole=True)


def chooses_in_two_taps(person: Person, name: str) -> None:
    """Each version has the whole width of the phone; a tap on one, a tap on the button."""
    two = person.page.get_by_role("region", name=person.says("versions_title"))
    one = two.locator("label").filter(has_text=name)
    expect(one.locator("ins").first).to_be_visible(timeout=ARRIVES)
    box = one.bounding_box()
    assert box
    assert box["width"] > 0.85 * person.phone.shape.width
    person.phone.picture("two-versions", whole=True)
    one.click()
    two.get_by_role("button", name=person.says("versions_go_mine")).click()
    expect(two).to_have_count(0)


def test_two_names_for_one_task_are_both_shown_until_who_may_choose_has_chosen_one(
    ilze: Person, a_person: Callable[..., Person], server: Server
):
    janis = a_person("janis", language="en")
    apart = janis_apart(server)
    with apart.client:
        apart.changes_twice(f"all:task:{apart.task}", {"name": {"en": SAID_BY_ONE}}, {"name": {"en": SAID_BY_ANOTHER}})
    for person in (ilze, janis):
        person.signs_in()
        person.opens(f"/processes/{apart.process}/tasks/{apart.task}")
    expect(ilze.page.get_by_text(ilze.says("versions_wait"))).to_be_visible(timeout=ARRIVES)
    expect(ilze.page.get_by_role("radio")).to_have_count(0)
    chooses_in_two_taps(janis, "telephone")
    for person in (janis, ilze):
        expect(person.page.get_by_role("heading", level=1, name=SAID_BY_ANOTHER)).to_be_visible(timeout=ARRIVES)
        expect(person.page.get_by_text(person.says("two_versions"))).to_have_count(0, timeout=ARRIVES)
