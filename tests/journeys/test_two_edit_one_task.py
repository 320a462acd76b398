"""Ilze says offline how far a task is, meanwhile an administrator gives it another name: both arrive on every phone."""

from playwright.sync_api import expect

from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import ARRIVES, Person
from tests.makers import Server, a_client

NAME = "Which services do people ask for at the counter?"


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
