#!/bin/sh
# Renews the answers of the case files with kubectl 1.32, whose kustomize is 5.5.0:
#   crates/kustomize/tests/builds/record.sh crates/kustomize/tests/builds/*.txt
set -eu
top=$(cd "$(dirname "$0")/../../../.." && pwd)
kubectl version --client | grep -q 'Kustomize Version: v5.5.0'
go run "$top/tests/recording/"*.go kustomize kubectl -- "$@"
