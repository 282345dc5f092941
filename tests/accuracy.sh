#!/usr/bin/env bash
# Prints how good extraction and attribution are: the figures of README.md.
#
#   tests/accuracy.sh [DATA]
#
# tests/data.sh tells what DATA is.
source "$(dirname "$0")/data.sh"
echo "== PolNeAR dev: quotes found, and with the right words marked as their speaker"
"$program" extract --plain "$data/polnear/dev/text/"*.txt >"$out/quotes.jsonl"
score_mentions dev
for set in eval/speakers-dev eval/speakers-dev-other seed; do
    echo "== $set: the speaker's resolved name"
    "$program" extract --plain "$data/$set/"*.txt >"$out/quotes.jsonl"
    python3 "$data/eval/score_speakers.py" "$data/$set" "$out/quotes.jsonl"
done
