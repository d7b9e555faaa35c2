#!/usr/bin/env bash
# The screen in a real terminal: tmux, driven by keys. `run.sh PROGRAM [FOLDER]`; with a folder, the screens are written there.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v tmux >/dev/null; then
  echo "the screen in a terminal: skipped, as tmux is not installed"
  exit 0
fi
. tests/tui/terminal.sh

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
keys :; text 'serviceaccount'; keys Enter; sees '/kind:ServiceAccount'
keys G; keys Enter; sees 'runs as'; keep used-by

echo "── what is copied reaches the terminal, and what happened the log"
tmux_ set-option -s set-clipboard on
keys 2; sees 'What to do'; keys y; sees 'copied'
copied() { tmux_ show-buffer 2>/dev/null | grep -q '^critical\['; }
until_ copied || fail 'nothing was copied'
grep -q ' findings in ' "$XDG_STATE_HOME/scantling/tui.log" || fail 'nothing stands in the log'

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
is_drawn() { [ "$(tmux_ display-message -p -t s '#{pane_height}')" = "$1" ] && [ -n "$(screen | tr -d '[:space:]')" ]; }
for size in '40 12' '300 100' '20 5' '1 1' '80 24' '120 40'; do
  # shellcheck disable=SC2086
  set -- $size
  tmux_ resize-window -t s -x "$1" -y "$2"
  # What is drawn for the size holds the terminal's last line, whatever else has room.
  until_ is_drawn "$2" || fail "nothing is drawn at $size"
  runs || fail "it ended at $size"
done
sees 'Findings'

echo "── nothing is done while nothing happens"
is_asleep() {
  local before
  before=$(wakes)
  sleep 3
  [ "$before" = "$(wakes)" ]
}
# What is told goes away by itself first.
until_ is_asleep || fail "something is done again and again: $(wakes)"

echo "── the README shows this screen"
keys q; sees_no 'Findings'
begin 112 24 "$program tui --theme dark fixtures/shop"
sees 'read at'; sees ' ? all keys'; keep readme
timeless() { sed 's/at ..:..:..Z/at TIME/; s/[[:space:]]*$//'; }
sed -n '/^     scantling  fixtures\/shop/,/ ? all keys$/p' README.md | sed 's/^    //' | timeless > "$work/told"
screen | timeless | diff "$work/told" - || fail "README.md shows another screen than this"

echo "── suspend and resume"
keys C-z; sees 'Stopped'
text 'fg'; keys Enter; sees 'Findings'
kill -TSTP "$(process)"; sees 'Stopped'
text 'fg'; keys Enter; sees 'Findings'

echo "── the editor"
keys q; sees_no 'Findings'
begin 120 40 "VISUAL='sh -c \"echo edited \\\$0 \\\$1; read line\"' $program tui --theme dark fixtures/shop"
sees 'read at'; keys e; sees 'edited fixtures/shop'; keys Enter; sees 'Findings'

echo "── signals give the terminal back"
for signal in TERM HUP INT; do
  begin 80 24 "$program tui --theme dark fixtures/shop"
  sees 'read at'
  kill -"$signal" "$(process)"
  sees_no 'Findings'
  text 'echo given "back"'; keys Enter; sees 'given back'
done

echo "── the ground of the terminal decides the colors"
for ground in '#ffffff 48;2;255;255;255m' '#101010 48;2;20;23;28m'; do
  # shellcheck disable=SC2086
  set -- $ground
  begin 80 24 "clear"
  tmux_ set-option -g window-style "bg=$1"
  text "$program tui fixtures/shop"; keys Enter
  sees 'read at'
  until_ shows_color "$2" || fail "the ground $1 is not followed"
  shows_no 'rgb' || fail 'the answer of the terminal is shown'
  keys q; sees_no 'Findings'
done

echo "── a snapshot"
begin 120 40 "$program tui --theme light fixtures/shop.snapshot"
sees 'read at'; keep snapshot
keys f; sees 'fix:'
keys q

echo "── without color, and without Unicode"
begin 80 24 "NO_COLOR=1 $program tui --ascii fixtures/shop"
sees 'read at'; keep plain
# 39 and 49 are the terminal's own.
colored=$'\e''\[([0-9]+;)*(3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]'
if tmux_ capture-pane -e -p -t s | grep -qE "$colored"; then fail 'a color is shown'; fi
keys q

echo "── the keys and colors that a person prefers"
mkdir -p "$XDG_CONFIG_HOME/scantling"
printf 'theme: light\nkeys: { quit: x }\n' > "$XDG_CONFIG_HOME/scantling/tui.yaml"
begin 80 24 "$program tui fixtures/shop"
sees 'read at'
until_ shows_color '48;2;255;255;255m' || fail 'the theme is not followed'
keys q; sees 'does nothing here'; keys x; sees_no 'Findings'
rm "$XDG_CONFIG_HOME/scantling/tui.yaml"

echo "── no terminal"
status=0
"$program" tui fixtures/shop < /dev/null > "$work/out" 2>&1 || status=$?
[ "$status" = 2 ] || fail "without a terminal it ends with $status"

end "the screen works"
