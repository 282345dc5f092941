#!/usr/bin/env bash
# Prints how well the bodies of articles are found in web pages: precision, recall and F1 of their
# four-word shingles, by the measure of the article-extraction benchmark (each page counts the same).
#
#   tests/html.sh [DATA]
#
# tests/data.sh tells what DATA is; its folder html holds pages and ground-truth.json, what a person
# took for their articles.
source "$(dirname "$0")/data.sh"
for page in "$data"/html/*.html.gz; do
    printf '{"page":"%s","read":' "$(basename "$page" .html.gz)"
    "$program" extract "$page" 2>/dev/null | head -1 | grep . || echo null
    echo '}'
done | python3 -c '
import json, re, sys
from collections import Counter

truth = json.load(open(sys.argv[1]))
decoder, text, at, read = json.JSONDecoder(), sys.stdin.read(), 0, {}
while at < len(text.rstrip()):
    row, at = decoder.raw_decode(text, at)
    read[row["page"]] = (row["read"] or {}).get("text", "")
    at += len(text[at:]) - len(text[at:].lstrip())

def shingles(body, n=4):
    words = re.findall(r"\w+", body)
    return Counter(tuple(words[i:i + n]) for i in range(max(1, len(words) - n + 1)))

rows = []
for page, stated in truth.items():
    want, got = shingles(stated["articleBody"]), shingles(read.get(page, ""))
    right, extra, missed = (want & got).total(), (got - want).total(), (want - got).total()
    precision = right / (right + extra) if right + extra and (extra or missed) else 1.0
    recall = right / (right + missed) if right + missed and (extra or missed) else 1.0
    rows.append((precision, recall, page))
precision, recall = (sum(row[i] for row in rows) / len(rows) for i in (0, 1))
f1 = 2 * precision * recall / (precision + recall)
print(f"{len(rows)} pages: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
for row in sorted(rows, key=lambda row: min(row[:2]))[:10]:
    print(f"  {row[0]:.3f} {row[1]:.3f} {row[2][:16]}")
' "$data/html/ground-truth.json"
