"""`interlink create-admin`: the first account of a new server."""

import asyncio
from pathlib import Path
from typing import IO

import rich_click as click

from backend.accounts.actions import create_account
from backend.cli.options import data_option, settings_with
from backend.kit.clock import now
from backend.kit.languages import DEFAULT, LANGUAGES
from backend.kit.settings import Settings
from backend.rows import open_rows


@click.command("create-admin")
@data_option
@click.option("--email", prompt="E-mail address", help="Address to sign in with.")
@click.option("--name", prompt="Name", help="Name that is shown to the person alone.")
@click.option("--language", type=click.Choice(LANGUAGES), default=DEFAULT, help="Language the server writes in.")
@click.option(
    "--password-file",
    type=click.File(),
    help="File with the password on its first line, `-` for standard input; asked for when left out.",
)
def create_admin(data: Path | None, email: str, name: str, language: str, password_file: IO[str] | None) -> None:
    """Make an account that administers this server. Works while the server runs."""
    password = (
        _first_line(password_file)
        if password_file
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    settings = settings_with(data=data)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    asyncio.run(_create(settings, email, name, language, password))
    click.echo(f"{email} may sign in and administers this server.")


def _first_line(file: IO[str]) -> str:
    return str(next(iter(file), "")).rstrip("\n")


async def _create(settings: Settings, email: str, name: str, language: str, password: str) -> None:
    moment = now()
    async with open_rows(settings, moment):
        await create_account(
            email=email, name=name, password=password, language=language, now=moment, administrator=True
        )
