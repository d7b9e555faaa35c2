#!/bin/sh
# Renews the answers of the case files with kubectl 1.32, whose kustomize is 5.5.0, and Helm 3.19.4:
#   HELM=helm tests/tests/kustomize/charts/record.sh tests/tests/kustomize/charts/*.txt
set -eu
top=$(cd "$(dirname "$0")/../../../.." && pwd)
kubectl version --client | grep -q 'Kustomize Version: v5.5.0'
exec go run "$top/tests/recording/"*.go kustomize kubectl \
  --enable-helm --helm-command "${HELM:-helm}" --helm-kube-version 1.34.0 -- "$@"
