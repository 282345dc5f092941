#!/usr/bin/env bash
# Prints how often each rule of attribution is right: the figures of `Basis::confidence`.
#
#   tests/confidence.sh [DATA]
#
# DATA is the folder of the evaluation data, as for tests/accuracy.sh; without it there is nothing to
# print, and this says so. A quote counts where an annotated one holds half of its words.
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(realpath "${1:-../shared}")
if [ ! -d "$data/eval" ]; then
    echo "skipped: no evaluation data in $data"
    exit 0
fi
cargo build --release --locked --quiet
program=${CARGO_TARGET_DIR:-target}/release/onrecord
"$program" extract --plain "$data/polnear/train/text/"*.txt | PYTHONPATH="$data/eval" python3 -c '
import collections, json, score, sys

quotes = {}
for line in sys.stdin:
    article = json.loads(line)
    quotes[article["id"]] = article["quotes"]
right, all_of = collections.Counter(), collections.Counter()
for stem, text, attributions in score.read_gold(sys.argv[1], None):
    article = score.Article(stem, text, attributions)
    annotated = article.items_d + article.items_i
    for quote in quotes.get(stem, []):
        words = article.toks([tuple(span) for span in quote["spans"]])
        shared = max(annotated, key=lambda item: len(words & item["content"]), default=None)
        if not shared or not words or 2 * len(words & shared["content"]) < len(words):
            continue
        speaker = quote["speaker"]
        place = (speaker["start"], speaker["end"]) if speaker else None
        rule = (speaker["how"] if speaker else "none", quote["kind"])
        all_of[rule] += 1
        right[rule] += article.speaker_ok({"speaker": place}, shared)[0]
for (rule, kind), count in sorted(all_of.items()):
    print(f"{rule:16} {kind:9} {right[rule, kind] / count:.2f} of {count}")
' "$data/polnear/train"
