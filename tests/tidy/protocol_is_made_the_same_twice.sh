#!/usr/bin/env bash
# What is generated depends on protocol/ alone, and is fresh.
set -euo pipefail
build=$1
again=$(mktemp -d)
trap 'rm -rf "$again"' EXIT
"$build/protogen" "$(dirname "$0")/../../protocol" "$again"
for made in protocol.gen.h protocol.gen.c dispatch.gen.h dispatch.gen.c protocol.js; do
  cmp "$again/$made" "$build/gen/$made"
done
