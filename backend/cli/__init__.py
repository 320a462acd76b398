"""The command line. What goes wrong is one sentence on standard error and exit code 2; a traceback is never shown."""

import os
import sys

import rich_click as click
from click.exceptions import Abort, ClickException, NoArgsIsHelpError

from backend.cli.accounts import create_admin
from backend.cli.backup import backup
from backend.cli.catalogue import import_catalogue
from backend.cli.demo import demo
from backend.cli.doctor import doctor
from backend.cli.push_key import new_push_key
from backend.cli.rebuild import rebuild
from backend.cli.restore import restore
from backend.cli.serve import serve
from backend.kit.errors import OperatorError
from backend.kit.logs import set_up_logs
from backend.kit.settings import read_settings
from backend.meta import our_version

FAILED = 2
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(our_version(), prog_name="interlink")
def cli() -> None:
    """Interlink: public services made together, offline first."""
    settings = read_settings(os.environ)
    set_up_logs(settings.log_format, settings.log_level)


for command in (serve, demo, import_catalogue, create_admin, rebuild, doctor, backup, restore, new_push_key):
    cli.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit code; what it writes, only its own user may read."""
    os.umask(0o077)
    try:
        sys.exit(cli.main(prog_name="interlink", standalone_mode=False) or 0)
    except NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(FAILED)
    except ClickException as error:
        _fail(error.format_message())
    except (OperatorError, OSError) as error:
        _fail(_sentence(error))
    except (Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)


def _fail(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(FAILED)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else f"{error.strerror}."
    return str(error)
