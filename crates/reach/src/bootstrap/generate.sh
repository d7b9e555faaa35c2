#!/usr/bin/env bash
# Writes table.tsv from Kubernetes' own library in each version: `./generate.sh`.
set -euo pipefail
cd "$(dirname "$0")"
versions="1.29.6 1.30.14 1.31.14 1.32.13 1.33.13 1.34.4 1.35.4 1.36.3 1.37.2"

{
  echo "# Roles and bindings of Kubernetes itself, and the first and last minor version that has each. Written by generate.sh."
  for version in $versions; do
    minor=${version#1.}
    ./with_kubernetes.sh "$version" generate.go | sed "s/^/${minor%%.*}\t/"
  done | LC_ALL=C sort -t "$(printf '\t')" -k3,3 -k2,2 -k4 -k1,1n | awk -F '\t' '
    { minor = $1; fact = substr($0, length($1) + 2) }
    fact == last && minor == until { next }
    fact == last && minor == until + 1 { until = minor; next }
    { if (last != "") print from "\t" until "\t" last; last = fact; from = until = minor }
    END { print from "\t" until "\t" last }'
} > table.new
mv table.new table.tsv
