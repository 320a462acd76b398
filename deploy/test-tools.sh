#!/usr/bin/env bash
# What the tests run beside Interlink: two browsers, and PostgreSQL. What is installed is used; what is missing is
# installed by apt as root; anything else is one sentence and a failure.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v firefox-esr >/dev/null || command -v firefox >/dev/null || missing+=(firefox-esr)
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need ${missing[*]}: install it with your system's packages, or run «make test-tools» as root on Debian or Ubuntu." >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt-get update && apt-get install --yes --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  echo "apt-get could not install ${missing[*]}: $(grep -m1 '^E:' "$log" || tail -n 1 "$log")" >&2
  exit 1
fi
