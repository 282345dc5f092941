#!/usr/bin/env bash
# Prints what each learned part adds: the same articles, read with weights learned without it. It takes
# some minutes.
#
#   tests/ablation.sh [DATA]
#
# tests/data.sh tells what DATA is.
source "$(dirname "$0")/data.sh"
measure() {
    "$program" extract "$@" --plain "$data/polnear/dev/text/"*.txt >"$out/quotes.jsonl"
    score_mentions dev | awk '/spk/ { printf "%s %s  ", $1, $4 }'
    "$program" extract "$@" --plain "$data/eval/speakers-dev/"*.txt >"$out/quotes.jsonl"
    python3 "$data/eval/score_speakers.py" "$data/eval/speakers-dev" "$out/quotes.jsonl" |
        awk '/^speaker F1/ { print "resolved", $3 }'
}
echo "all: $(measure)"
for part in tags chain ranking salience; do
    "$program" train "$data/polnear/train" --without "$part" -o "$out/weights"
    echo "without $part: $(measure --weights "$out/weights")"
done
{ printf 'none\n\n' && head -c 16 /dev/zero; } >"$out/weights"
echo "rules alone: $(measure --weights "$out/weights")"
