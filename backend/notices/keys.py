"""The keys of push messages, as this house keeps them, and changing them without silencing anybody."""

from pathlib import Path

from backend.kit.errors import OperatorError
from backend.kit.secrets import Secrets, change_vapid_key, former_vapid_files
from backend.kit.settings import Settings
from backend.notices import queries
from push import InvalidKeyError, Keyring, Policy, VapidKey


def open_keyring(secrets: Secrets, settings: Settings) -> Keyring:
    """Return the keys of a house. Push services reach its operator at its https address, else by mail."""
    contact = settings.origin if settings.origin and settings.secure else f"mailto:{settings.sender}"
    try:
        former = [VapidKey.from_pem(pem) for pem in secrets.former_vapid_pems]
        return Keyring(VapidKey.from_pem(secrets.vapid_pem), former, contact)
    except InvalidKeyError as error:
        raise OperatorError(f"{error} Look at secrets/vapid.pem and INTERLINK_MAIL_FROM.") from error


def open_policy(settings: Settings) -> Policy:
    """Return what may be called: the public Internet, and what the setting for tests names."""
    return Policy(frozenset(one.strip() for one in settings.push_allow.split(",") if one.strip()))


async def change_key(data: Path) -> tuple[int, int]:
    """Make a new key; return how many former ones devices still need, and how many were thrown away."""
    change_vapid_key(data)
    needed = await queries.keys_in_use()
    files = former_vapid_files(data)
    unused = [file for file in files if VapidKey.from_pem(file.read_bytes()).id not in needed]
    for file in unused:
        file.unlink()
    return len(files) - len(unused), len(unused)
