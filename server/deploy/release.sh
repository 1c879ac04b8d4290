#!/usr/bin/env bash
# release.sh -- a tarball of HEAD that needs no node: the pages and the agendas are built into it.
#
#     server/run --setup-only && server/deploy/release.sh [FOLDER]     FOLDER/runde-VERSION.tar.xz; build/ where none is named
set -euo pipefail
cd "$(dirname "$0")/../.."
to=$(realpath "${1:-build}")
[ -z "$(git status --porcelain)" ] || { echo "release.sh: something is not committed" >&2; exit 1; }
version=$(sed -n 's/^project(runde VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
cmake --build build --target runde >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git archive --prefix="runde-$version/" HEAD | tar -x -C "$work"
mkdir "$work/runde-$version/web/made"
cp build/gen/pages.gen.c build/gen/templates.gen.c "$work/runde-$version/web/made/"
for name in lit-html hyphen papaparse; do
  cp "web/node_modules/$name/LICENSE" "$work/runde-$version/web/made/$name.licence"
done
# The same commit gives the same bytes.
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" \
  -cJf "$to/runde-$version.tar.xz" "runde-$version"
echo "$to/runde-$version.tar.xz"
