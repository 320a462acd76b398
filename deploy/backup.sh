#!/usr/bin/env bash
# Back up a running Interlink under the present time:  deploy/backup.sh DATA DESTINATION   (KEEP=14 keeps the newest)
#
# `interlink backup` does the work; this gives it a name and removes what is old. A copy that failed never looks complete.
set -euo pipefail
umask 077

[ $# -eq 2 ] || { echo "Usage: deploy/backup.sh DATA DESTINATION" >&2; exit 2; }
data=$1 destination=$2 keep=${KEEP:-14}
here=$(cd "$(dirname "$0")" && pwd)
PATH="$here/../bin:$here/../.venv/bin:$PATH" # where the virtual environment stands beside this folder
command -v interlink >/dev/null || { echo "Put interlink on the PATH." >&2; exit 2; }

name=$(date --utc +%Y-%m-%dT%H-%M-%SZ)
interlink backup "$destination/$name" --data "$data" >&2
find "$destination" -mindepth 1 -maxdepth 1 -type d -name '20*Z' | sort -r | tail -n "+$((keep + 1))" | xargs -r -d '\n' rm -rf
echo "$destination/$name"
