"""The app can stand on the home screen of a phone, with its own name and face."""

import json
import urllib.request


def test_chromium_finds_nothing_that_keeps_it_from_being_installed(a_person):
    someone = a_person("someone")
    someone.opens("/")
    someone.waits_until_kept()
    browser = someone.phone.context.new_cdp_session(someone.page)
    assert browser.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert browser.send("Page.getAppManifest")["errors"] == []


def test_its_manifest_names_it_and_its_icons_are_there(server):
    with urllib.request.urlopen(f"{server.address}/manifest.webmanifest") as answer:
        manifest = json.load(answer)
    assert manifest["name"] == "Interlink"
    assert manifest["display"] == "standalone"
    assert {"any", "maskable"} <= {purpose for icon in manifest["icons"] for purpose in icon["purpose"].split()}
    for icon in manifest["icons"]:
        with urllib.request.urlopen(f"{server.address}/{icon['src'].lstrip('./')}") as answer:
            assert answer.headers["Content-Type"] == icon["type"]
