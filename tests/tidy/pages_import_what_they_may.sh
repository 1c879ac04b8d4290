#!/usr/bin/env bash
# A page imports from itself and from shared/, which imports from nobody else. The views of a method
# stand in method/NAME: SCREEN.js, SCREEN-more.js and SCREEN.css import from that screen's page, from
# shared/ and from views of the same screen; fold.js from shared/ alone. What a page needs of the
# methods it takes in as `runde:method/SCREEN`.
set -euo pipefail
cd "$(dirname "$0")/../../web"
bad=0
# What a file belongs to: a page, shared, or of the methods one screen's views.
home() {
  local file=${1##*/}
  if [[ $1 == method/* ]]; then REPLY="method ${file%%[-.]*}"; else REPLY=${1%%/*}; fi
}
files=() paths=()
while IFS=: read -r file import; do
  path=${import#*\'}
  files+=("$file") paths+=("${file%/*}/${path%\'*}")
done < <(git ls-files '*.js' '*.css' | grep / |
  xargs grep -oE "(from|import|import\() ?'\.[^']*'")
[ "${#files[@]}" -gt 300 ] || { echo "imports were not found" >&2; bad=1; }
mapfile -t targets < <(realpath -m --relative-to=. "${paths[@]}")
for i in "${!files[@]}"; do
  home "${files[i]}" && from=$REPLY
  home "${targets[i]}" && to=$REPLY
  [ "$from" = "$to" ] || [ "$to" = shared ] || [ "$from" = "method $to" ] ||
    { echo "${files[i]} may not import ${targets[i]}" >&2; bad=1; }
done
exit $bad
