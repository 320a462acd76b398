"""A real PouchDB in Node pulls everything for the first time: most of the time is the phone's own, here Node's."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from bench.clock import Took, timed
from bench.documents import Place
from bench.peers import Peer

SCRIPT = Path(__file__).with_suffix(".mjs")
PATIENCE = 120.0  # seconds


def first_pull(peer: Peer, place: Place, count: int) -> Took:
    """The clock is PouchDB's own, without the start of Node."""
    node = shutil.which("node") or "node"
    address = peer.base + place.path
    headers = json.dumps({"X-Interlink": "1", **peer.headers})  # as our own app does: it is no foreign page
    with timed(peer, count) as took:
        done = subprocess.run([node, SCRIPT, address, headers], capture_output=True, timeout=PATIENCE, check=True)
    told = json.loads(done.stdout)
    if told["written"] < count:
        message = f"PouchDB pulled {told['written']} of {count} documents from {urlsplit(peer.base).hostname}"
        raise RuntimeError(message)
    took.seconds = told["seconds"]
    return took
