#!/usr/bin/env bash
# Prints how often quotes of each confidence are right: whether 0.9 means nine of ten.
#
#   tests/confidence.sh [DATA]
#
# tests/data.sh tells what DATA is. Counted on PolNeAR dev, from which nothing was learned. A quote is
# right where an annotated one holds half of its words and has its source where we see the speaker.
source "$(dirname "$0")/data.sh"
"$program" extract --plain "$data/polnear/dev/text/"*.txt | PYTHONPATH="$data/eval" python3 -c '
import collections, json, score, sys

quotes = {}
for line in sys.stdin:
    article = json.loads(line)
    quotes[article["id"]] = article["quotes"]
right, all_of = collections.Counter(), collections.Counter()
for stem, text, attributions in score.read_gold(sys.argv[1], None):
    article = score.Article(stem, text, attributions)
    content = [(article.toks(marked["content"]), marked["source"]) for marked in attributions]
    for quote in quotes.get(stem, []):
        words = article.toks([tuple(span) for span in quote["quoted"] or quote["spans"]])
        holds = [source for held, source in content if words and 2 * len(words & held) >= len(words)]
        if not words or [] in holds:
            continue
        speaker = quote["speaker"]
        heads = [head for source in holds for head in score.head_spans(text, source)]
        agrees = speaker and any(s < speaker["end"] and speaker["start"] < e for s, e in heads)
        for step in (int(quote["confidence"] * 10) / 10, "0.9 or more" if quote["confidence"] >= 0.9 else None):
            all_of[step] += 1
            right[step] += bool(agrees)
del all_of[None]
for step in sorted(all_of, key=str):
    print(f"{step!s:12} {right[step] / all_of[step]:.3f} of {all_of[step]}")
' "$data/polnear/dev"
