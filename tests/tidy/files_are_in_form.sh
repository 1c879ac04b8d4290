#!/usr/bin/env bash
# C stands as clang-format leaves it, JavaScript and CSS as prettier does, the linter finds nothing,
# and calls that have a better way are not made.
set -euo pipefail
cd "$(dirname "$0")/../.."
bad=0
unformed=$(git ls-files 'server/*.[ch]' 'protocol/*.[ch]' 'tests/*.[ch]' |
  xargs clang-format --dry-run 2>&1 | grep -oE '^[^:]+\.[ch]' | sort -u || true)
[ -z "$unformed" ] || { echo "not as clang-format leaves it: $unformed" >&2; bad=1; }
scripts=$(git ls-files '*.js' '*.css' | xargs web/node_modules/.bin/prettier --list-different || true)
[ -z "$scripts" ] || { echo "not as prettier leaves it: $scripts" >&2; bad=1; }
web/node_modules/.bin/eslint -c web/eslint.config.js web tests >&2 || bad=1
banned=$(grep -rnE '\b(strcpy|strcat|sprintf|gets|atoi|malloc|calloc|realloc|rand|srand|localtime|gmtime)\(' server |
  grep -v '^server/base/alloc\.c' || true)
[ -z "$banned" ] || { echo "there is a better way than: $banned" >&2; bad=1; }
inner=$(grep -rnE 'innerHTML|insertAdjacentHTML|outerHTML|unsafeHTML' web --include=*.js --exclude-dir=node_modules || true)
[ -z "$inner" ] || { echo "markup from strings: $inner" >&2; bad=1; }
left=$(git grep -nIE '\b(TODO|FIXME|XXX|HACK)\b' -- server web protocol tests ':!tests/tidy' || true)
[ -z "$left" ] || { echo "left to do: $left" >&2; bad=1; }
extra=$(git ls-files | cut -d/ -f1 | sort -u | grep -vE '^(server|web|protocol|tests|CMakeLists\.txt|README\.md|\..*)$' || true)
[ -z "$extra" ] || { echo "top level: $extra" >&2; bad=1; }
exit $bad
