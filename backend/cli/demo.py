"""`interlink demo`: a process to look at, with people whose password everybody knows."""

import asyncio
from pathlib import Path

import rich_click as click

from backend.cli.options import data_option, settings_with
from backend.demo.rows import ADDRESS, PASSWORD
from backend.demo.seed import seed
from backend.demo.story import the_stories
from backend.house import open_house
from backend.kit.logs import set_up_logs
from backend.kit.settings import Settings


@click.command()
@data_option
def demo(data: Path | None) -> None:
    """Plant the demo. A second time changes nothing, so what people did in it stays."""
    settings = settings_with(data=data)
    set_up_logs(settings.log_format, "warning")
    planted = asyncio.run(_plant(settings))
    click.echo(f"The demo {'is planted' if planted else 'was here already'} in {settings.data}.")
    click.echo(sign_ins())


def sign_ins() -> str:
    """Return how to sign in to the demo, in one sentence."""
    people = ", ".join(person.key for story in the_stories() for person in story.people)
    return f"Sign in as {people} ({ADDRESS.format('…')}) with the password {PASSWORD}."


async def _plant(settings: Settings) -> bool:
    async with open_house(settings) as house:
        return await seed(house.doorkeeper, house.spaces, house.clock)
