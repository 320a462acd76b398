"""Mail: through a real SMTP server, into readable files, and tried again when the server is away."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from backend.accounts.tables import Mail
from backend.kit.mail import FolderCarrier, Letter, MailError, SmtpCarrier, is_address, smtp_parts
from tests.makers import a_free_port

LETTER = Letter(
    "01M7ZX46K1GDKREGVCVTGDFFE5", "ilze@example.org", "Jūsu kods", "Labdien!\n\nKods ir 123456.\n", datetime.now(UTC)
)


class Box:
    """What a mail server does with mails; `says` is its answer to a recipient."""

    def __init__(self, says: str = "250 OK") -> None:
        self.says = says
        self.mails: list[tuple[str, list[str], bytes]] = []

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 — aiosmtpd's name
        if self.says.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 — aiosmtpd's name
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


@contextmanager
def a_mail_server(box: Box, **settings: object) -> Iterator[int]:
    server = Controller(box, hostname="127.0.0.1", port=a_free_port(), **settings)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


async def test_a_letter_arrives_whole_with_its_accents():
    box = Box()
    with a_mail_server(box) as port:
        await SmtpCarrier(f"smtp://127.0.0.1:{port}", "interlink@example.org").carry(LETTER)

    [(sender, recipients, content)] = box.mails
    mail = message_from_bytes(content, policy=default)
    assert (sender, recipients) == ("interlink@example.org", ["ilze@example.org"])
    assert (mail["To"], mail["Subject"], mail["Auto-Submitted"]) == ("ilze@example.org", "Jūsu kods", "auto-generated")
    assert mail.get_content().replace("\r\n", "\n") == LETTER.body


async def test_the_server_is_told_name_and_password_also_with_signs_in_them():
    heard: list[tuple[bytes, bytes]] = []

    def authenticator(server, session, envelope, mechanism, data) -> AuthResult:
        heard.append((data.login, data.password))
        return AuthResult(success=True)

    box = Box()
    given = {"authenticator": authenticator, "auth_require_tls": False}
    with a_mail_server(box, **given) as port:
        await SmtpCarrier(f"smtp://us%40er:p%3Aw%2Fd@127.0.0.1:{port}", "i@example.org").carry(LETTER)
    assert heard == [(b"us@er", b"p:w/d")]
    assert len(box.mails) == 1


async def test_to_another_machine_nothing_goes_in_the_clear(monkeypatch):
    box = Box()
    with a_mail_server(box) as port:
        carrier = SmtpCarrier(f"smtp://mail.example:{port}", "i@example.org")
        monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", _always_here)
        with pytest.raises(MailError):
            await carrier.carry(LETTER)
    assert box.mails == []


async def _always_here(self, host, port, **_):
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


@pytest.mark.parametrize(("says", "lasting"), [("550 no such person", True), ("451 come back later", False)])
async def test_a_lasting_no_is_told_from_a_passing_one(says, lasting):
    with a_mail_server(Box(says)) as port, pytest.raises(MailError) as error:
        await SmtpCarrier(f"smtp://127.0.0.1:{port}", "i@example.org").carry(LETTER)
    assert error.value.lasting is lasting


async def test_a_mail_waits_until_the_server_is_back(open_town):
    port = a_free_port()
    town = await open_town(smtp_url=f"smtp://127.0.0.1:{port}")
    await town.house.post.put("ilze@example.org", "welcome", "lv", code="123456")
    assert await town.house.post.carry_due() == 0
    assert await Mail.count() == 1

    box = Box()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        assert await town.house.post.carry_due() == 0, "not at once again"
        town.clock.later(seconds=31)
        assert await town.house.post.carry_due() == 1
    finally:
        server.stop()
    assert len(box.mails) == 1
    assert await Mail.count() == 0


async def test_a_mail_that_came_too_late_is_not_sent(open_town):
    box = Box()
    with a_mail_server(box) as port:
        town = await open_town(smtp_url=f"smtp://127.0.0.1:{port}")
        await town.house.post.put("i@example.org", "welcome", "en", lasts=timedelta(minutes=15), code="123456")
        town.clock.later(minutes=16)
        assert await town.house.post.carry_due() == 0
    assert (box.mails, await Mail.count()) == ([], 0)


async def test_a_refused_mail_holds_up_no_other(open_town):
    box = Box()

    async def refuses(server, session, envelope, address, options) -> str:
        if address.startswith("nobody"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    box.handle_RCPT = refuses
    with a_mail_server(box) as port:
        town = await open_town(smtp_url=f"smtp://127.0.0.1:{port}")
        for email in ("nobody@example.org", "ilze@example.org"):
            await town.house.post.put(email, "welcome", "en", code="123456")
        await town.house.post.carry_due()
    assert [recipients for _, recipients, _ in box.mails] == [["ilze@example.org"]]
    assert await Mail.count() == 0


async def test_without_a_mail_server_mails_are_files_that_only_their_user_reads(tmp_path):
    await FolderCarrier(tmp_path / "mail", "interlink@localhost").carry(LETTER)

    [file] = (tmp_path / "mail").iterdir()
    assert file.read_text().startswith("From: interlink@localhost\nTo: ilze@example.org\nSubject: Jūsu kods\n")
    assert file.read_text().endswith(LETTER.body)
    assert file.stat().st_mode & 0o077 == 0


async def test_a_name_with_line_breaks_gets_into_no_header(open_town):
    town = await open_town()
    await town.house.post.put(
        "ilze@example.org", "sign_in", "en", code="1\nBcc: all@example.org", name="I\nBcc: x@y.example"
    )
    [mail] = await town.mails()
    head = mail.partition("\n\n")[0]
    assert "\nBcc:" not in head


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://mail.example/path"])
def test_an_address_of_a_mail_server_that_cannot_be_is_told_so(url):
    with pytest.raises(ValueError, match="smtp://"):
        smtp_parts(url)


@pytest.mark.parametrize("text", ["ilze@example.org", "i+work@pašvaldība.lv", "o'neill@example.org"])
def test_addresses_of_people_are_addresses(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\nBcc:c", "<a@b>", "a@b,c@d", "a" * 200 + "@b"]
)
def test_what_is_no_address_is_none(text):
    assert not is_address(text)
