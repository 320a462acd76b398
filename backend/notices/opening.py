"""The room as the house opens it: what takes notices, what knows the devices, what carries."""

import random
from typing import NamedTuple

from backend.kit.clock import Clock
from backend.kit.secrets import Secrets
from backend.kit.settings import Settings
from backend.kit.spaces import Spaces
from backend.notices.courier import Courier
from backend.notices.devices import Devices
from backend.notices.keys import open_keyring, open_policy
from backend.notices.outbox import Outbox
from backend.notices.telling import NoticeTeller, Teller
from push import resolve


class Notices(NamedTuple):
    """The room's workers; one of each for the whole program."""

    outbox: Outbox
    devices: Devices
    courier: Courier
    teller: Teller


def open_notices(secrets: Secrets, settings: Settings, spaces: Spaces, clock: Clock) -> Notices:
    """Put the room together. Raises OperatorError when a key cannot be read."""
    keys, policy = open_keyring(secrets, settings), open_policy(settings)
    outbox = Outbox(clock, policy, settings.origin)
    courier = Courier(outbox, keys, policy, clock, spread=random.random)
    return Notices(outbox, Devices(outbox, keys, policy, resolve, clock), courier, NoticeTeller(spaces, clock))
