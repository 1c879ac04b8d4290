#!/usr/bin/env bash
# instructions.sh -- how many instructions the server spends on ten thousand commands, which does
# not depend on what else the machine does: `tests/bench/instructions.sh [BUILD]`.  Wants valgrind.
#
# Measured at the release before methods became modules: 3025313951 instructions, 302531 a command
# (Debian 12, gcc 12.2). Two runs of one build differ by less than 0.1 %.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${1:-build}
cmake --build "$build" --target instructions >/dev/null
log=$(mktemp)
trap 'rm -f "$log"' EXIT
valgrind --tool=callgrind --toggle-collect=workload --callgrind-out-file="$build/callgrind.out" \
  "$build/instructions" 2>"$log"
awk '/Collected/ { printf "%.0f instructions, %.0f a command\n", $NF, $NF / 10000; n++ }
  END { exit n != 1 }' "$log"
