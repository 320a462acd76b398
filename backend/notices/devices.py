"""What a person does with notices on the device in hand: switch them on and off, ask for one to see that it works."""

import asyncio
from datetime import datetime

from msgspec import Struct

from backend.accounts.domain import Visit
from backend.accounts.tables import Session
from backend.kit import errors
from backend.kit.clock import Clock
from backend.kit.errors import Problem
from backend.kit.ids import new_ulid
from backend.kit.languages import LANGUAGES
from backend.kit.texts import say
from backend.kit.transactions import transaction
from backend.notices import queries
from backend.notices.domain import DeviceState, Kind, Notice, Words
from backend.notices.outbox import Outbox
from backend.notices.tables import PushSubscription
from push import (
    ForbiddenEndpointError,
    InvalidSubscriptionError,
    Keyring,
    Policy,
    Resolve,
    Subscription,
    check_addresses,
    check_endpoint,
    read_subscription,
)

LOOK_UP_SECONDS = 3.0
SETTINGS = "/settings/notices"


class DeviceOf(Struct, frozen=True):
    """Whether and how a device takes notices."""

    state: DeviceState
    endpoint: str
    since: datetime


class Devices:
    """The devices of all people; one for the whole program."""

    def __init__(self, outbox: Outbox, keys: Keyring, policy: Policy, resolve: Resolve, clock: Clock) -> None:
        self._outbox = outbox
        self.keys = keys
        self._policy = policy
        self._resolve = resolve
        self._clock = clock

    async def here(self, visit: Visit) -> DeviceOf | None:
        """Return how the device that asks takes notices; None when it takes none."""
        row = await queries.subscription_of(visit.session)
        if row is None:
            return None
        bound = row["state"] == DeviceState.ON and row["key"] == self.keys.current.id
        return DeviceOf(DeviceState.ON if bound else DeviceState.STALE, row["endpoint"], row["created"])

    async def subscribe(self, visit: Visit, data: object, public_key: str) -> None:
        """Keep where this device is reached; the browser that registers an endpoint again takes it along.

        Raises Problem when it is malformed, leads to where we never call, or is bound to a key that is not ours.
        """
        found = await self._checked(data)
        key = self.keys.id_of(public_key)
        if key is None:
            raise Problem(errors.PUSH_KEY)
        now = self._clock()
        row = PushSubscription(
            id=new_ulid(now.timestamp()),
            session=visit.session,
            endpoint=found.endpoint,
            p256dh=found.p256dh,
            auth=found.auth,
            key=key,
            state=DeviceState.ON,
            created=now,
        )
        async with transaction(PushSubscription):
            before = (PushSubscription.session == visit.session) | (PushSubscription.endpoint == found.endpoint)
            await PushSubscription.delete().where(before)
            if await Session.exists().where(Session.id == visit.session):  # signed out from elsewhere meanwhile
                await PushSubscription.insert(row)
        self._outbox.more.set()  # what waited for a new subscription may go now

    async def unsubscribe(self, visit: Visit) -> None:
        """Forget where this device is reached, and what waits for it."""
        async with transaction(PushSubscription):
            await PushSubscription.delete().where(PushSubscription.session == visit.session)
            await queries.cancel_for(visit.session)

    async def test(self, visit: Visit) -> str:
        """Queue a notice for this device alone, and return its id. Raises Problem when it takes none."""
        key = new_ulid(self._clock().timestamp())
        words = {one: Words(say("notice.test.title", one), say("notice.test.body", one)) for one in LANGUAGES}
        notice = Notice(id=key, kind=Kind.TEST, thing=f"test {visit.session}", path=SETTINGS, words=words)
        if not await self._outbox.put(notice, account=visit.person.id, session=visit.session):
            raise Problem(errors.NOT_SUBSCRIBED)
        return key

    async def _checked(self, data: object) -> Subscription:
        try:
            found = read_subscription(data, self._policy)
            await self._check_name(found)
        except InvalidSubscriptionError as error:
            raise Problem(errors.INVALID_REQUEST, reason=str(error)) from error
        except ForbiddenEndpointError as error:
            raise Problem(errors.PUSH_ENDPOINT) from error
        return found

    async def _check_name(self, found: Subscription) -> None:
        """Refuse a name that leads inside already now; one that cannot be looked up now is judged when it is called."""
        at = check_endpoint(found.endpoint, self._policy)
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                addresses = await self._resolve(at.host, at.port)
        except (OSError, TimeoutError, UnicodeError):
            return
        check_addresses(at.host, at.port, addresses, self._policy)
