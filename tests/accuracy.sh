#!/usr/bin/env bash
# Prints how good extraction and attribution are: the figures of README.md.
#
#   tests/accuracy.sh [DATA]
#
# DATA is the folder of the evaluation data (default ../shared), which belongs to its publishers and is
# not part of this repository: the PolNeAR corpus, news articles with their speakers resolved by hand,
# and the scorers. Without it there is nothing to print, and this says so.
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(realpath "${1:-../shared}")
if [ ! -d "$data/eval" ]; then
    echo "skipped: no evaluation data in $data"
    exit 0
fi
cargo build --release --locked --quiet
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT

for split in dev; do
    echo "== PolNeAR $split: quotes found, and with the right words marked as their speaker"
    target/release/onrecord extract --plain "$data/polnear/$split/text/"*.txt >"$out/quotes.jsonl"
    python3 "$data/eval/score.py" --gold "$data/polnear/$split" --pred "$out/quotes.jsonl" | sed -n '3,9p'
done
for set in eval/speakers-dev eval/speakers-dev-other seed; do
    echo "== $set: the speaker's resolved name"
    target/release/onrecord extract --plain "$data/$set/"*.txt >"$out/quotes.jsonl"
    python3 "$data/eval/score_speakers.py" "$data/$set" "$out/quotes.jsonl"
done
