#!/usr/bin/env bash
# A layer includes only what stands below it; a library of the outside only where it has its home.
set -euo pipefail
cd "$(dirname "$0")/../.."
bad=0
# layer: the layers that it may include
may() {
  local layer=$1 list=$2 hits
  hits=$(grep -rnoE '#include "(base|engine|wire|store|minutes|app|hub|net|cli)/' "server/$layer" |
    grep -vE "#include \"($layer$list)/" || true)
  [ -z "$hits" ] || { echo "$layer may not include: $hits" >&2; bad=1; }
}
may base ''
may engine '|base'
may wire '|base|engine'
may store '|base'
may minutes '|base|engine'
may hub '|base|engine|wire'
may app '|base|engine|wire|store|minutes|hub'
may net '|base|app|hub'
may cli '|base|app|store|net|hub|wire'
# header: the folders that it may stand in
only() {
  local header=$1 where=$2 hits
  hits=$(grep -rlE "#include <$header" server protocol | grep -vE "^($where)/" || true)
  [ -z "$hits" ] || { echo "<$header> has its home in $where, not in: $hits" >&2; bad=1; }
}
only jansson.h 'server/wire|protocol|server/minutes|server/cli'
only libxml/ 'server/minutes'
only libical/ 'server/minutes'
only zip.h 'server/minutes'
only hunspell/ 'server/minutes'
only sqlite3.h 'server/store'
only libpq-fe.h 'server/store'
only libwebsockets.h 'server/net'
only uv.h 'server/net'
only openssl/ssl.h 'server/net'
only qrencode.h 'server/net'
exit $bad
