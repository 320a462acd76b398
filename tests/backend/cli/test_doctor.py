"""The doctor finds each thing that can be wrong with a set-up, says it in one sentence, and changes nothing."""

import socket
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.accounts.actions import create_account
from backend.cli import examination
from backend.cli.examination import examine
from backend.house import open_house
from backend.kit.secrets import open_secrets
from backend.kit.settings import ProviderSettings, Settings
from tests.makers import a_free_port


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in ("INTERLINK_DATA", "INTERLINK_PORT", "INTERLINK_CATALOGUE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def pwa(tmp_path: Path) -> Path:
    folder = tmp_path / "pwa"
    folder.mkdir()
    (folder / "index.html").write_text("<title>Interlink</title>")
    return folder


@pytest.fixture
def healthy(tmp_path: Path, pwa: Path) -> Settings:
    return Settings(data=tmp_path / "data", port=a_free_port(), static=pwa)


def changed(settings: Settings, **members: object) -> Settings:
    return Settings(**{name: getattr(settings, name) for name in Settings.__struct_fields__} | members)


async def opened(settings: Settings) -> None:
    async with open_house(settings):
        pass


def test_a_new_set_up_is_well_and_the_doctor_leaves_no_trace(healthy):
    assert examine(healthy) == []
    assert not healthy.data.exists()


async def test_a_set_up_that_ran_is_well(healthy):
    await opened(healthy)

    assert examine(healthy) == []


def test_a_port_that_somebody_else_has(healthy):
    with socket.create_server(("127.0.0.1", healthy.port)):
        [finding] = examine(healthy)

    assert f"Port {healthy.port} on 127.0.0.1 is taken" in finding


def test_a_folder_that_is_a_file(healthy):
    healthy.data.write_text("")

    assert examine(healthy) == [f"{healthy.data} is a file; the data needs a folder."]


def test_a_folder_that_cannot_be_written(healthy, monkeypatch):
    monkeypatch.setattr(examination.os, "access", lambda *_: False)

    assert examine(healthy) == [f"{healthy.data} cannot be written by this user."]


def test_secrets_that_others_can_read(healthy):
    open_secrets(healthy.data)
    key = healthy.data / "secrets" / "session.key"
    key.chmod(0o644)

    assert examine(healthy) == [f"Other users can read {key}; run: chmod 600 {key}"]


async def test_rows_that_are_not_migrated(healthy):
    await opened(healthy)
    with closing(sqlite3.connect(healthy.data / "rows.db")) as rows:
        rows.execute("DELETE FROM migration WHERE id = (SELECT max(id) FROM migration)")
        rows.commit()

    assert examine(healthy) == [
        f"{healthy.data / 'rows.db'} is not migrated yet; the next start does it, after a backup."
    ]


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("rows.db", "INSERT INTO migration (name, app_name, ran_on) VALUES ('2030', 'interlink', '2030-01-01')"),
        ("spaces.db", "PRAGMA user_version = 99"),
    ],
)
async def test_a_file_of_a_newer_version(healthy, file, change):
    await opened(healthy)
    with closing(sqlite3.connect(healthy.data / file)) as newer:
        newer.execute(change)
        newer.commit()

    [finding] = examine(healthy)
    assert finding.startswith(f"{healthy.data / file} was written by a newer version")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "interlink.example"])
def test_an_address_that_others_reach_without_https(healthy, host):
    assert any("names no https:// address" in one for one in examination.address(changed(healthy, host=host)))


def test_a_public_address_without_https(healthy):
    findings = examine(changed(healthy, public_url="http://interlink.example"))

    assert findings == ["INTERLINK_PUBLIC_URL must begin with https://, or be left out on this machine alone."]


def test_loopback_behind_an_https_proxy_is_well(healthy):
    with socket.create_server(("127.0.0.1", 0)) as post:
        mails = f"smtp://127.0.0.1:{post.getsockname()[1]}"
        for host in ("127.0.0.1", "localhost"):
            public = changed(healthy, host=host, public_url="https://interlink.example", smtp_url=mails)
            assert examine(public) == []


def test_a_public_server_that_sends_no_mail(healthy):
    [finding] = examine(changed(healthy, public_url="https://interlink.example"))
    assert "INTERLINK_SMTP_URL is not set" in finding


def test_a_mail_server_that_is_away_or_no_mail_server_at_all(healthy):
    away = f"smtp://127.0.0.1:{a_free_port()}"
    assert "does not answer" in next(examination.mail(changed(healthy, smtp_url=away)))
    assert "cannot be used" in next(examination.mail(changed(healthy, smtp_url="mail.example")))
    nobody = changed(healthy, smtp_url=away, mail_from="Interlink <interlink@example.org>")
    assert "set INTERLINK_MAIL_FROM" in next(examination.mail(nobody))


def test_a_provider_that_could_be_overheard(healthy):
    overheard, well = (
        ProviderSettings(name="eid", issuer=f"{scheme}://eid.example", client_id="i") for scheme in ("http", "https")
    )
    [finding] = examine(changed(healthy, oidc=(overheard, well)))
    assert "must begin with https://" in finding


def test_a_push_service_that_is_let_through_for_tests(healthy):
    [told] = examine(changed(healthy, push_allow="127.0.0.1:4000"))
    assert "INTERLINK_PUSH_ALLOW" in told
    assert "for tests alone" in told


async def test_published_passwords_in_public(healthy):
    async with open_house(healthy) as house:
        known = {"name": "Ilze", "password": "interlink-demo", "language": "lv", "now": datetime.now(UTC)}
        await create_account(email="ilze@demo.example", demo=True, **known)
        assert house.settings.data == healthy.data

    assert examine(healthy) == []
    findings = examine(changed(healthy, public_url="https://interlink.example"))
    assert "holds the demo" in findings[0]


def test_an_app_that_was_not_built(healthy, tmp_path):
    assert examine(changed(healthy, static=tmp_path / "nowhere")) == [
        "The app is not built, so browsers find nothing here; run: make build"
    ]


def test_a_setting_with_a_slip_of_the_pen(healthy, monkeypatch):
    monkeypatch.setenv("INTERLINK_PROT", "1")

    assert examine(healthy) == ["INTERLINK_PROT is not a setting; docs/settings.md lists them all."]


def test_a_disk_that_is_nearly_full(healthy, monkeypatch):
    monkeypatch.setattr(examination, "LEAST_FREE", 10**18)

    [finding] = examine(healthy)
    assert "MB left" in finding
