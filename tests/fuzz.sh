#!/bin/sh
# Fuzzes what reads what others wrote, guided by coverage, with a stable toolchain and a C++ compiler:
#
#   tests/fuzz.sh                      every property for a minute
#   tests/fuzz.sh -s 600 query html    these for ten minutes each
#   tests/fuzz.sh -n 1000000           every property a million times
#   tests/fuzz.sh -n 1000000 -l 256    the same with inputs of 256 bytes at most: less than an hour
#
# An input that breaks a property is put into tests/fuzz/kept, where the suite finds it from then on.
# What was reached is kept under target/fuzz, so that the next run begins there.
set -eu
cd "$(dirname "$0")/.."
bound=-max_total_time=60
length=2048
while getopts s:n:l: option; do
    case $option in
        s) bound=-max_total_time=$OPTARG ;;
        n) bound=-runs=$OPTARG ;;
        l) length=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
all='query markup html xml warc json dates decoder quotes archives exports'

# Instrumented as cargo-fuzz does it. With a stated target, build scripts are not.
host=$(rustc -vV | sed -n 's/^host: //p')
sancov='-Cllvm-args=-sanitizer-coverage'
RUSTFLAGS="-Cpasses=sancov-module $sancov-level=4 $sancov-inline-8bit-counters $sancov-pc-table $sancov-trace-compares" \
    cargo build --quiet --manifest-path tests/fuzz/Cargo.toml --target "$host" --target-dir target/fuzz

# Articles of the sample corpus to begin with, as far as they are short.
find sample-corpus -type f -size -8k | sort | tr '\n' ',' | sed 's/,$//' > target/fuzz/seeds
failed=
for property in ${*:-$all}; do
    mkdir -p "target/fuzz/reached/$property" "tests/fuzz/kept/$property"
    begun=$(date +%s)
    log=target/fuzz/$property.log
    PROPERTY=$property "target/fuzz/$host/debug/fuzz" "$bound" -max_len=$length -timeout=10 -rss_limit_mb=1024 \
        -seed_inputs=@target/fuzz/seeds -artifact_prefix="tests/fuzz/kept/$property/" \
        "target/fuzz/reached/$property" "tests/fuzz/kept/$property" > "$log" 2>&1 || failed="$failed $property"
    rmdir "tests/fuzz/kept/$property" 2> /dev/null || true
    echo "$property: $(sed -n 's/^Done \([0-9]*\) runs.*/\1 runs/p' "$log") in $(($(date +%s) - begun)) s, $(sed -n 's/.*\(cov: [0-9]*\).*/\1/p' "$log" | tail -n 1)"
done
[ -z "$failed" ] || { echo "broken:$failed (see target/fuzz/*.log)"; exit 1; }
