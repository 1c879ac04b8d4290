#!/usr/bin/env bash
# postgres.sh -- a PostgreSQL of the tests' own, in a folder that goes with it.
#
#     postgres.sh start PID      makes one and starts it; prints its folder.  It ends with the process PID
#     postgres.sh stop FOLDER    ends it at once, and removes the folder
#     postgres.sh restart FOLDER [immediate]
#                                ends it, as if it were killed if `immediate`, and starts it again
#     postgres.sh halt FOLDER [immediate]
#     postgres.sh resume FOLDER
#     postgres.sh kill FOLDER    all its processes, as a machine that loses its power
#     postgres.sh freeze FOLDER  they stand still
#     postgres.sh thaw FOLDER
#     postgres.sh standby OF PID
#                                makes another one, that follows the one in the folder OF as its synchronous standby
#     postgres.sh follow FOLDER OF
#                                makes the one in FOLDER anew, as such a standby
#     postgres.sh promote FOLDER the standby leads, and waits for none itself
#     postgres.sh run FOLDER NAME COMMAND...
#                                runs a command whose servers keep their meetings (RUNDE_JOURNAL) in a new database
#
# It listens at a socket in the folder alone: postgresql://runde@/postgres?host=FOLDER. Everybody on the machine
# may be the role `runde`, who may all. Its programs are Debian's; PostgreSQL refuses to run as root, so
# root runs it as `postgres`. What it writes need not outlive the machine: fsync is off, unless
# RUNDE_TEST_FSYNC says `on`. RUNDE_TEST_NAPTIME: seconds between two looks of autovacuum.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }

as_owner() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}
control() { # FOLDER ACTION...
  (cd "$1" && as_owner env -u LC_ALL LANG=C "$bin/pg_ctl" -D "$1/data" -w -t 120 "${@:2}" >>"$1/log.control" 2>&1) ||
    { tail -n 20 "$1/log" "$1/log.control" >&2; exit 1; }
}
new_folder() {
  local folder
  folder=$(as_owner mktemp -d "${TMPDIR:-/tmp}/pg-XXXXXX")
  chmod 755 "$folder"
  echo "$folder"
}
end_with() { # PID FOLDER
  (trap '' INT TERM HUP; tail -f /dev/null --pid="$1"; exec "$0" stop "$2") >/dev/null 2>&1 </dev/null &
}
say() { # FOLDER SQL
  psql -qXAt -v ON_ERROR_STOP=1 "postgresql://runde@/postgres?host=$1" -c "$2"
}
signal() { # SIGNAL FOLDER: to the server and to all that it has started
  local pid
  pid=$(head -1 "$2/data/postmaster.pid")
  kill "-$1" "$pid" $(pgrep -P "$pid")
}
# What is committed in OF from now on is in FOLDER too.
follow() { # FOLDER OF
  rm -rf "$1/data"
  as_owner "$bin/pg_basebackup" -D "$1/data" -R -c fast --no-sync -d "host=$2 user=runde" >>"$1/log.control" 2>&1
  as_owner tee -a "$1/data/postgresql.conf" >/dev/null <<<"unix_socket_directories = '$1'"
  control "$1" -l "$1/log" start
  say "$2" "ALTER SYSTEM SET synchronous_standby_names = '*'"
  say "$2" 'SELECT pg_reload_conf()' >/dev/null
  until [ "$(say "$2" 'SELECT max(sync_state) FROM pg_stat_replication')" = sync ]; do sleep 0.05; done
}

case ${1:-} in
  start)
    folder=$(new_folder)
    as_owner env LANG=C "$bin/initdb" -D "$folder/data" -U runde -A trust -E UTF8 --no-locale --no-sync \
      --data-checksums >"$folder/log.control"
    as_owner tee -a "$folder/data/postgresql.conf" >/dev/null <<END
listen_addresses = ''
unix_socket_directories = '$folder'
unix_socket_permissions = 0777
fsync = ${RUNDE_TEST_FSYNC:-off}
max_connections = 200
shared_buffers = 32MB
max_wal_size = 256MB
autovacuum_naptime = ${RUNDE_TEST_NAPTIME:-1}
wal_retrieve_retry_interval = 100ms
END
    control "$folder" -l "$folder/log" start
    end_with "$2" "$folder"
    echo "$folder"
    ;;
  restart) control "$2" -l "$2/log" -m "${3:-fast}" restart ;;
  halt) control "$2" -m "${3:-fast}" stop ;;
  resume) control "$2" -l "$2/log" start ;;
  kill)
    signal KILL "$2"
    rm -f "$2"/.s.PGSQL.*.lock "$2/data/postmaster.pid" # Nobody may have waited for the process yet.
    ;;
  freeze) signal STOP "$2" ;;
  thaw) signal CONT "$2" ;;
  standby)
    folder=$(new_folder)
    end_with "$3" "$folder"
    follow "$folder" "$2"
    echo "$folder"
    ;;
  follow) follow "$2" "$3" ;;
  promote)
    as_owner sed -i '/^synchronous_standby_names/d' "$2/data/postgresql.auto.conf"
    control "$2" reload
    control "$2" promote
    ;;
  run)
    folder=$2 name=${3,,}
    say "$folder" "CREATE DATABASE $name" && trap 'say "$folder" "DROP DATABASE $name WITH (FORCE)"' EXIT
    RUNDE_JOURNAL="postgresql://runde@/$name?host=$folder" "${@:4}"
    ;;
  stop)
    [ -d "$2" ] || exit 0
    (control "$2" -m immediate stop) 2>/dev/null || true
    rm -rf "$2"
    ;;
  *)
    sed -n '2,/^set/ { /^set/d; s/^# \{0,1\}//p }' "$0" >&2
    exit 1
    ;;
esac
