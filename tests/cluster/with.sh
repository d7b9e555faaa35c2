#!/usr/bin/env bash
# Builds Kubernetes, starts it on loopback, and runs a command with it: SCANTLING_CLUSTER is its folder, SCANTLING_CLUSTER_PROGRAM
# its program. The build is kept in the cache of Go and in ~/.cache/scantling-tests, outside of the clone.
set -euo pipefail
folder_of_sources=$(cd "$(dirname "$0")" && pwd)

if ! command -v go >/dev/null; then
  echo "live cluster: skipped, as Go is not installed (https://go.dev/dl/)"
  exit 0
fi

version=$(sed -n 's/^\tk8s.io\/kubernetes \(v[0-9.]*\)$/\1/p' "$folder_of_sources/go.mod")
minor=${version#v1.}
flags="-s -w"
for name in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  flags+=" -X $name.gitVersion=$version -X $name.gitMajor=1 -X $name.gitMinor=${minor%%.*}"
done
programs=${XDG_CACHE_HOME:-$HOME/.cache}/scantling-tests
mkdir -p "$programs"
(cd "$folder_of_sources" && go build -trimpath -ldflags "$flags" -o "$programs/cluster" .)

folder=$(mktemp -d)
stop() {
  "$programs/cluster" down "$folder"
  rm -rf "$folder"
}
trap stop EXIT
"$programs/cluster" up "$folder"
export SCANTLING_CLUSTER=$folder SCANTLING_CLUSTER_PROGRAM=$programs/cluster
"$@"
