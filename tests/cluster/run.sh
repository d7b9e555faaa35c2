#!/usr/bin/env bash
# Builds Kubernetes, starts it on loopback, and runs the tests that need a live cluster. The build is kept in the cache of Go and
# in ~/.cache/scantling-tests, outside of the clone.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v go >/dev/null; then
  echo "live cluster: skipped, as Go is not installed (https://go.dev/dl/)"
  exit 0
fi

version=$(sed -n 's/^\tk8s.io\/kubernetes \(v[0-9.]*\)$/\1/p' go.mod)
minor=${version#v1.}
flags="-s -w"
for name in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  flags+=" -X $name.gitVersion=$version -X $name.gitMajor=1 -X $name.gitMinor=${minor%%.*}"
done
programs=${XDG_CACHE_HOME:-$HOME/.cache}/scantling-tests
mkdir -p "$programs"
go build -trimpath -ldflags "$flags" -o "$programs/cluster" .

folder=$(mktemp -d)
stop() {
  "$programs/cluster" down "$folder"
  rm -rf "$folder"
}
trap stop EXIT
"$programs/cluster" up "$folder"
SCANTLING_CLUSTER=$folder SCANTLING_CLUSTER_PROGRAM=$programs/cluster \
  cargo test -p scantling --test cluster --locked -- --ignored --test-threads 1
