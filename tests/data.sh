# What the measuring scripts of this folder begin with; they source it with their arguments.
#
# DATA, the first argument, is the folder of the evaluation data (default ../shared), which belongs to its
# publishers and is not part of this repository: the PolNeAR corpus, news articles with their speakers
# resolved by hand, and the scorers. Without it there is nothing to print, and this says so.
#
# Sets `data`, `program` (built) and `out`, a folder that is removed at the end.
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

# Prints the scores of the quotes in $out/quotes.jsonl against a part of PolNeAR.
score_mentions() {
    python3 "$data/eval/score.py" --gold "$data/polnear/$1" --pred "$out/quotes.jsonl" | sed -n '3,9p'
}
