"""Who takes part: teams, adding many at once, asking to join, leaving, organisations in several languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.stage.demo import PROCESS, TEAMS
from tests.journeys.stage.parts import card, decides, more_about, opens_part, sheet
from tests.journeys.stage.person import ARRIVES, Person
from tests.makers import a_photo

WHY = "I repair the ticket machines and see who stands in line."
ANSWER = "Come on Tuesday, we sit in the library."
LIST = "name;email\nAnna;anna@demo.example\nNils;nils@example.org\nNils again;nils@example.org\nNobody;not an address\n"


@pytest.fixture
def janis(a_person) -> Person:
    """He administers the process."""
    return a_person("janis", language="en")


@pytest.fixture
def edgars(a_person) -> Person:
    """He is the company's only person in the process."""
    return a_person("edgars")


def opens_people(person: Person) -> None:
    opens_part(person, "people", title="people")


def test_everybody_sees_who_takes_part_also_without_a_network(ilze):
    ilze.signs_in()
    ilze.phone.goes_offline()
    opens_people(ilze)
    citizens = card(ilze, TEAMS["citizens"])
    for name in ("Ilze", "Anna", "Lucía"):
        expect(citizens).to_contain_text(name)
    expect(citizens).to_contain_text("3 people")
    expect(ilze.page.get_by_text(ilze.says("people_offline"))).to_be_visible(timeout=ARRIVES)
    ilze.phone.picture("people-offline", whole=True)


def test_an_invitation_is_made_held_up_as_a_qr_code_and_taken_back(janis):
    janis.signs_in(keeps_app=False)
    opens_people(janis)
    janis.follows(janis.says("add_people"))
    janis.field("joins_team").first.select_option(label=TEAMS["citizens"])
    janis.field("invite_uses").fill("30")
    janis.presses("invite_make")
    made = janis.page.get_by_role("article").filter(has_text="used 0 of 30 times")
    expect(made.get_by_label(janis.says("link"))).to_have_value(re.compile(r"/join#\S{20,}"))
    expect(made.get_by_role("heading")).to_have_text(TEAMS["citizens"])
    made.get_by_role("button", name=janis.says("qr_show")).click()
    picture = sheet(janis).get_by_role("img", name=janis.says("qr_alt"))
    assert picture.evaluate("(img) => img.decode().then(() => img.naturalWidth)") > 0
    janis.phone.picture("qr")
    decides(janis, "close")
    made.get_by_role("button", name=janis.says("invitation_take_back")).click()
    expect(sheet(janis).get_by_role("heading", name=janis.says("invitation_take_back_title"))).to_be_visible()
    decides(janis, "invitation_take_back")
    expect(made).to_have_count(0)


def test_a_list_of_people_tells_line_by_line_what_will_happen_before_anything_does(janis):
    janis.signs_in(keeps_app=False)
    opens_people(janis)
    janis.follows(janis.says("add_people"))
    janis.field("joins_team").last.select_option(label=TEAMS["company"])
    janis.field("csv_paste").fill(LIST)
    janis.presses("csv_look")
    told = janis.page.get_by_role("region", name=janis.says("csv_result"))
    expect(told.get_by_role("listitem")).to_have_count(4)
    for email, outcome in (("anna@", "csv_joins"), ("nils@", "csv_invited"), ("not an address", "csv_bad")):
        line = told.get_by_role("listitem").filter(has_text=email)
        expect(line.get_by_text(janis.says(outcome)).first).to_be_visible()
    janis.phone.picture("list", whole=True)
    opens_people(janis)
    expect(card(janis, TEAMS["company"])).to_contain_text("1 person")

    janis.follows(janis.says("add_people"))
    janis.field("joins_team").last.select_option(label=TEAMS["company"])
    janis.field("csv_paste").fill(LIST)
    janis.presses("csv_look")
    janis.presses("csv_do")
    expect(told.get_by_role("heading")).to_have_text(janis.says("csv_was"))
    opens_people(janis)
    expect(card(janis, TEAMS["company"])).to_contain_text("Anna", timeout=ARRIVES)


def test_somebody_is_made_administrator_and_somebody_is_taken_out_whose_phone_forgets_the_process(janis, edgars):
    edgars.signs_in()
    edgars.opens_process(PROCESS)
    janis.signs_in(keeps_app=False)
    opens_people(janis)
    more_about(janis, "Marta")
    decides(janis, "administrator_make")
    expect(janis.page.get_by_role("dialog")).to_have_count(0)
    expect(card(janis, TEAMS["office"]).get_by_text(janis.says("administers"))).to_have_count(2)

    more_about(janis, "Edgars")
    decides(janis, "person_remove")
    expect(sheet(janis).get_by_role("heading", name=janis.says("person_remove_title"))).to_be_visible()
    decides(janis, "person_remove")
    expect(janis.page.get_by_role("dialog")).to_have_count(0)
    expect(card(janis, TEAMS["company"])).to_be_visible()
    expect(card(janis, TEAMS["company"])).not_to_contain_text("Edgars")
    process = edgars.phone.path
    edgars.phone.closes_browser()
    edgars.opens(process)
    expect(edgars.page.get_by_text(edgars.says("process_missing"))).to_be_visible(timeout=ARRIVES)


def test_ilze_leaves_the_process_and_its_words_leave_her_phone(ilze):
    ilze.signs_in()
    opens_people(ilze)
    ilze.presses("leave_process")
    expect(sheet(ilze).get_by_role("heading")).to_be_visible()
    ilze.phone.picture("leaving")
    decides(ilze, "leave_process")
    ilze.sees_title("dock_processes")
    expect(ilze.page.get_by_text(ilze.says("no_processes"))).to_be_visible(timeout=ARRIVES)


def test_the_last_administrator_is_asked_to_name_another_before_leaving(janis):
    janis.signs_in(keeps_app=False)
    opens_people(janis)
    janis.presses("leave_process")
    expect(sheet(janis).get_by_role("heading")).to_be_visible()
    janis.phone.watch.expects("status of 4..*/members/me")  # the refusal is meant
    decides(janis, "leave_process")
    expect(sheet(janis).get_by_role("alert")).to_be_visible()
    decides(janis, "stay")
    expect(card(janis, TEAMS["office"])).to_be_visible()


def test_an_organisation_in_two_languages_whose_team_somebody_asks_to_join(janis, edgars, tmp_path):
    janis.signs_in(keeps_app=False)
    janis.opens("/organisations/new")
    janis.page.get_by_role("group", name=janis.says("name")).get_by_label("English").fill("Madona Library")
    names = janis.page.get_by_role("group", name=janis.says("name"))
    janis.field("another_language").select_option("lv")
    janis.presses("add_language")
    expect(names.get_by_label("Latviešu")).to_be_focused()
    names.get_by_label("Latviešu").fill("Madonas bibliotēka")
    with janis.page.expect_file_chooser() as chooser:
        janis.presses("logo_choose")
    chooser.value.set_files(a_photo(tmp_path / "logo.png", width=64, height=64))
    janis.presses("organisation_make")
    expect(janis.page.get_by_role("heading", level=1, name="Madona Library")).to_be_visible()
    janis.follows(janis.says("team_make"))
    janis.page.get_by_role("group", name=janis.says("name")).get_by_label("English").fill("Friends of the library")
    janis.presses("team_make")
    expect(janis.page.get_by_role("heading", level=1, name="Friends of the library")).to_be_visible()
    team = janis.phone.path

    edgars.signs_in(keeps_app=False)
    edgars.opens("/teams")
    edgars.field("organisations_search").fill("bibliot")
    edgars.follows(re.compile("Madona Library"))
    edgars.follows(re.compile("Friends of the library"))
    edgars.field("ask_why").fill(WHY)
    edgars.presses("ask_to_join")
    expect(edgars.page.get_by_text(edgars.says("application_sent"))).to_be_visible()

    janis.opens(team)
    asks = janis.page.get_by_role("article").filter(has_text=WHY)
    asks.get_by_label(janis.says("application_answer")).fill(ANSWER)
    janis.phone.picture("asks", whole=True)
    asks.get_by_role("button", name=janis.says("application_accept")).click()
    expect(asks).to_have_count(0)
    expect(janis.page.get_by_role("main").get_by_role("listitem").filter(has_text="Edgars")).to_be_visible()

    edgars.opens("/teams")
    expect(edgars.page.get_by_text(ANSWER)).to_be_visible()
    expect(edgars.page.get_by_role("link", name=re.compile("Friends of the library"))).to_be_visible()
    edgars.phone.picture("answered", whole=True)
