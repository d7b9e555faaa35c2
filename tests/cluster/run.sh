#!/usr/bin/env bash
# Runs the tests that need a live cluster: what other people's repositories declare has one of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
tests=(cargo test -p scantling --test cluster --locked -- --ignored --test-threads 1)
tests/cluster/with.sh "${tests[@]}" --skip corpora::
tests/cluster/with.sh "${tests[@]}" --nocapture corpora::
cargo build -p scantling --locked
tests/cluster/with.sh tests/tui/live.sh "${CARGO_TARGET_DIR:-target}/debug/scantling"
tests/cluster/with.sh tests/cluster/authorizer.sh
tests/cluster/with.sh bash -c '"$SCANTLING_CLUSTER_PROGRAM" perform "$SCANTLING_CLUSTER" < crates/reach/tests/performed/cases.yaml'
