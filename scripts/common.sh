# shellcheck shell=bash
# Shared by ./run and ./test: headings with elapsed time, and system packages installed on demand.

started=$SECONDS

# A visible heading: what happens now, and how long everything took so far.
heading() {
  local elapsed=$((SECONDS - started))
  printf '\n== %s  [%d min %02d s]\n' "$*" $((elapsed / 60)) $((elapsed % 60))
}

say() { printf '   %s\n' "$*"; }

stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

# As root, directly or through sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    stop "This needs root and sudo is absent. As root, run: $*"
  fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
}

# install_packages NAME...: by apt-get. The package lists of a fresh machine are empty or stale, so a
# failure is answered by one update and one more try.
install_packages() {
  command -v apt-get >/dev/null || stop "Please install: $* (only Debian and Ubuntu are served by apt-get here)"
  say "Installing system packages: $*"
  apt install --no-install-recommends "$@" >/dev/null 2>&1 && return
  say "Refreshing the package lists first"
  apt update >/dev/null || say "Some package lists could not be refreshed; trying with what there is"
  apt install --no-install-recommends "$@" >/dev/null || stop "apt-get could not install: $*"
}

# The first of these commands that exists, as a path; nothing if none does.
first_command() {
  local name
  for name in "$@"; do
    command -v "$name" 2>/dev/null && return
  done
}

# What every build needs: rustup's cargo, and a C compiler and linker for SQLite.
need_compiler() {
  if ! command -v cargo >/dev/null; then
    [ -r "${CARGO_HOME:-$HOME/.cargo}/env" ] || stop "Rust is missing. Install it from https://rustup.rs and try again."
    # shellcheck source=/dev/null
    . "${CARGO_HOME:-$HOME/.cargo}/env"
  fi
  local missing=()
  command -v cc >/dev/null || missing+=(gcc libc6-dev)
  command -v pkg-config >/dev/null || missing+=(pkg-config)
  command -v git >/dev/null || missing+=(git)
  [ -e /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}
