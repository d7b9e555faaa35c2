#!/usr/bin/env bash
# Tests the language server in a real Emacs without a window: test/run.sh PATH-TO-SCANTLING
# Needs Debian's emacs-nox, elpa-eglot (with Emacs 28) and elpa-yaml-mode.
set -euo pipefail

scantling=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
shared=$here/../../neovim/test
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/project/.git" "$work/home"
cp "$shared/pod.yaml" "$shared/notes.yaml" "$work/project/"
cd "$work/project"
HOME=$work/home SCANTLING=$scantling timeout 120 "${EMACS:-emacs}" --batch --no-init-file -L "$here/.." --load "$here/test.el"
diff -u "$shared/pod.fixed.yaml" pod.yaml
echo "1 passed, 0 failed"
