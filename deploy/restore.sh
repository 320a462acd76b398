#!/usr/bin/env bash
# Put a backup into a new, empty data folder:  deploy/restore.sh BACKUP DATA
#
# Phones remember how far they had sent and read. After a restore that memory is wrong: they would never again send what
# the backup lacks. So the restored server says that it is another life of the same house (new uuid and epochs, no
# checkpoints), and every device compares from the beginning.
set -euo pipefail
umask 077

here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-$here/../.venv/bin/python} # the Python in which Interlink is installed
[ -x "$python" ] || python=python3
"$python" -c "import sync" 2>/dev/null || { echo "Say which Python has Interlink: PYTHON=/opt/interlink/bin/python deploy/restore.sh …" >&2; exit 2; }

[ $# -eq 2 ] || { echo "Usage: deploy/restore.sh BACKUP DATA" >&2; exit 2; }
backup=$1 data=$2
[ -f "$backup/SHA256SUMS" ] || { echo "$backup is not a backup: SHA256SUMS is missing." >&2; exit 2; }
[ -z "$(ls -A "$data" 2>/dev/null)" ] || { echo "$data is not empty. Stop the server and move it away first." >&2; exit 2; }
(cd "$backup" && sha256sum --check --quiet --strict SHA256SUMS) || { echo "The backup is damaged; nothing was restored." >&2; exit 1; }

# Everything is made ready in a folder inside (the data folder may be a mounted volume), then moved up.
mkdir -p "$data"
chmod 0700 "$data"
part="$data/.restoring"
trap 'rm -rf "$part"' EXIT
cp --archive --reflink=auto "$backup" "$part"
rm "$part/SHA256SUMS"
"$python" - "$part/spaces.db" <<'PYTHON'
import asyncio, sys
from pathlib import Path

from sync.stores.sqlite import SqliteStore


async def renew() -> None:
    store = SqliteStore(Path(sys.argv[1]))
    await store.renew()
    await store.close()


asyncio.run(renew())
PYTHON
mv "$part"/* "$data"/
echo "Restored into $data. Start the server; every device will compare its work once."
