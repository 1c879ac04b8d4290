#!/usr/bin/env bash
# What the pages use is there in the oldest browsers that web/browsers.json promises, and what runs on
# node in the oldest node.
set -euo pipefail
cd "$(dirname "$0")/../../web"
node compat.js
