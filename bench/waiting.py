"""Many devices wait, one document is written: when has the last of them heard of it?

At our house a device waits at `_db_updates` for all its spaces, as our app does, and the devices are those of many
people; a CouchDB has only `_changes?feed=longpoll` for everybody.
"""

import asyncio
from contextlib import AsyncExitStack

import msgspec
import uvloop

from bench.clock import Took, timed
from bench.documents import Place, documents
from bench.house import DEVICES
from bench.peers import Peer
from bench.wire import Wire, request

TOGETHER = 200  # connections opened at once
PATIENCE = 30.0  # seconds for the last device
SETTLES = 1.0  # seconds until the last one waits


class UnableError(Exception):
    """A peer did not hold so many connections, or did not wake all of them in time."""


class WaitingDevices:
    """The measure of one number of devices. `amount` counts devices; the time goes to the last one's answer.

    `memory` collects the bytes that the server needed for each of them, by the name of the peer.
    """

    def __init__(self, devices: int) -> None:
        self.devices = devices
        self.memory: dict[str, list[float]] = {}
        self.unable: dict[str, str] = {}
        """Peers that once could not do it, and what happened: they are not asked again."""
        self._written = 3_000_000

    def __call__(self, peer: Peer) -> Took:
        """Raises UnableError for a peer that cannot or could not before; that we cannot is a fault and ends the run."""
        if peer.name in self.unable:
            raise UnableError(self.unable[peer.name])
        self._written += 1
        try:
            crowded = peer.house.places[0] if peer.house else peer.place()  # at our house, the first process
            return uvloop.run(self._measure(peer, crowded))
        except (OSError, EOFError) as error:  # the clock ran out, or a connection was refused, reset or cut off
            if peer.house:
                raise
            late = isinstance(error, TimeoutError)
            self.unable[peer.name] = f"not all heard of a change in {PATIENCE:.0f} s" if late else f"{error}"
            raise UnableError(self.unable[peer.name]) from error

    async def _measure(self, peer: Peer, place: Place) -> Took:
        [document] = documents(place, 1, first=self._written)
        body = msgspec.json.encode({"docs": [document], "new_edits": False})
        before = peer.memory()
        async with AsyncExitStack() as open_until_then:
            waits = await self._connected(peer, place, open_until_then)
            await asyncio.sleep(SETTLES)
            after = peer.memory()
            if before is not None and after is not None:
                self.memory.setdefault(peer.name, []).append((after - before) / self.devices)
            writer = await Wire.to(peer)
            open_until_then.callback(writer.close)
            with timed(peer, self.devices) as took:
                async with asyncio.timeout(PATIENCE):
                    write = writer.send(request(peer, "POST", f"{place.path}/_bulk_docs", body))
                    await asyncio.gather(write, *(wire.answer() for wire in waits))
        return took

    async def _connected(self, peer: Peer, place: Place, open_until_then: AsyncExitStack) -> list[Wire]:
        """Every device connected and waiting."""
        cookies = _cookies(peer, self.devices)
        waits: list[Wire] = []
        for start in range(0, self.devices, TOGETHER):
            some = cookies[start : start + TOGETHER]
            waits += await asyncio.gather(*(_begun(peer, place, cookie, open_until_then) for cookie in some))
        return waits


def _cookies(peer: Peer, devices: int) -> list[str]:
    crowd = peer.house.crowd if peer.house else [""]
    return [crowd[number // DEVICES % len(crowd)] for number in range(devices)]


async def _begun(peer: Peer, place: Place, cookie: str, open_until_then: AsyncExitStack) -> Wire:
    """One device that has asked where it stands and now waits for more."""
    wire = await Wire.to(peer)
    open_until_then.callback(wire.close)
    if cookie:
        now = msgspec.json.decode(await wire.send(request(peer, "GET", "/_db_updates", Cookie=cookie)))
        path = f"/_db_updates?feed=longpoll&timeout=600000&since={now['last_seq']}"
        wire.begin(request(peer, "GET", path, Cookie=cookie))
    else:
        path = f"{place.path}/_changes?feed=longpoll&since=now&timeout=600000&heartbeat=60000"
        wire.begin(request(peer, "GET", path))
    return wire
