#!/usr/bin/env bash
# A throw-away PostgreSQL with pgvector for tests, on a loopback port.
#
#   scratch-postgres.sh DIR
#
# Starts a server whose data is in DIR (new, or made by an earlier run, which is then wiped), prints its JDBC URL as the
# first line of standard output, serves until standard input ends, stops, and removes DIR. So the server never
# outlives the process that holds the other end of the pipe, however that dies. A line of input is an order, answered
# by a line of output:
#
#   crash     kills the server as kill -9 does, and waits until nothing of it is left
#   restart   starts it again, on the same port
#   programs  says where initdb, psql, pg_dump and the like are
#   pooler    starts PgBouncer in transaction mode before the server and says its JDBC URL; empty if there is none
#
# Where the server comes from, first that fits:
#   1. $SCRATCH_PG_BIN       a directory with initdb and postgres that has pgvector
#   2. an installed PostgreSQL that has pgvector 0.8.0 or newer (not if SCRATCH_PG_SUITE is set)
#   3. Debian's packages of $SCRATCH_PG_SUITE (default trixie: PostgreSQL 17, pgvector 0.8.0), downloaded by apt with
#      its signature checks from the mirror that this machine's own apt sources name ($SCRATCH_PG_MIRROR overrides),
#      unpacked into $SCRATCH_PG_SOFTWARE (default /var/tmp/rag-index-postgres-UID, about 125 MB, kept for the next
#      run) and run with the C library of that suite. Needs no root, no compiler, no Docker; 10 to 20 s once.
# PostgreSQL refuses to run as root: then the server runs as user postgres, or nobody where there is none.
set -euo pipefail
umask 022
export LC_ALL=C
unset CDPATH PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGDATA PGOPTIONS PGSERVICE PGSSLMODE LD_PRELOAD LD_LIBRARY_PATH

say() { printf 'scratch-postgres: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

[ $# = 1 ] || die "usage: scratch-postgres.sh DIR"
for need in flock awk sed tar od setpriv; do have "$need" || die "$need is missing: this needs a Linux with its usual tools"; done

dir=$1
suite=${SCRATCH_PG_SUITE:-trixie}
store=${SCRATCH_PG_SOFTWARE:-/var/tmp/rag-index-postgres-$(id -u)}
bin='' locpath=''

# ---------------------------------------------------------------- where the data lies, and who runs the server
claim() { # never wipe a folder that is not ours
  mkdir -p -- "$1"
  [ -f "$1/.scratch-postgres" ] || [ -z "$(ls -A -- "$1")" ] || die "$1 holds other things: give a new folder"
  find "$1" -mindepth 1 -maxdepth 1 ! -name .scratch-postgres -exec rm -rf -- {} +
  : > "$1/.scratch-postgres"
}

claim "$dir"
dir=$(cd -- "$dir" && pwd -P)
as_server=()
owner=$(id -un)
if [ "$(id -u)" = 0 ]; then
  owner=postgres
  id -u "$owner" >/dev/null 2>&1 || owner=nobody
  as_server=(setpriv "--reuid=$(id -u "$owner")" "--regid=$(id -g "$owner")" --clear-groups)
  if ! "${as_server[@]}" test -x "$dir"; then # below a closed home folder
    rm -rf -- "$dir"
    dir=$(mktemp -d /var/tmp/scratch-postgres.XXXXXX)
    claim "$dir"
    chmod 755 "$dir"
  fi
fi
case $dir in *[!A-Za-z0-9._/+@=-]*) die "the path $dir has a character other than letters, digits, . _ / + @ = -" ;; esac
data=$dir/data
log=$dir/log
pooler=''

# ---------------------------------------------------------------- where the software comes from
has_vector() { # BINDIR: a whole server, and pgvector 0.8.0 or newer
  local share version
  [ -x "$1/initdb" ] && [ -x "$1/postgres" ] && [ -x "$1/pg_ctl" ] && [ -x "$1/psql" ] || return 1
  share=$("$1/pg_config" --sharedir 2>/dev/null) || share=/usr/share/postgresql/$(basename "$(dirname "$1")")
  version=$(sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" "$share/extension/vector.control" 2>/dev/null) || return 1
  [ -n "$version" ] && [ "$(printf '%s\n0.8.0\n' "$version" | sort -V | head -1)" = 0.8.0 ]
}

find_installed() {
  local candidate
  for candidate in $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -Vr) "$(pg_config --bindir 2>/dev/null || :)"; do
    if [ -n "$candidate" ] && has_vector "$candidate"; then bin=$candidate; return 0; fi
  done
  return 1
}

use_unpacked() { # ROOT; sets bin and locpath if it is complete, was made for this very path, and runs
  local root=$1 candidate
  [ "$(cat "$root/.complete" 2>/dev/null)" = "$root" ] || return 1
  for candidate in $(ls -d "$root"/usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr); do
    [ -f "$root/usr/share/postgresql/$(basename "$(dirname "$candidate")")/extension/vector.control" ] || continue
    "$candidate/postgres" -V >/dev/null 2>&1 || continue
    bin=$candidate locpath=$root/usr/lib/locale pooler=$root/usr/sbin/pgbouncer
    return 0
  done
  return 1
}

debian_mirror() {
  local mirror='' code
  if [ -n "${SCRATCH_PG_MIRROR:-}" ]; then printf '%s\n' "$SCRATCH_PG_MIRROR"; return; fi
  # what apt itself says (needs lists that an earlier `apt-get update` brought) ...
  mirror=$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' 2>/dev/null |
    awk -F'|' '$1 == "Debian" && $2 == "Debian" && $3 == "main" { print $4; exit }') || :
  # ... or its source files, in either format: the entry of this release's own suite
  code=$(. /etc/os-release 2>/dev/null && [ "${ID:-}" = debian ] && printf '%s' "${VERSION_CODENAME:-}") || :
  if [ -z "$mirror" ]; then
    mirror=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || :; } |
      sed -n 's/^[[:space:]]*deb[[:space:]]\{1,\}\(\[[^]]*\][[:space:]]\{1,\}\)\{0,1\}//p' |
      awk -v c="$code" '$1 !~ /security/ && ($2 == c || $2 ~ /^(stable|oldstable|testing|sid|unstable)$/) && / main( |$)/ { print $1; exit }')
  fi
  if [ -z "$mirror" ]; then
    mirror=$(for f in /etc/apt/sources.list.d/*.sources; do [ -f "$f" ] && { cat "$f"; echo; }; done |
      awk -v c="$code" 'BEGIN { RS = ""; FS = "\n" }
        { u = s = t = k = ""; on = 1
          for (i = 1; i <= NF; i++) { l = $i; v = l; sub(/^[^:]*:[ \t]*/, "", v)
            if (l ~ /^URIs:/) u = v; if (l ~ /^Suites:/) s = " " v " "; if (l ~ /^Types:/) t = " " v " "
            if (l ~ /^Components:/) k = " " v " "; if (l ~ /^Enabled:[ \t]*no/) on = 0 }
          split(u, a, /[ \t]+/)
          if (on && t ~ / deb / && k ~ / main / && a[1] !~ /security/ && (index(s, " " c " ") || s ~ / (stable|oldstable|testing|sid|unstable) /)) { print a[1]; exit } }')
  fi
  [ -n "$mirror" ] || die "no Debian mirror in this machine's apt sources (not Debian?): set SCRATCH_PG_MIRROR"
  printf '%s\n' "$mirror"
}

# Packages that the server's dependencies name and a scratch server never loads. Should that ever leave a
# library out, the check after unpacking fails and the whole closure is brought instead.
skip='^(perl|perl-.*|libperl.*|lib.*-perl|libgdbm.*|libdb5.*|libllvm.*|libz3.*|postgresql-common.*|postgresql-client-common|postgresql-[0-9]+-jit|locales|libc-l10n|tzdata|adduser|passwd|login\.defs|base-passwd|libsemanage.*|libsepol.*|debconf|libdebconfclient0|ucf|sensible-utils|netbase|openssl|openssl-provider-legacy|ssl-cert|procps|libproc2.*|init-system-helpers|readline-common|gcc-[0-9]+-base|libsasl2-modules-db)$'

bring_debs() { # ROOT [all]
  local root=$1 all=${2:-} apt mirror key='' pkgs major f ld libs
  local new=$root.new
  for f in apt-get apt-cache dpkg-deb; do have "$f" || die "$f is missing: not a Debian-like machine"; done
  mirror=$(debian_mirror)
  rm -rf -- "$new" "$root"
  apt=$store/apt-$suite
  mkdir -p -- "$new" "$apt/lists/partial" "$apt/archives/partial" "$apt/debs"
  [ "$(id -u)" != 0 ] || ! id -u _apt >/dev/null 2>&1 || chown _apt "$apt/lists/partial" "$apt/archives/partial" "$apt/debs"
  for f in /usr/share/keyrings/debian-archive-keyring.pgp /usr/share/keyrings/debian-archive-keyring.gpg; do
    [ ! -f "$f" ] || { key=$f; break; }
  done
  printf 'deb %s%s %s main\n' "${key:+[signed-by=$key] }" "$mirror" "$suite" > "$apt/sources.list"
  : > "$apt/status"
  # apt with its own lists, cache and (empty) status; of the machine's settings only how to download, no hooks
  {
    apt-config dump | grep -E '^Acquire::[^ ]* ".+";$' || :
    cat <<CONF
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::State::extended_states "$apt/extended_states";
Dir::Cache "$apt";
Dir::Cache::archives "$apt/archives";
Acquire::Retries "3";
Acquire::http::Timeout "60";
Acquire::Languages "none";
APT::Install-Recommends "false";
CONF
  } > "$apt/apt.conf"

  say "bringing PostgreSQL with pgvector from $mirror $suite, once"
  APT_CONFIG=$apt/apt.conf apt-get -q update > "$apt/log" 2>&1 ||
    { tail -5 "$apt/log" >&2; die "apt-get update for $suite failed (see $apt/log); if a signing key is missing: apt-get install debian-archive-keyring"; }
  major=$(APT_CONFIG=$apt/apt.conf apt-cache pkgnames postgresql- | sed -n 's/^postgresql-\([0-9]\{1,\}\)-pgvector$/\1/p' | sort -n | tail -1)
  [ -n "$major" ] || die "$suite has no postgresql-NN-pgvector"
  pkgs=$(APT_CONFIG=$apt/apt.conf apt-get -s install "postgresql-$major" "postgresql-client-$major" "postgresql-$major-pgvector" pgbouncer patchelf 2>> "$apt/log" | awk '/^Inst / { print $2 }')
  [ -n "$pkgs" ] || { tail -5 "$apt/log" >&2; die "apt could not resolve postgresql-$major-pgvector in $suite"; }
  [ -n "$all" ] || pkgs=$(printf '%s\n' "$pkgs" | grep -Ev "$skip")
  rm -f -- "$apt"/debs/*.deb
  # shellcheck disable=SC2086
  (cd "$apt/debs" && APT_CONFIG=$apt/apt.conf apt-get -q download $pkgs) >> "$apt/log" 2>&1 ||
    { tail -5 "$apt/log" >&2; die "downloading the packages failed (see $apt/log)"; }

  for f in "$apt"/debs/*.deb; do
    dpkg-deb --fsys-tarfile "$f" | tar -x -C "$new" --no-same-owner --exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale --exclude=./usr/share/lintian
  done
  # Programs of another Debian release need that release's C library: name it in their ELF headers
  # (a loader path and an inherited RPATH), so that no environment variable is needed, and none leaks into /bin/sh.
  libs=$(cd "$new" && ls -d usr/lib/*-linux-gnu* | sed -n 1p)
  ld=$(cd "$new" && find usr/lib -name 'ld-linux*.so.*' | sort -r | sed -n 1p)
  [ -n "$libs" ] && [ -n "$ld" ] || die "no C library among the unpacked packages"
  for f in "$new/usr/lib/postgresql/$major/bin"/{initdb,pg_ctl,postgres,psql,pg_isready,pg_dump,pg_restore,pg_config,pg_controldata} "$new/usr/sbin/pgbouncer"; do
    [ -x "$f" ] || continue
    "$new/$ld" --library-path "$new/$libs" "$new/usr/bin/patchelf" \
      --set-interpreter "$root/$ld" --force-rpath --set-rpath "$root/$libs" "$f" || die "patchelf failed on $f"
  done
  chmod -R u+w,go+rX "$new"
  mv -- "$new" "$root"
  printf '%s\n' "$root" > "$root/.complete"
  rm -rf -- "$apt"
}

find_software() { # sets bin, locpath
  if [ -n "${SCRATCH_PG_BIN:-}" ]; then
    has_vector "$SCRATCH_PG_BIN" || die "SCRATCH_PG_BIN=$SCRATCH_PG_BIN has no PostgreSQL with pgvector 0.8.0 or newer"
    bin=$SCRATCH_PG_BIN
    return
  fi
  if [ -z "${SCRATCH_PG_SUITE:-}" ] && find_installed; then return; fi
  mkdir -p -- "$store"
  store=$(cd -- "$store" && pwd -P)
  [ -O "$store" ] || die "$store belongs to somebody else: set SCRATCH_PG_SOFTWARE"
  exec 8> "$store/lock" # one brings it, the others wait
  flock -w 900 8 || die "another run has been bringing $store for 15 minutes"
  local root=$store/$suite-with-pgbouncer
  if ! use_unpacked "$root"; then
    (exec 8>&-; bring_debs "$root")
    if ! use_unpacked "$root"; then
      say "the trimmed package set does not run; bringing every dependency"
      (exec 8>&-; bring_debs "$root" all)
      use_unpacked "$root" || die "the server unpacked in $root does not run"
    fi
  fi
  exec 8>&-
}

# ---------------------------------------------------------------- the server
server() { # runs a program as the server's user in a clean environment
  (cd / && exec "${as_server[@]}" env -i PATH=/usr/local/bin:/usr/bin:/bin TZ=UTC LC_ALL=C.UTF-8 ${locpath:+LOCPATH=$locpath} "$@") < /dev/null
}

make_cluster() {
  mkdir -m 700 -- "$data" "$log"
  (umask 077; od -An -N16 -tx1 /dev/urandom | tr -d ' \n' > "$dir/password"; echo >> "$dir/password")
  [ "$(id -u)" != 0 ] || chown "$owner:" "$data" "$log" "$dir/password"
  server "$bin/initdb" -D "$data" -U scratch --pwfile="$dir/password" -A scram-sha-256 -E UTF8 --locale=C.UTF-8 --no-sync > "$dir/initdb.log" 2>&1 ||
    { tail -5 "$dir/initdb.log" >&2; die "initdb failed"; }
  cat >> "$data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 128MB
maintenance_work_mem = 256MB
jit = off
# kill -9 of the server loses nothing that was committed (the kernel has it); only a crash of the machine may
fsync = off
full_page_writes = off
timezone = 'GMT'
log_timezone = 'GMT'
CONF
  [ ! -f "$("$bin/pg_config" --pkglibdir 2>/dev/null)/pg_stat_statements.so" ] ||
    echo "shared_preload_libraries = 'pg_stat_statements'" >> "$data/postgresql.conf"
}

start_server() { # [PORT]; sets port
  local shm=mmap try
  # parallel index builds take shared memory from /dev/shm, which containers often limit to 64 MB or lack
  if "${as_server[@]}" test -w /dev/shm && [ "$(df -Pm /dev/shm | awk 'NR == 2 { print $4 }')" -ge 1024 ]; then shm=posix; fi
  for try in 1 2 3 4 5 6 7 8 9 10; do
    port=${1:-$((20000 + (RANDOM * 32768 + RANDOM) % 10000))}
    if server "$bin/pg_ctl" start -D "$data" -s -w -t 120 -l "$log/server.log" -o "-p $port -c dynamic_shared_memory_type=$shm" > /dev/null 2>&1; then return; fi
    # taken by somebody, or a server that was killed is not quite dead
    grep -qiE 'could not bind|Address already in use|shared memory block' "$log/server.log" || break
    sleep 0.2
  done
  tail -8 "$log/server.log" >&2
  die "the server did not start"
}

crash_server() {
  local pids try
  pids=$(head -1 "$data/postmaster.pid")
  pids="$pids $(cat /proc/"$pids"/task/*/children 2>/dev/null || :)"
  kill -9 ${pids%% *}
  for try in $(seq 500); do
    kill -0 $pids 2> /dev/null || return 0 # as long as any of them lives
    sleep 0.02
  done
  die "the killed server does not die"
}

start_pooler() { # says its URL
  local ini=$dir/pooler.ini port_of_pooler=$((10000 + (RANDOM * 32768 + RANDOM) % 10000)) try
  [ -n "$pooler" ] || pooler=$(PATH=$PATH:/usr/sbin command -v pgbouncer) || :
  [ -x "$pooler" ] || { echo; return; }
  (umask 077; cat > "$ini") <<CONF
[databases]
* = host=127.0.0.1 port=$port user=scratch password=$(cat "$dir/password")
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port_of_pooler
unix_socket_dir =
pidfile = $log/pooler.pid
auth_type = any
pool_mode = transaction
ignore_startup_parameters = extra_float_digits
CONF
  [ "$(id -u)" != 0 ] || chown "$owner:" "$ini"
  server "$pooler" "$ini" > "$log/pooler.log" 2>&1 &
  for try in $(seq 100); do
    if (exec 3<> "/dev/tcp/127.0.0.1/$port_of_pooler") 2> /dev/null; then
      printf 'jdbc:postgresql://127.0.0.1:%s/scratch?user=scratch&password=any\n' "$port_of_pooler"
      return
    fi
    sleep 0.1
  done
  tail -5 "$log/pooler.log" >&2
  die "the pooler did not start"
}

stop_server() {
  trap - EXIT
  trap '' INT TERM HUP
  [ ! -f "$log/pooler.pid" ] || kill "$(cat "$log/pooler.pid")" 2> /dev/null || :
  [ -z "$bin" ] || [ ! -f "$data/postmaster.pid" ] || server "$bin/pg_ctl" stop -D "$data" -s -w -t 60 -m immediate > /dev/null 2>&1 || say "could not stop the server in $data"
  rm -rf -- "$dir"
}

trap stop_server EXIT
trap 'exit 130' INT TERM HUP
find_software
make_cluster
start_server
psql() { PGPASSWORD=$(cat "$dir/password") ${locpath:+env LOCPATH="$locpath"} "$bin/psql" -X -q -h 127.0.0.1 -p "$port" -U scratch -v ON_ERROR_STOP=1 "$@" < /dev/null > /dev/null; }
# like most databases out there, one whose texts do not sort by code points (PostgreSQL 15 and newer)
psql -d postgres -c "create database scratch template template0 locale_provider icu icu_locale 'en-US'" 2> /dev/null ||
  psql -d postgres -c 'create database scratch'
psql -d scratch -c 'create extension vector'
printf 'jdbc:postgresql://127.0.0.1:%s/scratch?user=scratch&password=%s\n' "$port" "$(cat "$dir/password")"
while read -r order; do
  case $order in
    crash) crash_server; echo crashed ;;
    restart) start_server "$port"; echo restarted ;;
    programs) printf '%s\n' "$bin" ;;
    pooler) start_pooler ;;
    *) die "no such order: $order" ;;
  esac
done
