#!/usr/bin/env bash
# What is generated depends on protocol/ and web/locale/ alone, and is fresh.
set -euo pipefail
build=$1
again=$(mktemp -d)
trap 'rm -rf "$again"' EXIT
root=$(dirname "$0")/../..
"$build/protogen" "$root/protocol" "$again" "$root/web/locale"
for made in protocol.gen.h protocol.gen.c dispatch.gen.h dispatch.gen.c protocol.js protocol.d.ts; do
  cmp "$again/$made" "$build/gen/$made"
done
