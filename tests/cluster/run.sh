#!/usr/bin/env bash
# Runs the tests that need a live cluster.
set -euo pipefail
cd "$(dirname "$0")/../.."
tests/cluster/with.sh cargo test -p scantling --test cluster --locked -- --ignored --test-threads 1
