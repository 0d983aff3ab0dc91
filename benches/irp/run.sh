#!/usr/bin/env bash
# Solves all instances of a folder and tells how far each is from the best known: per instance, mean by class (S or L and
# customers), mean and worst. Clean figures need as many free cores as run side by side.
# usage: benches/irp/run.sh FOLDER [SECONDS] [SIDE BY SIDE] [SEED] [NAMES…]
# FOLDER has NAME.dat and best_known.csv (`instance,best_known`); NAMES without .dat choose some of them.
set -euo pipefail
folder=$(realpath "${1:?a folder with .dat files and best_known.csv}") seconds=${2:-60} beside=${3:-1} seed=${4:-1}
shift $(($# < 4 ? $# : 4))
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
program=${BONTAICHO_PROGRAM:-$target/release/bontaicho}
[ -n "${BONTAICHO_PROGRAM:-}" ] || cargo build --release --locked -q -p bontaicho
[ -f "$folder/best_known.csv" ] || { echo "$folder has no best_known.csv" >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ $# -gt 0 ]; then printf '%s\n' "$@"; else find "$folder" -maxdepth 1 -name '*.dat' -printf '%f\n' | sed 's/\.dat$//'; fi |
  sort >"$scratch/names"

# One instance: name, total (the fourth of the six last lines) or none, seconds after which it was found.
solve() {
  local name=$1 out=$scratch/$1.out
  if "$program" plan irp "$folder/$name.dat" --seconds "$seconds" --seed "$seed" -o "$out" 2>"$scratch/$name.err"; then
    echo "$name $(tail -n 3 "$out" | head -n 1) $(tail -n 1 "$out")"
  else
    echo "$name none $(grep -o 'IRP-[0-9]*' "$scratch/$name.err" | head -n 1)"
  fi
}
export -f solve
export folder seconds seed program scratch
# shellcheck disable=SC2016 # the inner shell expands it
xargs -a "$scratch/names" -P "$beside" -I NAME bash -c 'solve "$1"' _ NAME >"$scratch/found"

sort "$scratch/found" | awk -v seconds="$seconds" -v seed="$seed" -v beside="$beside" -v known="$folder/best_known.csv" '
  BEGIN {
    FS = ","
    while ((getline <known) > 0) best[$1] = $2
    FS = " "
    printf "%s s, seed %s, %s at a time\n%-24s %12s %12s %8s %8s\n", seconds, seed, beside, "instance", "found", "best known", "ratio", "after s"
  }
  $2 == "none" { printf "%-24s %12s %12s %8s %8s\n", $1, "none", best[$1], "-", $3; failed++; next }
  !($1 in best) { printf "%-24s %12s %12s %8s %8s\n", $1, $2, "-", "-", $3; next }
  {
    ratio = $2 / best[$1]
    printf "%-24s %12.2f %12.2f %8.4f %8s\n", $1, $2, best[$1], ratio, $3
    class = $1
    sub(/abs[0-9]*/, "", class)
    sub(/_[0-9]+_/, "_", class)
    size = class
    sub(/_[HL][0-9]*$/, "", size)
    count[size]++; sum[size] += ratio
    all++; total += ratio
    if (ratio > worst) { worst = ratio; where = $1 }
  }
  END {
    for (size in count) printf "%-12s %3d instances, mean ratio %.4f, gap %+.2f %%\n", size, count[size], sum[size] / count[size], 100 * (sum[size] / count[size] - 1) | "sort -V"
    close("sort -V")
    if (all) printf "all          %3d instances, mean ratio %.4f, gap %+.2f %%; worst %.4f (%s)\n", all, total / all, 100 * (total / all - 1), worst, where
    if (failed) { printf "%d without a solution\n", failed; exit 1 }
  }'
