"""`interlink doctor`: what is wrong with this set-up, in plain sentences. It looks and changes nothing."""

import sys
from pathlib import Path

import rich_click as click

from backend.cli.examination import examine
from backend.cli.options import data_option, settings_with

ILL = 1


@click.command()
@data_option
@click.option("--host", help="Address the server will listen on (INTERLINK_HOST).")
@click.option("--port", type=int, help="Port the server will listen on (INTERLINK_PORT).")
def doctor(data: Path | None, host: str | None, port: int | None) -> None:
    """Say what is wrong with this set-up; exit code 1 when something is."""
    findings = examine(settings_with(data=data, host=host, port=port))
    for finding in findings:
        click.echo(f"• {finding}")
    if findings:
        sys.exit(ILL)
    click.echo("All is well.")
