"""The command line as somebody types it: what it prints, how it ends, and that it never shows a traceback."""

import socket
import subprocess

import httpx
import pytest

from tests.backend.cli.running import is_one_sentence, run
from tests.makers import PROGRAM, a_free_port, a_server


@pytest.mark.parametrize(
    ("arguments", "settings", "sentence"),
    [
        (["serve", "--host", "0.0.0.0"], {}, "put an https proxy in front"),
        (["serve"], {"INTERLINK_PUBLIC_URL": "http://interlink.example"}, "must begin with https://"),
        (["serve", "--data", "/dev/null/data"], {}, "Not a directory: /dev/null/data"),
        (["serve"], {"INTERLINK_PORT": "many"}, "The setting INTERLINK_PORT cannot be used"),
        (["serve", "--prot", "1"], {}, "No such option"),
        (["sevre"], {}, "No such command 'sevre'."),
        (["import-catalogue", "/nowhere"], {}, "'/nowhere' does not exist"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_exit_code_2(tmp_path, arguments, settings, sentence):
    port = {"INTERLINK_PORT": str(a_free_port()), "INTERLINK_DATA": str(tmp_path / "data")}
    done = run(*arguments, **(port | settings))

    assert is_one_sentence(done), done.stderr
    assert sentence in done.stderr


def test_published_passwords_never_stand_in_public(demo_copy):
    public = {"INTERLINK_PUBLIC_URL": "https://interlink.example"}
    done = run("serve", "--data", str(demo_copy), "--port", str(a_free_port()), **public)

    assert is_one_sentence(done), done.stderr
    assert "holds the demo, whose passwords everybody knows" in done.stderr


def test_a_taken_port_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run("serve", "--data", str(tmp_path / "data"), "--port", str(port))

    assert is_one_sentence(done), done.stderr
    assert f"Port {port} on 127.0.0.1 cannot be had" in done.stderr


def test_a_folder_with_nothing_of_a_catalogue_imports_nothing(tmp_path):
    (tmp_path / "empty").mkdir()
    done = run("import-catalogue", str(tmp_path / "empty"), "--data", str(tmp_path / "data"))

    assert is_one_sentence(done), done.stderr


def test_the_first_account_is_made_and_its_password_is_in_no_output(tmp_path):
    who = ["--data", str(tmp_path / "data"), "--email", "Ilze@Example.org", "--name", "Ilze", "--password-file", "-"]
    done = run("create-admin", *who, given="correct horse battery\n")

    assert done.returncode == 0, done.stderr
    assert "correct horse" not in done.stdout + done.stderr
    again = run("create-admin", *who, given="correct horse battery\n")
    assert is_one_sentence(again)
    assert "There is an account with the address ilze@example.org already." in again.stderr


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("ilze", "correct horse battery", "ilze is not an e-mail address."),
        ("ilze@example.org", "short", "A password has 8 to 256 characters."),
    ],
)
def test_an_account_nobody_could_use_is_refused(tmp_path, email, password, sentence):
    who = ["--data", str(tmp_path / "data"), "--email", email, "--name", "Ilze", "--password-file", "-"]
    done = run("create-admin", *who, given=password)

    assert is_one_sentence(done)
    assert done.stderr.strip() == sentence


def test_the_doctor_says_what_is_wrong_and_ends_with_1(tmp_path):
    settings = {"INTERLINK_PORT": str(a_free_port()), "INTERLINK_PROT": "1", "INTERLINK_STATIC": str(tmp_path)}
    done = run("doctor", "--data", str(tmp_path / "data"), **settings)

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "• INTERLINK_PROT is not a setting; docs/settings.md lists them all.",
        "• The app is not built, so browsers find nothing here; run: make build",
    ]


def test_its_version_is_the_packages(tmp_path):
    assert run("--version").stdout == "interlink, version 0.1.0\n"


def test_a_server_starts_twice_keeps_its_secrets_to_itself_and_stops_when_told(tmp_path):
    data = tmp_path / "data"
    with a_server(data, log=tmp_path / "first.log") as server:
        first = httpx.get(f"{server.address}/api/v1/meta").json()["server"]["id"]
        second = run("serve", "--data", str(data), "--port", str(a_free_port()))
    assert is_one_sentence(second)
    assert "Another Interlink is using" in second.stderr
    assert not list(data.glob("*-wal")), "the databases were closed"

    with a_server(data, log=tmp_path / "second.log") as server:
        assert httpx.get(f"{server.address}/api/v1/meta").json()["server"]["id"] == first

    modes = {file.stat().st_mode & 0o077 for file in data.rglob("*") if file.is_file()}
    assert modes == {0}, "nobody but its user reads anything in the folder"


def test_a_server_that_is_told_to_stop_does_not_wait_for_those_who_wait_for_changes(tmp_path):
    address = f"http://127.0.0.1:{(port := a_free_port())}"
    server = subprocess.Popen(
        [*PROGRAM, "serve", "--data", str(tmp_path / "data"), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with server, httpx.Client(timeout=30) as device:
        assert server.stdout
        assert server.stdout.readline() == f"Interlink is at {address}\n"
        with device.stream("GET", f"{address}/db/_db_updates?feed=eventsource") as waiting:
            server.terminate()
            for _ in waiting.iter_raw():
                pass  # what was sent before it ended
        _, log = server.communicate(timeout=30)
    assert server.returncode == 0
    assert "Cancel" not in log, "the server ran out of patience with a request"


def test_the_log_names_nobody(tmp_path):
    log = tmp_path / "server.log"
    with a_server(tmp_path / "data", log=log) as server:
        body = {"email": "secret-name@example.org", "password": "secret-word", "device": "secret-device"}
        httpx.post(f"{server.address}/api/v1/session?secret-query=1", json=body, headers={"x-interlink": "1"})
        httpx.get(f"{server.address}/db/process-secret/secret-document?rev=1-secret")

    written = log.read_text()
    assert "/api/v1/session" in written
    assert "secret" not in written.replace(str(tmp_path), "")
