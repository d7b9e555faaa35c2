#!/usr/bin/env bash
# Tests the language server in a real Helix in a terminal of tmux: test/run.sh PATH-TO-SCANTLING
# It takes the `hx` of the path or of HX, and needs tmux.
set -euo pipefail

scantling=$(realpath "$1")
hx=${HX:-hx}
here=$(cd "$(dirname "$0")" && pwd)
shared=$here/../../neovim/test
work=$(mktemp -d)
session=scantling-helix-$$
trap 'tmux kill-session -t "$session" 2>/dev/null || true; rm -rf "$work"' EXIT

# Waits until a text stands on the screen, or with `gone` until it does not.
wait_for() {
  local text=$1 is_there
  for _ in $(seq 300); do
    is_there=yes
    tmux capture-pane -p -t "$session" | grep -qF "$text" || is_there=gone
    [ "$is_there" = "${2:-yes}" ] && return
    sleep 0.1
  done
  echo "waited in vain for: $text" >&2
  tmux capture-pane -p -t "$session" >&2
  exit 1
}

mkdir -p "$work/project/.git" "$work/home/helix" "$work/bin"
cp "$shared/pod.yaml" "$work/project/"
cp "$here/../languages.toml" "$work/home/helix/"
printf '[editor]\nend-of-line-diagnostics = "hint"\n' >"$work/home/helix/config.toml"
ln -s "$scantling" "$work/bin/scantling"

tmux new-session -d -s "$session" -x 180 -y 40 -c "$work/project" \
  env "PATH=$work/bin:$PATH" "XDG_CONFIG_HOME=$work/home" "XDG_CACHE_HOME=$work/home" $hx pod.yaml:6:16
wait_for "the pod has its node's network"
tmux send-keys -t "$session" Space a
wait_for 'Set `spec.hostNetwork`'
tmux send-keys -t "$session" Enter
wait_for 'hostNetwork: false'
wait_for "the pod has its node's network" gone
tmux send-keys -t "$session" :wq Enter
for _ in $(seq 100); do
  tmux has-session -t "$session" 2>/dev/null || break
  sleep 0.1
done
diff -u "$shared/pod.fixed.yaml" "$work/project/pod.yaml"
echo "1 passed, 0 failed"
