#!/usr/bin/env bash
# The engine reads no clock, does no input or output and guesses nothing: its objects may ask the
# linker only for memory, our own layers below it, and themselves.
set -euo pipefail
build=$1
allowed='^(free|memcpy|memset|memmove|memcmp|strlen|strcmp|reallocarray|__assert_fail|__stack_chk_fail'
allowed+='|alloc_.*|text_.*|uuid_same|hash_same|hash_of|chief_code_read|record_.*|.*_record|.*_enum|fact_.*|command_infos|fact_infos|method_infos|function_words'
allowed+='|_GLOBAL_OFFSET_TABLE_)$'
own=$(nm --defined-only --format=posix "$build/libengine.a" | awk 'NF > 1 { print $1 }' | sort -u)
found=$(nm --undefined-only --format=posix "$build/libengine.a" | awk 'NF > 1 { print $1 }' | sort -u |
  grep -vxF "$own" | grep -Ev "$allowed" || true)
[ -z "$found" ] || { echo "the engine is not pure; it wants: $found" >&2; exit 1; }
