#!/bin/sh
# Writes projects.tsv: what kubectl 1.32, whose kustomize is 5.5.0, prints of the kustomizations of three projects of the corpus:
#   tests/tests/kustomize/projects.sh CORPUS
set -eu
out=$(cd "$(dirname "$0")" && pwd)/projects.tsv
kubectl version --client | grep -q 'Kustomize Version: v5.5.0'
cd "$1/manifests"
{
  echo '# Written by projects.sh: the folder of a kustomization, and the SHA-256 of what kubectl prints of it.'
  find argoproj+argo-cd argoproj+argo-rollouts bridgecrewio+kustomizegoat -name 'kustomization.y*ml' | sort |
    while read -r file; do
      folder=$(dirname "$file")
      printf '%s\t%s\n' "$folder" "$(kubectl kustomize "$folder" 2>/dev/null | sha256sum | cut -d' ' -f1)"
    done
} >"$out"
