#!/usr/bin/env bash
# Runs a Go program, which is a file or a folder, with a version of Kubernetes as a library: `with_kubernetes.sh 1.37.2 program.go
# ARGUMENT…`. Needs Go and its module proxy. The parts of Kubernetes that are published apart have the same version with 0 in place of 1.
set -euo pipefail
version=$1 program=$2
shift 2

folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
source=$(go mod download -json "k8s.io/kubernetes@v$version" | sed -n 's/^\t"GoMod": "\(.*\)",$/\1/p')
{
  echo "module program"
  sed -n 's/^go /go /p' "$source"
  echo "require k8s.io/kubernetes v$version"
  sed -n "s/^\t\(k8s.io[^ ]*\) => .*/replace \1 => \1 v0.${version#1.}/p" "$source"
} > "$folder/go.mod"
if [ -d "$program" ]; then cp "$program"/*.go "$folder"; else cp "$program" "$folder"; fi
cd "$folder"
GOFLAGS=-mod=mod go run . "$@"
