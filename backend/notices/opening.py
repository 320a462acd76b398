"""The room as the house opens it: what takes notices, what knows the devices, what carries."""

import random
from typing import NamedTuple

from backend.accounts.post import Post
from backend.kit.clock import Clock
from backend.kit.secrets import Secrets
from backend.kit.settings import Settings
from backend.kit.spaces import Spaces
from backend.notices.courier import Courier
from backend.notices.devices import Devices
from backend.notices.keys import open_keyring, open_policy
from backend.notices.outbox import Outbox
from backend.notices.rights import Rights
from backend.notices.roads import Roads
from backend.notices.telling import NoticeTeller
from backend.people.ground import Ground
from push import resolve


class Notices(NamedTuple):
    """The room's workers; one of each for the whole program."""

    outbox: Outbox
    devices: Devices
    courier: Courier
    teller: NoticeTeller


class Around(NamedTuple):
    """What the room is given by the house."""

    spaces: Spaces
    ground: Ground
    post: Post
    clock: Clock


def open_notices(secrets: Secrets, settings: Settings, around: Around) -> Notices:
    """Put the room together. Raises OperatorError when a key cannot be read."""
    keys, policy, clock = open_keyring(secrets, settings), open_policy(settings), around.clock
    outbox = Outbox(clock, policy, settings.origin)
    courier = Courier(outbox, keys, policy, clock, spread=random.random)
    devices = Devices(outbox, keys, policy, resolve, clock)
    roads = Roads(outbox, around.post, settings.origin, clock)
    return Notices(outbox, devices, courier, NoticeTeller(around.spaces, roads, Rights(around.ground), clock))
