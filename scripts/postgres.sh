# shellcheck shell=bash
# A PostgreSQL server of our own for the time of the tests: free port, scratch folder, no root.
# start_postgres DIR sets BONTAICHO_TEST_POSTGRES; stop_postgres ends the server.

postgres_dir=

# The folder with initdb and pg_ctl of the newest version installed; Debian keeps it out of PATH.
postgres_programs() {
  local initdb
  for initdb in $(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -rV) "$(command -v initdb 2>/dev/null)"; do
    [ -x "$initdb" ] || continue
    dirname "$initdb"
    return
  done
}

# PostgreSQL refuses to run as root: root lends the work to the user that Debian's package made.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

start_postgres() {
  postgres_dir=$1
  local programs log="$1/log" try port
  programs=$(postgres_programs)
  [ -n "$programs" ] || stop "PostgreSQL's initdb was not found."
  mkdir -p "$postgres_dir"
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$postgres_dir"; fi
  as_postgres "$programs/initdb" -D "$postgres_dir/data" -U bontaicho --auth=trust --encoding=UTF8 --locale=C \
    --no-sync >"$1.initdb.log" 2>&1 || { cat "$1.initdb.log"; stop "initdb failed."; }
  # What is tested is that the program answers after a commit; the server itself is never killed, so
  # it need not wait for the disk.
  for try in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 30000))
    if as_postgres "$programs/pg_ctl" -D "$postgres_dir/data" -l "$log" -w -t 60 start >/dev/null 2>&1 \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_dir -c fsync=off \
          -c full_page_writes=off -c max_connections=200 -c shared_buffers=128MB"; then
      export BONTAICHO_TEST_POSTGRES="postgres://bontaicho@127.0.0.1:$port/postgres"
      return
    fi
    say "Port $port did not work (try $try)"
  done
  as_postgres cat "$log"
  stop "PostgreSQL did not start."
}

stop_postgres() {
  [ -n "$postgres_dir" ] || return 0
  [ -e "$postgres_dir/data/postmaster.pid" ] || return 0
  as_postgres "$(postgres_programs)/pg_ctl" -D "$postgres_dir/data" -m immediate -w stop >/dev/null 2>&1 || true
}
