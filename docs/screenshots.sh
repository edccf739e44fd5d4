#!/usr/bin/env bash
# Renews the pictures of the README: dashboard, scopes, sign-in, short-code and phone.
#
# They are photographs of the demo in xterm on a virtual display, and of the page
# for a phone in chromium. Needs Go, Xvfb, xterm, tmux, ImageMagick, chromium, a
# private network address, and fonts for Latin, Japanese and emoji; in Debian:
#   apt-get install xvfb xterm tmux imagemagick chromium fonts-dejavu-core fonts-noto-cjk fonts-symbola
set -euo pipefail
cd "$(dirname "$0")/.."
export LANG=C.UTF-8 LC_ALL=C.UTF-8

work=$(mktemp -d)
socket=$work/tmux
in_tmux() { tmux -S "$socket" -u -f /dev/null "$@"; }
clean_up() {
  in_tmux kill-server 2>/dev/null || true
  for process in ${xvfb:-} ${sandbox:-} ${login:-}; do
    kill "$process" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap clean_up EXIT

# await WORDS: until they are on the screen.
await() {
  for _ in $(seq 200); do
    if in_tmux capture-pane -p 2>/dev/null | grep -q "$1" && [ -s "$work/window" ]; then
      return
    fi
    sleep 0.05
  done
  echo "not on the screen within 10 s: $1" >&2
  exit 1
}

# open COLUMNS ROWS: the demo in a window of its own. tmux presses the keys and
# reads the screen; without its status line nothing of it can be seen.
open() {
  in_tmux start-server \; set -g status off \; set -g default-terminal tmux-256color \; \
    set -s escape-time 0 \; new-session -d -s demo -x "$1" -y "$2" "$work/zoomtui demo"
  xterm -u8 -tn xterm-256color -geometry "$1x$2+0+0" -b 10 -bw 0 -fa 'DejaVu Sans Mono' -fs 12 -bg '#14161b' -fg '#e6e6e6' \
    -e sh -c 'echo "$WINDOWID" >"$0"; exec tmux -S "$1" -u attach' "$work/window" "$socket" &
  xterm=$!
  await 'tab  paste'
}

# picture FILE: the window, once two photographs of it are the same.
picture() {
  : >"$work/before.png"
  for _ in $(seq 20); do
    sleep 0.4
    import -window "$(cat "$work/window")" -strip +dither -colors 64 -define png:exclude-chunks=date,time "PNG8:$work/now.png"
    if cmp -s "$work/before.png" "$work/now.png"; then
      break
    fi
    mv "$work/now.png" "$work/before.png"
  done
  cp "$work/before.png" "$1"
}

close() {
  in_tmux kill-server
  wait "$xterm" || true
  rm "$work/window"
}

go build -o "$work/zoomtui" ./cmd/zoomtui
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1600x1200x24 -dpi 96 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
xvfb=$!
read -r number <"$work/display"
export DISPLAY=:$number

open 120 40
picture docs/sign-in.png
close

open 80 24
in_tmux send-keys P
await 'demo-confidential'
in_tmux send-keys k Enter
await 'short code'
in_tmux send-keys d
await 'Type this code'
picture docs/short-code.png
close

open 100 30
in_tmux send-keys a
await 'all that is needed'
picture docs/dashboard.png
in_tmux send-keys F j j j j
await 'Takes meeting:read:list_upcoming_meetings'
in_tmux send-keys Enter
await '● on'
in_tmux send-keys Escape
await 'needs a scope'
in_tmux send-keys s
await 'ADD ONE'
picture docs/scopes.png
close

# The page for a phone: a sign-in of its own, in directories of its own.
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache XDG_STATE_HOME=$work/state
"$work/zoomtui" sandbox >"$work/env" 2>/dev/null &
sandbox=$!
until [ "$(wc -l <"$work/env")" -ge 4 ]; do sleep 0.05; done
. "$work/env"
"$work/zoomtui" login --no-browser --lan --json >"$work/events" </dev/null &
login=$!
until grep -q '"event":"lan"' "$work/events"; do sleep 0.05; done
page=$(sed -n 's/.*"event":"lan","url":"\([^"]*\)".*/\1/p' "$work/events")
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/chromium" \
  --window-size=500,844 --screenshot="$work/phone.png" "$page" 2>/dev/null
convert "$work/phone.png" -strip +dither -colors 64 -define png:exclude-chunks=date,time PNG8:docs/phone.png
