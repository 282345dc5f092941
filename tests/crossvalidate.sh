#!/usr/bin/env bash
# Prints how good attribution is on articles its weights were not learned from: PolNeAR train in five
# parts, each read with what the other four teach.
#
#   tests/crossvalidate.sh [DATA]
#
# DATA is the folder of the evaluation data, as for tests/accuracy.sh; without it there is nothing to
# print, and this says so. It takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(realpath "${1:-../shared}")
if [ ! -d "$data/eval" ]; then
    echo "skipped: no evaluation data in $data"
    exit 0
fi
cargo build --release --locked --quiet
program=${CARGO_TARGET_DIR:-target}/release/onrecord
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT
for part in 0 1 2 3 4; do
    "$program" train "$data/polnear/train" --leave "$part" -o "$out/weights" >"$out/left"
    sed "s#.*#$data/polnear/train/text/&.txt#" "$out/left" |
        tr '\n' '\0' | xargs -0 "$program" extract --weights "$out/weights" --plain >>"$out/quotes.jsonl"
done
python3 "$data/eval/score.py" --gold "$data/polnear/train" --pred "$out/quotes.jsonl" | sed -n '3,9p'
