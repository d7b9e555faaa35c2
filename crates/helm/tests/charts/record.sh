#!/bin/sh
# Renews the answers of the case files from the sources of Helm 3.19.4:
#   crates/helm/tests/charts/record.sh crates/helm/tests/charts/*.txt
set -eu
top=$(cd "$(dirname "$0")/../../../.." && pwd)
module=$(mktemp -d)
trap 'rm -rf "$module"' EXIT
helm=$(cd "$module" && go mod download -json helm.sh/helm/v3@v3.19.4 | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
(cd "$helm" && go build -o "$module/helm" ./cmd/helm)
go run "$top/tests/recording/"*.go helm "$module/helm" -- "$@"
