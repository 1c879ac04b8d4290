#!/usr/bin/env bash
# A method is named by its row protocol/methods/NAME.json, its module server/engine/method/NAME.c and
# its views web/method/NAME/, by words for people and by templates; by tests that set a scene, and what
# of a method the simulator has to know, tests/sim/method/NAME_*. Other code, the rest of the simulator
# and the tests' support too, goes by traits: a new method is new files alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
bad=0
where=(server web 'protocol/*.[ch]' 'tests/sim/*.[ch]' 'tests/support/*.c' 'tests/support/*.h'
  'tests/support/*.js' ':!server/templates' ':!server/deploy' ':!web/locale' ':!*.md' ':!*.css')
# Words that are no method here: a record of the snapshot, a class, and what a plan has of turns.
others='(snapshot_put\(to|json_object_get\(state), "decision"|decision: \{|class="summary"'
others+="|Pick<State, 'decision'>"
others+='|turns: (\{people|turns\.map)'
count=0
for row in protocol/methods/*.json; do
  name=$(basename "$row" .json)
  # A text that is the name, or the key of its word; a constant; a key of an object.
  named="[\"'\`](method\.)?$name[\"'\`]|\bMETHOD_${name^^}\b|(^|[{,]) *$name:"
  found=$(git grep --untracked -nIE "$named" -- "${where[@]}" \
    ":!server/engine/method/$name.c" ":!web/method/$name" ":!tests/sim/method/${name}_*" | grep -vE "$others" || true)
  [ -z "$found" ] || { echo "$name is named away from home: $found" >&2; bad=1; }
  count=$((count + 1))
done
[ "$count" -gt 7 ] || { echo "methods were not found" >&2; bad=1; }
exit $bad
