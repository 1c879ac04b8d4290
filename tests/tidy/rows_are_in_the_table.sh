#!/usr/bin/env bash
# A row of faults and attacks is cited as "tests/README.md, row N" and is in that table, which names
# every test that cites it and no other. In tests/net a test's name may begin with its rows. What is
# cited stands in the repository.
set -euo pipefail
cd "$(dirname "$0")/../.."
bad=0
# Each FILE:TEXT as FILE N, for every whole number of the text.
numbers() { awk -F: '{ n = split($2, all, /[^0-9]+/); for (i = 1; i <= n; i++) if (all[i]) print $1, all[i] }'; }
one='tests/README\.md, rows? [0-9]+((, | and )[0-9]+)*'
# Citations that go on in a next line are taken as one.
cited=$(git grep --untracked -lI 'tests/README\.md' -- server web protocol tests ':!tests/README.md' ':!tests/tidy' |
  while read -r file; do
    tr -s '\n ' ' ' <"$file" | sed -E 's, (\*|//|#) , ,g' | { grep -oE "$one" || true; } |
      sed "s|^tests/README\.md|$file:|"
  done | numbers)
named=$(grep -oE "['\"\`]([0-9]+ )+(and|[A-Za-z\$])" tests/net/*.test.js | numbers)
table=$(grep -E '^\| [0-9]+ \|' tests/README.md)
rows=$(awk '{ print $2 }' <<<"$table")
[ "$(wc -l <<<"$rows")" -gt 50 ] || { echo "the table was not found" >&2; bad=1; }
[ "$(wc -l <<<"$cited")" -gt 60 ] || { echo "citations were not found" >&2; bad=1; }
unknown=$(printf '%s\n' "$cited" "$named" | awk '{ print $2, $1 }' | sort -u | grep -vE "^($(paste -sd'|' <<<"$rows")) " || true)
[ -z "$unknown" ] || { echo "rows that are not in the table: $unknown" >&2; bad=1; }
says=$(while IFS='|' read -r _ row _ _ tests _; do
  { grep -oE '`[^`]+`' <<<"$tests" || true; } | tr -d '`' | sed "s|^|tests/|; s|$| ${row// /}|"
done <<<"$table" | sort -u)
bear=$(printf '%s\n' "$cited" "$named" | grep '^tests/' | sort -u)
differ=$(diff <(echo "$says") <(echo "$bear") | grep '^[<>]' || true)
[ -z "$differ" ] || { echo "< the table says, > the tests say: $differ" >&2; bad=1; }
other=$(git grep -nIiE '\bsafety [0-9]|\brows? [0-9]' -- server web protocol tests ':!tests/README.md' ':!tests/tidy' ':!*.gz' |
  grep -vE 'tests/README\.md, rows? [0-9]|^[^:]*:[0-9]+: *(\*|//|#)? *rows? [0-9]' || true)
[ -z "$other" ] || { echo "cited in another way: $other" >&2; bad=1; }
away=$(git grep -nIE '\b(design|safety|methods|ux|findings|texts|style)\.md\b' -- ':!tests/tidy' || true)
[ -z "$away" ] || { echo "cited, and not in the repository: $away" >&2; bad=1; }
exit $bad
