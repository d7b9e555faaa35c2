#!/usr/bin/env bash
# The screen in a real terminal: tmux, driven by keys. `run.sh PROGRAM [FOLDER]`; with a folder, the screens are written there.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=$(realpath "${1:?the program}")
captures=${2:-}
work=$(mktemp -d)
socket=scantling-test-$$
trap 'tmux -L "$socket" kill-server 2>/dev/null; rm -rf "$work"' EXIT

cp -r fixtures "$work/fixtures"
export XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state LC_ALL=C.UTF-8
unset NO_COLOR
mkdir -p "$XDG_CONFIG_HOME"

tmux_() { tmux -L "$socket" -f /dev/null "$@"; }
failures=0
fail() {
  echo "FAILED: $1" >&2
  screen >&2
  failures=$((failures + 1))
}

# Starts a shell in a terminal of a size, and types a command into it.
begin() {
  tmux_ kill-server 2>/dev/null || true
  # The server before may take a moment to end.
  for _ in $(seq 20); do
    start "$1" "$2" && break
    sleep 0.2
  done
  tmux_ set-option -g remain-on-exit on
  sees 'ready>'
  shift 2
  tmux_ send-keys -l "$*"
  tmux_ send-keys Enter
}

start() {
  tmux_ new-session -d -s s -x "$1" -y "$2" -c "$work" "env -u TMUX PS1='ready> ' TERM=screen-256color COLORTERM=truecolor bash --norc --noprofile -i"
}

screen() { tmux_ capture-pane -p -t s; }
keys() { tmux_ send-keys -t s "$@"; }
text() { tmux_ send-keys -t s -l "$1"; }

# Waits until the screen has a text.
sees() {
  for _ in $(seq 150); do
    screen 2>/dev/null | grep -qF -- "$1" && return 0
    sleep 0.1
  done
  fail "the screen does not show: $1"
}

# Waits until it has it no more.
sees_no() {
  for _ in $(seq 150); do
    screen | grep -qF -- "$1" || return 0
    sleep 0.1
  done
  fail "the screen still shows: $1"
}

# Keeps what the screen shows, with its colors.
keep() {
  [ -n "$captures" ] || return 0
  mkdir -p "$captures"
  screen > "$captures/$1.txt"
  tmux_ capture-pane -e -p -t s > "$captures/$1.ansi"
}

process() { pgrep -f "^$program tui" | head -1; }

echo "── files"
begin 120 40 "$program tui --theme dark fixtures/shop"
sees 'read at'
sees 'What to do'
keep findings
keys Enter; sees 'this is what a person changes'; keep why
keys 1; sees 'Score'; keep posture
keys 3; sees 'pod security'; keep resources
keys 4; sees 'ServiceAccount'; keep privileges
keys 5; sees "Can't be known"; keep coverage
keys 6; keep problems
keys '?'; sees 'find and run any action'; keep palette
keys Escape; keys 2

echo "── the worst workload, why, and what uses its ServiceAccount"
keys 1; sees 'Worst resources'
keys 2; keys /; text 'check:privileged-container'; sees ' finding'; keep filter; keys Enter
keys d; sees 'Refers to'; keep resource
keys Escape; keys Escape

echo "── fix, and undo"
keys /; text 'check:privileged-container path:fixtures/shop/platform'; keys Enter
sees 'privileged-container'
keys f; sees 'writes 1 file'; keep fix
keys Enter; sees 'undoes it'
grep -q 'privileged: false' "$work/fixtures/shop/platform/builder.yaml" || fail 'the fix is not written'
keys u; sees 'undone'
cmp -s "$work/fixtures/shop/platform/builder.yaml" fixtures/shop/platform/builder.yaml || fail 'the fix is not undone'
keys Escape

echo "── sizes"
for size in '40 12' '300 100' '20 5' '1 1' '80 24' '120 40'; do
  # shellcheck disable=SC2086
  set -- $size
  tmux_ resize-window -t s -x "$1" -y "$2"
  sleep 0.2
  [ -n "$(process)" ] || fail "it ended at $size"
done
sees 'Findings'

echo "── nothing is done while nothing happens"
sleep 8
before=$(cut -d' ' -f14,15 "/proc/$(process)/stat")
sleep 3
after=$(cut -d' ' -f14,15 "/proc/$(process)/stat")
[ "$before" = "$after" ] || fail "it used the processor: $before, then $after"

echo "── suspend and resume"
keys C-z; sees 'Stopped'
text 'fg'; keys Enter; sees 'Findings'
kill -TSTP "$(process)"; sees 'Stopped'
text 'fg'; keys Enter; sees 'Findings'

echo "── the editor"
keys q; sees_no 'Findings'
begin 120 40 "VISUAL='sh -c \"echo edited \\\$0 \\\$1; sleep 1\"' $program tui --theme dark fixtures/shop"
sees 'read at'; keys e; sees 'edited fixtures/shop'; sees 'Findings'

echo "── signals give the terminal back"
for signal in TERM HUP INT; do
  begin 80 24 "$program tui --theme dark fixtures/shop"
  sees 'read at'
  kill -"$signal" "$(process)"
  sees_no 'Findings'
  text 'echo back'; keys Enter; sees 'back'
done

echo "── a snapshot"
begin 120 40 "$program tui --theme light fixtures/shop.snapshot"
sees 'read at'; keep snapshot
keys f; sees 'fix:'
keys q

echo "── without color, and without Unicode"
begin 80 24 "NO_COLOR=1 $program tui --ascii fixtures/shop"
sees 'read at'; keep plain
tmux_ capture-pane -e -p -t s | grep -q $'\e\[3[0-9]' && fail 'a color is shown'
keys q

echo "── no terminal"
status=0
"$program" tui fixtures/shop < /dev/null > "$work/out" 2>&1 || status=$?
[ "$status" = 2 ] || fail "without a terminal it ends with $status"

[ "$failures" = 0 ] && echo "the screen works"
exit "$failures"
