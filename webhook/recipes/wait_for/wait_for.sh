# Waits for every target that the arguments name, in their order, within one deadline.
# Arguments and environment are values only: nothing of them is ever read as shell text.
set -eu

log=${PROLOGUE_TERMINATION_LOG:-/dev/termination-log}
# A target that never answers shall cost one try, not the whole time.
longest_try=5
# Where the growing rest between two tries ends; an interval that is longer than a fifth of it ends at five times itself.
longest_rest=10000
[ "$longest_rest" -ge "$((PROLOGUE_INTERVAL_MS * 5))" ] || longest_rest=$((PROLOGUE_INTERVAL_MS * 5))
child=

# Process 1 of a container gets no signal that it has no trap for. A shell acts on a trap once its foreground command
# has ended, so whatever takes long runs in the background while the shell waits.
stop() {
    [ -z "$child" ] || kill "$child" 2>/dev/null || :
    exit "$1"
}
trap 'stop 143' TERM
trap 'stop 130' INT

# Sets `now`, in milliseconds since boot. That clock never jumps, as the wall clock does when a node is set right.
# The 1 in front keeps hundredths such as 08 from being read as octal.
look_at_clock() {
    read -r uptime _ </proc/uptime
    now=$((${uptime%.*} * 1000 + (1${uptime#*.} - 100) * 10))
}

bounded() {
    timeout "$limit" "$@" </dev/null &
    child=$!
    wait "$child"
}

rest() {
    sleep "$(($1 / 1000)).$(printf %03d "$(($1 % 1000))")" &
    child=$!
    wait "$child"
}

# Asks the resolver of the C library, as the app will. Not nslookup: since busybox 1.29 it asks the name servers itself,
# passes over /etc/hosts, and uses the search domains in ways of its own, so that `nslookup myservice` may fail where
# every program can reach myservice. getent says it plainly, where the image has one. busybox has ping, which resolves
# first, and then either may not open its socket (an unprivileged container) or greets with "PING name (address)".
# Whether anyone answers the echo does not matter.
resolves() {
    if command -v getent >/dev/null; then
        bounded getent ahosts "$1" >/dev/null
    else
        timeout "$limit" ping -c 1 -W 1 "$1" </dev/null 2>&1 | grep -q -e '^PING ' -e 'permission denied' -e 'raw socket' &
        child=$!
        wait "$child"
    fi
}

# Opens a connection and closes it again. Most builds of nc can do just that (-z); the small one of Debian's busybox
# cannot, but hands the connection to a program, and `true` is the shortest.
accepts() {
    port=${1##*:}
    host=${1%:*}
    host=${host#\[}
    host=${host%\]}
    case $(nc --help 2>&1 || :) in
    *-z*) bounded nc -z -w "$limit" "$host" "$port" ;;
    *'-e PROG'*) bounded nc -w "$limit" "$host" "$port" -e true ;;
    *) bounded nc -z -w "$limit" "$host" "$port" ;;
    esac
}

# Fetches with curl where the image has it, because some servers refuse the old TLS of busybox. What answers counts, not
# who, whichever program asks: hence -k.
succeeds() {
    if command -v curl >/dev/null; then
        bounded curl -fsSLgk -o /dev/null "$1"
    else
        bounded wget -q -O /dev/null "$1"
    fi
}

answers() {
    case $1 in
    dns://*) resolves "${1#dns://}" ;;
    tcp://*) accepts "${1#tcp://}" ;;
    *) succeeds "$1" ;;
    esac
}

give_up() {
    case $1 in
    dns://*) why='the name does not resolve' ;;
    tcp://*) why='no connection is accepted' ;;
    *) why='there is no answer of success (2xx)' ;;
    esac
    text="waited $(((now - start) / 1000))s for ${1%%\?*}: $why"
    printf '%s\n' "$text" >&2
    { printf '%s\n' "$text" >"$log"; } 2>/dev/null || :
    exit 1
}

wait_for() {
    pause=$PROLOGUE_INTERVAL_MS
    while :; do
        look_at_clock
        limit=$(((deadline - now + 999) / 1000))
        [ "$limit" -le "$longest_try" ] || limit=$longest_try
        [ "$limit" -ge 1 ] || limit=1
        if answers "$1"; then
            look_at_clock
            echo "${1%%\?*} answers after $(((now - start) / 1000))s"
            return
        fi
        look_at_clock
        [ "$now" -lt "$deadline" ] || give_up "$1"
        echo "waiting for ${1%%\?*} ($(((now - start) / 1000))s of $((PROLOGUE_TIMEOUT_MS / 1000))s)"
        [ "$pause" -le "$((deadline - now))" ] || pause=$((deadline - now))
        rest "$pause"
        pause=$((pause * 3 / 2))
        [ "$pause" -le "$longest_rest" ] || pause=$longest_rest
    done
}

look_at_clock
start=$now
deadline=$((start + PROLOGUE_TIMEOUT_MS))
for target in "$@"; do
    wait_for "$target"
done
