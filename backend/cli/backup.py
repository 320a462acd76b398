"""`interlink backup`: everything the server knows, copied while people work."""

from pathlib import Path

import rich_click as click

from backend.backup import take
from backend.cli.options import data_option, settings_with
from backend.kit.clock import now


@click.command()
@click.argument("to", type=click.Path(path_type=Path))
@data_option
@click.option("--without-secrets", is_flag=True, help="Leave out the keys of sessions and push messages.")
def backup(to: Path, data: Path | None, *, without_secrets: bool) -> None:
    """Copy everything into the new folder TO, while the server runs or not.

    Documents (also those that wait to be judged), people and rights, files, and the secrets.
    """
    settings = settings_with(data=data)
    made = take(settings, to, now(), secrets=not without_secrets)
    click.echo(f"The backup is in {to}: {made.files} files, {made.bytes / 1_000_000:.1f} MB in all.")
    if not made.rows:
        click.echo("People and rights live in PostgreSQL and are not in it: back them up with pg_dump, before this.")
    if made.secrets:
        click.echo("It holds the secrets of the server: keep it as safe as the server itself.")
    else:
        click.echo("Without the secrets: after a restore everybody signs in again and switches notices on again.")
