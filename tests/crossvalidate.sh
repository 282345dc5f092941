#!/usr/bin/env bash
# Prints how good attribution is on articles its weights were not learned from: PolNeAR train in five
# parts, each read with what the other four teach. It takes some minutes.
#
#   tests/crossvalidate.sh [DATA]
#
# tests/data.sh tells what DATA is.
source "$(dirname "$0")/data.sh"
for part in 0 1 2 3 4; do
    "$program" train "$data/polnear/train" --leave "$part" -o "$out/weights" >"$out/left"
    sed "s#.*#$data/polnear/train/text/&.txt#" "$out/left" |
        tr '\n' '\0' | xargs -0 "$program" extract --weights "$out/weights" --plain >>"$out/quotes.jsonl"
done
score_mentions train
