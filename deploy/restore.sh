#!/usr/bin/env bash
# Put a backup into a new, empty data folder:  deploy/restore.sh BACKUP DATA
set -euo pipefail
umask 077

[ $# -eq 2 ] || { echo "Usage: deploy/restore.sh BACKUP DATA" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
PATH="$here/../bin:$here/../.venv/bin:$PATH" # where the virtual environment stands beside this folder
command -v interlink >/dev/null || { echo "Put interlink on the PATH." >&2; exit 2; }
exec interlink restore "$1" --data "$2"
