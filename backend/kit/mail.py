"""Mail: a letter as a value, and two ways to carry it: by SMTP (RFC 5321), or into a folder of readable files.

Plain text only, one recipient each. Nothing that a person typed gets into a header: `EmailMessage` refuses line breaks
there, and addresses are checked before they come here.
"""

import asyncio
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib
from msgspec import Struct

TIMEOUT = 20.0
"""Seconds for each step of a delivery."""
MAX_ADDRESS = 200
_PORTS = {"smtp": 587, "smtps": 465}
_PERMANENT = range(500, 600)


class Letter(Struct, frozen=True):
    """One mail."""

    id: str
    to: str
    subject: str
    body: str
    at: datetime


class MailError(Exception):
    """A letter was not delivered; `lasting` when trying again is no use."""

    def __init__(self, what: str, *, lasting: bool = False) -> None:
        super().__init__(what)
        self.lasting = lasting


class Carrier(Protocol):
    """Takes letters to where they are read."""

    async def carry(self, letter: Letter) -> None:
        """Deliver one letter. Raises MailError."""
        ...


class FolderCarrier:
    """Puts each letter into a file, for machines without a mail server: `<when>-<id>.txt`."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def carry(self, letter: Letter) -> None:
        """Write one file that only this user reads."""
        await asyncio.to_thread(self._write, letter)

    def _write(self, letter: Letter) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._folder / f"{letter.at:%Y%m%dT%H%M%SZ}-{letter.id}.txt"
        head = f"From: {self._sender}\nTo: {letter.to}\nSubject: {letter.subject}\nDate: {letter.at.isoformat()}\n"
        part = file.with_suffix(".part")
        part.touch(mode=0o600)
        part.write_text(f"{head}\n{letter.body}")
        part.rename(file)


class SmtpCarrier:
    """Speaks SMTP to one server: `smtps://` with TLS from the start, `smtp://` with STARTTLS.

    To another machine nothing goes in the clear: without STARTTLS there it fails. On loopback it is taken when offered.
    """

    def __init__(self, url: str, sender: str) -> None:
        self._at = smtp_parts(url)
        self._sender = sender

    async def carry(self, letter: Letter) -> None:
        """Hand one letter to the server."""
        host, port = self._at.hostname or "", smtp_port(self._at)
        local = host in ("localhost", "127.0.0.1", "::1")
        try:
            await aiosmtplib.send(
                message(letter, self._sender),
                hostname=host,
                port=port,
                username=unquote(self._at.username) if self._at.username else None,
                password=unquote(self._at.password) if self._at.password else None,
                use_tls=self._at.scheme == "smtps",
                start_tls=None if local or self._at.scheme == "smtps" else True,
                tls_context=_lenient() if local else ssl.create_default_context(),
                timeout=TIMEOUT,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise MailError("refused", lasting=all(one.code in _PERMANENT for one in error.recipients)) from error
        except aiosmtplib.SMTPResponseException as error:
            raise MailError(f"answered {error.code}", lasting=False) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailError(type(error).__name__) from error


def message(letter: Letter, sender: str) -> EmailMessage:
    """Return a letter as RFC 5322 has it. `Auto-Submitted` keeps holiday answers away (RFC 3834)."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = letter.to
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(letter.at)
    made["Message-ID"] = make_msgid(letter.id, domain=sender.rpartition("@")[2].rstrip(">") or "localhost")
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.body)
    return made


def smtp_parts(url: str) -> SplitResult:
    """Take the address of a mail server apart. Raises ValueError with a sentence."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("it looks like smtp://user:password@mail.example:587, or smtps:// for TLS from the start")
    return parts


def smtp_port(parts: SplitResult) -> int:
    """Return the port of a mail server: the one given, else the usual one."""
    return parts.port or _PORTS[parts.scheme]


def is_address(text: str) -> bool:
    """Say whether something can be an e-mail address: one @, a name before it, a host after it, nothing else."""
    name, at, host = text.rpartition("@")
    plain = text.isprintable() and not any(one in text for one in ' ,;:<>()[]\\"')
    return bool(name and at and host) and plain and "@" not in name and len(text) <= MAX_ADDRESS


def _lenient() -> ssl.SSLContext:
    """For loopback, where a certificate proves nothing: a mail server of this machine signs its own."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
