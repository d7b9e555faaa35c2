#!/bin/sh
# Renews the answers of cases.jsonl from the sources of Helm 3.19.4.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
module=$(mktemp -d)
trap 'rm -rf "$module"' EXIT
helm=$(cd "$module" && go mod download -json helm.sh/helm/v3@v3.19.4 | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
# The versions of everything else are those that Helm itself was built with.
sed 's#^module .*#module record#' "$helm/go.mod" >"$module/go.mod"
cp "$helm/go.sum" "$here/record.go" "$module/"
(cd "$module" && go mod edit -require helm.sh/helm/v3@v3.19.4 && GOFLAGS=-mod=mod go build -o record .)
"$module/record" "$here/cases.jsonl"
