# What drives a program in a real terminal, for the scripts beside this one: tmux with a server of its own, keys that go in, and
# screens that are waited for. Nothing waits for a time: how fast the machine is makes no difference, up to PATIENCE seconds.

program=$(realpath "${1:?the program}")
captures=${2:-}
PATIENCE=${PATIENCE:-120}
work=$(mktemp -d)
socket=scantling-test-$$
trap 'tmux -L "$socket" kill-server 2>/dev/null; rm -rf "$work"' EXIT

cp -r fixtures "$work/fixtures"
export XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state LC_ALL=C.UTF-8
unset NO_COLOR COLORFGBG
mkdir -p "$XDG_CONFIG_HOME"

tmux_() { tmux -L "$socket" -f /dev/null "$@"; }
failures=0
fail() {
  echo "FAILED: $1" >&2
  screen >&2
  failures=$((failures + 1))
}

# Waits until a command succeeds.
until_() {
  local end=$((SECONDS + PATIENCE))
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# Starts a shell in a terminal of a size, and types a command into it.
begin() {
  tmux_ kill-server 2>/dev/null || true
  # The server before may take a moment to end.
  until_ start "$1" "$2" || { echo "tmux does not start" >&2; exit 1; }
  tmux_ set-option -g remain-on-exit on
  sees 'ready>'
  shift 2
  text "$*"
  keys Enter
}

start() {
  tmux_ new-session -d -s s -x "$1" -y "$2" -c "$work" \
    "env -u TMUX PS1='ready> ' TERM=screen-256color COLORTERM=truecolor bash --norc --noprofile -i" 2>/dev/null
}

screen() { tmux_ capture-pane -p -t s; }
keys() { tmux_ send-keys -t s "$@"; }
text() { tmux_ send-keys -t s -l "$1"; }

# Whether the screen has a text, and whether it has a color as the terminal is told of it.
shows() { screen 2>/dev/null | grep -qF -- "$1"; }
shows_no() { ! shows "$1"; }
shows_color() { tmux_ capture-pane -e -p -t s | grep -qF -- "$1"; }

# Waits until the screen has a text, or has it no more.
sees() { until_ shows "$1" || fail "the screen does not show: $1"; }
sees_no() { until_ shows_no "$1" || fail "the screen still shows: $1"; }

# Keeps what the screen shows, with its colors.
keep() {
  [ -n "$captures" ] || return 0
  mkdir -p "$captures"
  screen > "$captures/$1.txt"
  tmux_ capture-pane -e -p -t s > "$captures/$1.ansi"
}

# The program that runs in the terminal.
process() { pgrep -P "$(tmux_ display-message -p -t s '#{pane_pid}')" -f "$program tui" | head -1; }
runs() { [ -n "$(process)" ]; }

# How often each thread of the program was woken.
wakes() { grep -h ctxt "/proc/$(process)"/task/*/status; }

# Tells how it ended.
end() {
  [ "$failures" = 0 ] && echo "$1"
  exit "$failures"
}
