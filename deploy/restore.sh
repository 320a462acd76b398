#!/usr/bin/env bash
# Put a backup into a new, empty data folder:  deploy/restore.sh BACKUP DATA
#
# Phones remember how far they had sent and read. After a restore that memory is wrong: they would never again send what
# the backup lacks. So the restored server says that it is another life of the same house (new uuid and epochs, no
# checkpoints), and every device compares from the beginning.
set -euo pipefail
umask 077

[ $# -eq 2 ] || { echo "Usage: deploy/restore.sh BACKUP DATA" >&2; exit 2; }
backup=$1 data=$2
[ -f "$backup/SHA256SUMS" ] || { echo "$backup is not a backup: SHA256SUMS is missing." >&2; exit 2; }
[ -z "$(ls -A "$data" 2>/dev/null)" ] || { echo "$data is not empty. Stop the server and move it away first." >&2; exit 2; }
(cd "$backup" && sha256sum --check --quiet --strict SHA256SUMS) || { echo "The backup is damaged; nothing was restored." >&2; exit 1; }

mkdir -p "$data"
chmod 0700 "$data"
cp --archive --reflink=auto "$backup"/. "$data"/
rm "$data/SHA256SUMS"
