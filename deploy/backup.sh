#!/usr/bin/env bash
# Back up a running Interlink:  deploy/backup.sh DATA DESTINATION   (KEEP=14 keeps the newest fourteen)
#
# Both databases are copied with SQLite's online backup, which waits for nobody and gives one moment of each. The order
# matters: rows say who may see what, so a document that is newer than the rows is merely not shown, while a row that is
# newer than the documents would lead nowhere; files are named by both. So: rows, documents, files. A copy that failed
# half-way never looks complete.
set -euo pipefail
umask 077

[ $# -eq 2 ] || { echo "Usage: deploy/backup.sh DATA DESTINATION" >&2; exit 2; }
data=$1 destination=$2 keep=${KEEP:-14}
[ -f "$data/spaces.db" ] || { echo "$data is not a data folder of Interlink: spaces.db is missing." >&2; exit 2; }
mkdir -p "$destination"
name=$(date --utc +%Y-%m-%dT%H-%M-%SZ)
part="$destination/.$name.part"
trap 'rm -rf "$part"' EXIT
mkdir "$part"

for database in rows.db spaces.db; do
  [ -f "$data/$database" ] || continue # rows may live in PostgreSQL: back them up with pg_dump
  python3 - "$data/$database" "$part/$database" <<'PYTHON'
import sqlite3, sys
from contextlib import closing
from pathlib import Path

source, copy = (Path(path).resolve() for path in sys.argv[1:])
with closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True)) as live, closing(sqlite3.connect(copy)) as taken:
    live.backup(taken)
    [(answer,)] = taken.execute("PRAGMA integrity_check")
    taken.execute("PRAGMA journal_mode = DELETE")
if answer != "ok":
    sys.exit(f"The copy of {source.name} is damaged: {answer}")
PYTHON
done
for folder in files secrets; do
  [ ! -d "$data/$folder" ] || cp --archive --reflink=auto "$data/$folder" "$part/"
done
(cd "$part" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
sync "$part"
mv --no-target-directory "$part" "$destination/$name"
trap - EXIT

find "$destination" -mindepth 1 -maxdepth 1 -type d -name '20*Z' | sort -r | tail -n "+$((keep + 1))" | xargs -r -d '\n' rm -rf
echo "$destination/$name"
