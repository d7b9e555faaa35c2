#!/usr/bin/env bash
# Compares who may do what with what a real API server's authorizers answer: `with.sh authorizer.sh` asks a server what is recorded.
# With `full`, a million questions go to Kubernetes' authorizer as a library first, and 100,000 others, and some about the roles of
# other people's repositories, where these are there, to the server.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT

compare() {
  SCANTLING_AUTHORIZER_ANSWERS=$1 cargo test -p reach --test authorizer --locked -- --nocapture
}

record() {
  crates/reach/src/bootstrap/with_kubernetes.sh 1.37.2 crates/reach/tests/authorizer/record "$@"
}

questions=crates/reach/tests/authorizer/answers.txt
if [ "${1:-}" = full ]; then
  record 1 1000 1000 > "$folder/library"
  compare "$folder/library"
  shopt -s nullglob
  questions=$folder/questions
  # Half of the sets are without the roles that a server always has.
  record 7 2400 100 "$PWD"/../shared/data/corpora/manifests/*/ > "$questions"
fi
"$SCANTLING_CLUSTER_PROGRAM" ask "$SCANTLING_CLUSTER" < "$questions" > "$folder/server"
compare "$folder/server"
