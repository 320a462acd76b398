#!/bin/sh
# Makes src/fonts/*.woff2 from the npm packages. Run it only when the typefaces or the languages change; what it makes is committed.
# Needs fonttools and brotli (`pip install fonttools brotli`). Usage: sh scripts/subset-fonts.sh
#
# Two typefaces, each cut to what four languages and the names of their neighbours need:
#   Figtree (text)              keeps one axis, weight 400–700
#   Bricolage Grotesque (heads) becomes one cut: weight 760, optical size 36
# Latin and extended Latin are two files, so that a Spanish phone never fetches Latvian letters.
set -eu
cd "$(dirname "$0")/.."
packages=node_modules/@fontsource-variable
made=src/fonts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

latin='U+0020-007E,U+00A0-00FF,U+2010-2015,U+2018-201E,U+2022,U+2026,U+202F,U+2039,U+203A,U+20AC,U+2190-2193,U+2212'
extended='U+0100-017F'

cut() { # from, name, ranges, axes…
  from=$1 name=$2 ranges=$3
  shift 3
  fonttools varLib.instancer --quiet "$from" "$@" --output "$work/$name.ttf"
  pyftsubset "$work/$name.ttf" --unicodes="$ranges" --layout-features='kern,liga,mark,mkmk,ccmp,locl,tnum' \
    --flavor=woff2 --output-file="$made/$name.woff2"
}

for part in latin latin-ext; do
  [ "$part" = latin ] && ranges=$latin || ranges=$extended
  cut "$packages/figtree/files/figtree-$part-wght-normal.woff2" "figtree-$part" "$ranges" wght=400:700
  cut "$packages/bricolage-grotesque/files/bricolage-grotesque-$part-opsz-normal.woff2" "bricolage-$part" "$ranges" wght=760 opsz=36
done
cp "$packages/figtree/LICENSE" "$made/OFL-figtree.txt"
cp "$packages/bricolage-grotesque/LICENSE" "$made/OFL-bricolage-grotesque.txt"
ls -l "$made"
