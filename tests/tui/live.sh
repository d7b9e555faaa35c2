#!/usr/bin/env bash
# The screen over a cluster that runs, in a real terminal: `live.sh PROGRAM [FOLDER]`, where `tests/cluster/with.sh` starts it.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v tmux >/dev/null; then
  echo "the screen over a live cluster: skipped, as tmux is not installed"
  exit 0
fi
. tests/tui/terminal.sh

export KUBECONFIG=${SCANTLING_CLUSTER:?the folder of the cluster}/kubeconfig
kubectl_() { "$SCANTLING_CLUSTER_PROGRAM" kubectl "$@"; }

pod() {
  cat <<EOF
apiVersion: v1
kind: Pod
metadata: { name: $1, namespace: default }
spec: { containers: [{ name: a, image: "registry.example.org/a:1", securityContext: { privileged: true } }] }
EOF
}

echo "── what runs"
pod on-the-screen | kubectl_ apply -f -
begin 140 40 "$program tui --theme dark --cluster"
sees 'live'; sees 'read-only'
keys /; text 'check:privileged-container name:on-the-screen'; sees '1 finding'; keys Enter
sees 'Pod/default/on-the-screen'; keep live

echo "── what is there is not fixed here"
keys f; sees 'it runs in a cluster, which is only read'

echo "── changes are told, and the cursor stays"
keys Escape; keys /; text 'check:privileged-container ns:default'; keys Enter
sees 'on-the-screen'
pod another | kubectl_ apply -f -
sees 'Pod/default/another'; keep live-changed
kubectl_ delete pod another -n default --now
sees_no 'Pod/default/another'

echo "── what cannot be reached is told"
keys q; sees_no 'Findings'
begin 120 40 "KUBECONFIG=/nothing $program tui --theme dark --cluster"
sees 'the scan failed'
keys q; sees_no 'Findings'

kubectl_ delete pod on-the-screen -n default --now
end "the screen works over a live cluster"
