#!/usr/bin/env bash
# Measures how long all objects of a real server take, beside `kubectl get`: about 10,000 objects that look like those of people.
set -euo pipefail
cd "$(dirname "$0")/../.."
generated=20000
snapshot=${TMPDIR:-/tmp}/scantling-generated-$generated.snapshot
[ -f "$snapshot" ] || cargo bench -p analysis --bench cluster -- "$generated"
fill_and_measure() {
  zcat "$1" | tail -n +2 | "$SCANTLING_CLUSTER_PROGRAM" load "$SCANTLING_CLUSTER"
  cargo bench -p cluster --bench list
}
export -f fill_and_measure
tests/cluster/with.sh bash -euo pipefail -c 'fill_and_measure "$1"' measure "$snapshot"
