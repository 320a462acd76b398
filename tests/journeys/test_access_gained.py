"""A right that Ilze did not have opens what was written before, while she looks on; and to a client not of ours."""

from playwright.sync_api import expect

from tests.interop.device import a_device
from tests.journeys.stage.demo import PROCESS, SPANISH, TASK
from tests.journeys.stage.memory import holding
from tests.journeys.stage.office import OURS, an_office
from tests.journeys.stage.person import ARRIVES, Person

NEW = "Now I may say something here too."


def test_what_was_written_before_comes_to_the_open_screen_when_a_task_opens(ilze: Person, server):
    with an_office(server.address) as office:
        [team] = office.teams_of("Ilze")
        office.sets_task(team)
        ilze.signs_in(keeps_app=False)
        ilze.opens_task(PROCESS, TASK)
        assert holding(ilze.page, SPANISH) == []
        expect(ilze.page.get_by_text(SPANISH)).to_have_count(0)
        office.frees_task(team)
    ilze.sees_contribution(SPANISH)
    ilze.contributes(NEW)
    ilze.sees_state(NEW, "received")


def test_a_right_that_comes_back_brings_everything_back(ilze: Person, server):
    ilze.signs_in(keeps_app=False)
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_contribution(SPANISH)
    with an_office(server.address) as office:
        [team] = office.teams_of("Ilze")
        office.sets_task(team)
        expect(ilze.page.get_by_text(SPANISH)).to_have_count(0, timeout=ARRIVES)
        office.frees_task(team)
    ilze.sees_contribution(SPANISH)


def test_old_documents_of_a_new_right_come_to_a_plain_pouchdb(server):
    with an_office(server.address) as office, an_office(server.address, "ilze") as citizen:
        [team] = office.teams_of("Ilze")
        task = office.task()
        office.sets_task(team)
        cookie = "; ".join(f"{name}={value}" for name, value in citizen.client.cookies.items())
        remote = f"{server.address}/db/process-{office.process}"
        with a_device(remote, {**OURS, "cookie": cookie}) as device:
            device.pull()
            assert not [name for name in device.all() if name.startswith(f"{task}:")]
            office.frees_task(team)
            device.pull()
            written = [one["text"] for name, one in device.all().items() if name.startswith(f"{task}:")]
            assert any(text.startswith(SPANISH) for text in written)
            assert device.pull()["docs_read"] == 0
