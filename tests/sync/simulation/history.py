"""One history: people with devices and one server, led by a seed; the same seed tells the same story.

a device writes · syncs over a bad wire · sleeps      the house gives and takes rights, crashes, forgets, judges again
             └────────────── whatever happens ──────────────┘
after each sync that ended well, and for everybody at the end: the promises hold
"""

from collections import Counter
from random import Random

from simulation.device import Device, UnreadableError
from simulation.judge import everything_saved_is_somewhere, holds_what_it_may_see, server_is_true
from simulation.rules import ROOT, TASK, TASKS, readable
from simulation.server import Person, Server
from simulation.tree import Content
from simulation.truth import Truth
from simulation.wire import BrokenWireError, Wire, nothing

NAMES = ("ilze", "janis", "anna")
ACTS = {"write": 40, "sync": 30, "grant": 10, "arrive late": 6, "judge again": 6, "sleep": 4}
ACTS |= {"crash": 2, "forget": 2, "back up": 3, "restore": 2}
WIRES = (0.0, 0.03, 0.15)
"""How many requests meet with a mishap, in a good place, in a bus and in a cellar."""
MEANWHILE = 0.04
"""How often something else happens between two requests of a sync."""
SLEEP = 25
ROUNDS = 8
"""A task in a task in a task, each held until the other arrives, takes a round for each."""
PLAIN = 0.3
"""How many devices run any CouchDB client and not ours."""


class History:
    """`broken` names a rule that is broken on purpose, to see that it is caught."""

    def __init__(self, seed: int, broken: str = "") -> None:
        self._random = random = Random(seed)
        self._broken = broken
        self.told: list[str] = []
        people = {name: Person(name) for name in NAMES[: random.randint(1, len(NAMES))]}
        self._server = Server(people, durable=seed % 4 > 0, broken=broken)
        self._people = list(people.values())
        self._truth = Truth({name: person.grants for name, person in people.items()})
        self._wire = Wire(random, self._server, self._truth, self.told.append)
        self._devices = [self._device(n) for n in range(random.randint(2, 6))]
        self._awake = dict.fromkeys((device.name for device in self._devices), 0)
        self._syncing: list[Device] = []
        self._said = Counter[str]()  # two persons may say the same, which is one revision; one does not repeat oneself
        self._gone = set[tuple[str, str]]()
        self._step = self._happened = self._restored = 0

    def _device(self, number: int) -> Device:
        person = self._people[number % len(self._people)].principal
        plain = self._random.random() < PLAIN
        return Device(f"{person}'s-{number}", person, self._wire, self._random, plain=plain)

    async def run(self) -> None:
        """Let it happen; raises AssertionError where a promise is broken."""
        await self._server.open()
        try:
            await self._begins()
            self._wire.faulty, self._wire.between = self._random.choice(WIRES), self._meanwhile
            for step in range(self._random.randint(15, 50)):
                self._step = step
                await self._act()
            self._wire.faulty, self._wire.between = 0.0, nothing
            await self._ends()
        finally:
            await self._server.close()

    async def _begins(self) -> None:
        first = self._devices[0]
        for task in self._random.sample(TASKS, self._random.randint(1, 3)):
            first.write(TASK + task, {"parent": ROOT}, {}, deleted=False)
        await self._syncs(first)
        for person in self._people:
            person.grants.update(self._random.sample(TASKS, self._random.randint(0, 2)))

    async def _act(self) -> None:
        act = self._random.choices(list(ACTS), list(ACTS.values()))[0]
        devices = [one for one in self._devices if self._awake[one.name] <= self._step and one not in self._syncing]
        if act in ("write", "sync", "sleep"):
            if devices:
                await self._uses(act, self._random.choice(devices))
        elif act == "arrive late":
            await self._wire.comes_late()
        elif act == "grant":
            self._grants(self._random.choice(self._people))
        elif act == "judge again":
            await self._judges_again()
        else:
            self.told.append(f"the server: {act}")
            await self._server_does(act)

    async def _server_does(self, act: str) -> None:
        if act == "crash":
            await self._server.crash()
        elif act == "forget":
            await self._server.forget()  # nobody may notice
        elif act == "back up":
            self._truth.backs_up()
            await self._server.back_up()
        elif await self._server.restore():
            self._restored += 1
            self._truth.restores()
            for device in self._devices:  # what its author let go of, trusting the server, went with the disk
                self._gone |= {one for one in device.made if not device.keeps(*one)}

    async def _uses(self, act: str, device: Device) -> None:
        if act == "write":
            self._writes(device)
        elif act == "sync":
            await self._syncs(device)
        else:
            self._awake[device.name] = self._step + SLEEP

    async def _meanwhile(self) -> None:
        if self._random.random() < MEANWHILE:
            self._happened += 1
            restored = self._restored
            await self._act()
            if restored != self._restored:
                raise BrokenWireError  # for a restore the server goes away under everybody

    def _writes(self, device: Device) -> None:
        random = self._random
        name = self._name(device)
        tree = device.documents.get(name)
        living = tree is not None and not tree.winner().deleted
        old = tree.winner() if tree and living else Content()
        after = random.randrange(len(tree.leaves())) if tree and random.random() < 0.2 else 0
        deleted = living and random.random() < 0.25
        self._said[device.person] += 1
        body: dict[str, object] = {} if deleted else {"n": self._said[device.person]}
        photos = {} if deleted or random.random() < 0.1 else dict(old.photos)
        if not deleted and random.random() < 0.15:
            photos[f"photo{random.randrange(2)}"] = random.randbytes(9)
        if not deleted and random.random() < 0.3:
            body["at"] = random.randrange(1970, 2099)
        if not deleted and random.random() < 0.05:
            body["bad"] = True
        if not deleted and name.startswith(TASK):
            body["parent"] = random.choice((ROOT, ROOT, *TASKS))
        rev = device.write(name, body, photos, deleted=deleted, after=after)
        self.told.append(f"{device.name} writes {name} {rev}: {'deleted' if deleted else body} {sorted(photos)}")

    def _name(self, device: Device) -> str:
        if self._random.random() < 0.2:
            return TASK + self._random.choice(TASKS)
        known = readable(device.person, self._truth.grants[device.person], self._truth.parents)
        mine = sorted(known & set(TASKS)) or sorted(known)
        partitions = self._random.choice((mine, mine, mine, sorted(known), TASKS))
        return f"{self._random.choice(partitions)}:note:{self._random.choice('ab')}"

    async def _syncs(self, device: Device) -> None:
        happened = self._happened
        self._syncing.append(device)
        self.told.append(f"{device.name} syncs")
        try:
            await device.sync()
        except (BrokenWireError, UnreadableError) as error:
            self.told.append(f"{device.name}'s sync ends: {type(error).__name__}")
        else:
            if happened == self._happened:
                holds_what_it_may_see(device, self._truth)
        finally:
            self._syncing.remove(device)

    def _grants(self, person: Person) -> None:
        task = self._random.choice(TASKS)
        given = task not in person.grants
        person.grants ^= {task}
        if self._broken != "a gained right is not counted":
            person.gained += given
        if self._broken != "a lost right is not counted":
            person.lost += not given
        self.told.append(f"{person.principal} {'gains' if given else 'loses'} {task}")

    async def _judges_again(self) -> None:
        self.told.append("the server judges again what it held")
        refused, expected = await self._server.judge_again(), self._truth.judges_again()
        assert refused == expected, f"refused work of {refused}, should refuse that of {expected}"
        for device in self._devices:
            device.anew |= device.person in refused

    def _moved(self) -> int:
        """How many documents travelled."""
        return self._wire.batches + sum(device.fetched for device in self._devices)

    async def _ends(self) -> None:
        """Everybody comes back to a good network; after a few rounds all is said, and the last one moves nothing."""
        self.told.append("— everybody comes back —")
        while self._wire.late:
            await self._wire.comes_late()
        moved = -1
        for _ in range(ROUNDS):
            moved = self._moved()
            await self._judges_again()
            for device in self._devices:
                await self._syncs(device)
            if moved == self._moved():
                break
        assert moved == self._moved(), "devices go on sending or fetching, although nothing is new"
        for device in self._devices:
            holds_what_it_may_see(device, self._truth)
        await server_is_true(self._server, self._truth)
        everything_saved_is_somewhere(self._devices, self._truth, self._gone)
