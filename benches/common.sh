# shellcheck shell=bash
# Shared by the scripts of this folder: an empty database of either engine, a province in it, and
# what was made removed at the end. BONTAICHO_PROGRAM names another build of the program than this one's.

target=${CARGO_TARGET_DIR:-target}
run=${BONTAICHO_PROGRAM:-$target/release/bontaicho}

# build_all: the instruments, and the program unless another build was named.
build_all() {
  if [ -n "${BONTAICHO_PROGRAM:-}" ]; then
    cargo build --release --locked -q -p bench
  else
    cargo build --release --locked -q -p bontaicho -p bench
  fi
}

# What the script started and made is gone when it ends.
serving='' scratch='' made='' engine=''
clean_up() {
  if [ -n "$serving" ]; then
    kill "$serving" 2>/dev/null || true
    wait "$serving" 2>/dev/null || true
  fi
  if [ -n "$made" ]; then
    psql -q "$engine" -c "DROP DATABASE $made WITH (FORCE)" -c "DROP DATABASE ${made}_plain WITH (FORCE)"
  fi
  [ -z "$scratch" ] || rm -rf "$scratch"
}
trap clean_up EXIT

# empty_databases ENGINE NAME: sets `scratch`, a folder, and `database` and `plain`, two databases.
# shellcheck disable=SC2034 # used by the script that sources this
empty_databases() {
  engine=$1
  mkdir -p "${BONTAICHO_BENCH_DIR:-$PWD/target}"
  scratch=$(mktemp -d "${BONTAICHO_BENCH_DIR:-$PWD/target}/$2.XXXXXX")
  if [ "$engine" = sqlite ]; then
    database=sqlite:$scratch/bench.db plain=sqlite:$scratch/plain.db
    return
  fi
  local name=bontaicho_$2_$$
  psql -q "$engine" -c "CREATE DATABASE $name" -c "CREATE DATABASE ${name}_plain"
  made=$name database=${engine%/*}/$name plain=${engine%/*}/${name}_plain
}

# found_province FACILITIES TANKS: migrates, founds An Giang and imports facilities with so many tanks
# of 5,000 kg and cylinders each; sets `token` of a desk that may report for all of them.
found_province() {
  local n tank
  "$run" migrate --database "$database"
  "$run" user add quantri --area 91 --role administrator --database "$database" >"$scratch/password"
  {
    echo "Mã cơ sở,Tên cơ sở,Mã xã,Loại nguồn oxy,Tên bồn hoặc kho,Dung tích,Đơn vị dung tích,Đơn vị thang đo,Dung tích chai (lít nước),Số vỏ chai"
    for n in $(seq 1 "$1"); do
      for tank in $(seq 1 "$2"); do
        echo "CS$n,Bệnh viện thử số $n,30307,bồn oxy lỏng,Bồn số $tank,5000,kg,%,,"
      done
      echo "CS$n,Bệnh viện thử số $n,30307,chai oxy,Chai 40 L,,,,40,200"
    done
  } >"$scratch/facilities.csv"
  "$run" import facilities "$scratch/facilities.csv" --database "$database"
  "$run" user add tram --role duty_officer --database "$database" >>"$scratch/password"
  # shellcheck disable=SC2034 # used by the script that sources this
  token=$("$run" user token tram --database "$database")
}
