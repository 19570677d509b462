# Fetches one file into a volume, checks it, unpacks it if asked, and moves it into place when all is well.
# The environment holds values only: nothing of it is ever read as shell text.
set -eu
umask 022

log=${PROLOGUE_TERMINATION_LOG:-/dev/termination-log}
target=$PROLOGUE_DIR${PROLOGUE_PATH:+/$PROLOGUE_PATH}
# On the same volume, so that the last step is a rename. Named after Pod and container: what a killed run left behind is
# found and removed by the next, and Pods that share a volume keep apart.
work=$PROLOGUE_DIR/.prologue-$PROLOGUE_POD_UID-$0
file=$work/file
tree=$work/tree
complaints=$work/complaints
# The longest rest between two tries, in milliseconds.
longest_rest=15000
child=

# Process 1 of a container gets no signal that it has no trap for. A shell acts on a trap once its foreground command
# has ended, so whatever takes long runs in the background while the shell waits.
stop() {
    [ -z "$child" ] || kill "$child" 2>/dev/null || :
    exit "$1"
}
trap 'rm -rf "$work"' EXIT
trap 'stop 143' TERM
trap 'stop 130' INT

die() {
    text="cannot fetch $PROLOGUE_URL_SHOWN: $1"
    printf '%s\n' "$text" >&2
    { printf '%s\n' "$text" >"$log"; } 2>/dev/null || :
    exit 1
}

# Sets `now`, in milliseconds since boot. That clock never jumps, as the wall clock does when a node is set right.
# The 1 in front keeps hundredths such as 08 from being read as octal.
look_at_clock() {
    read -r uptime _ </proc/uptime
    now=$((${uptime%.*} * 1000 + (1${uptime#*.} - 100) * 10))
}

rest() {
    sleep "$(($1 / 1000)).$(printf %03d "$(($1 % 1000))")" &
    child=$!
    wait "$child"
}

in_background() {
    "$@" 2>"$complaints" &
    child=$!
    wait "$child"
}

is_right() {
    [ -n "$PROLOGUE_SHA256" ] || return 0
    sha256sum <"$1" >"$work/sum" &
    child=$!
    wait "$child"
    read -r sum _ <"$work/sum"
    [ "$sum" = "$PROLOGUE_SHA256" ]
}

# curl checks certificates, the wget of busybox does not.
choose_program() {
    if command -v curl >/dev/null; then
        program=curl
        return
    fi
    program=wget
    case $PROLOGUE_URL:$PROLOGUE_SHA256 in
    https://*:) ;;
    *) return 0 ;;
    esac
    case $(wget --help 2>&1 || :) in
    *BusyBox*) die 'the wget of busybox checks no certificates: say sha256, or use an image that brings curl' ;;
    esac
}

download() {
    limit=$(((deadline - now + 999) / 1000))
    # a limit of 0 would be none
    [ "$limit" -ge 1 ] || limit=1
    rm -f "$file"
    case $program in
    curl)
        protocols='=http,https'
        case $PROLOGUE_URL in https://*) protocols='=https' ;; esac
        in_background timeout "$limit" curl -fsSLg --proto-redir "$protocols" -o "$file" "$PROLOGUE_URL"
        ;;
    wget) in_background timeout "$limit" wget -q -O "$file" "$PROLOGUE_URL" ;;
    esac
}

# Sets `reason` to what the program said last, but for the remark that it makes on every https.
last_complaint() {
    reason=$(grep -v 'note: TLS' "$complaints" | tail -n 1) || :
    [ -n "$reason" ] || reason='there was no answer in time'
}

fetch() {
    choose_program
    echo "fetching $PROLOGUE_URL_SHOWN with $program"
    look_at_clock
    start=$now
    deadline=$((start + PROLOGUE_TIMEOUT_MS))
    tries=1
    pause=1000
    until download; do
        last_complaint
        look_at_clock
        if [ "$tries" -gt "$PROLOGUE_RETRIES" ] || [ "$((now + pause))" -ge "$deadline" ]; then
            die "$reason (tries: $tries, in $(((now - start) / 1000))s)"
        fi
        echo "$reason; trying again in $((pause / 1000))s"
        rest "$pause"
        look_at_clock
        tries=$((tries + 1))
        pause=$((pause * 2))
        [ "$pause" -le "$longest_rest" ] || pause=$longest_rest
    done
    is_right "$file" || die "its sha256 is $sum, not $PROLOGUE_SHA256"
}

# Sets `kind` to zip or tar and `flag` to how the tar is compressed, by the first bytes: names lie.
find_kind() {
    flag=
    kind=
    case $(od -An -tx1 -N6 "$file" | tr -d ' \n') in
    504b0304* | 504b0506*) kind=zip ;;
    1f8b*) kind=tar flag=z ;;
    425a68*) kind=tar flag=j ;;
    fd377a585a00) kind=tar flag=J ;;
    *) [ "$(dd if="$file" bs=1 skip=257 count=5 2>/dev/null)" != ustar ] || kind=tar ;;
    esac
    case $PROLOGUE_UNPACK:$kind in
    auto:) die 'it is neither a zip nor a tar' ;;
    zip: | zip:tar) die 'it is no zip' ;;
    tar:zip) die 'it is no tar' ;;
    tar:) kind=tar ;;
    esac
}

list() {
    case $kind in
    zip) unzip -l "$file" >"$work/list" ;;
    tar) tar "-t${flag}f" "$file" >"$work/list" ;;
    esac
}

extract() {
    case $kind in
    zip) unzip -oq "$file" -d "$tree" ;;
    tar) tar "-xo${flag}f" "$file" -C "$tree" ;;
    esac
}

# Some programs make the names harmless and complain of it, others show them as they are. A list of a zip has length,
# date and time before each name.
climbs_out() {
    grep -q 'emoving leading' "$complaints" && return
    [ "$kind" = tar ] || sed -i -n 's/^ *[0-9][0-9]*  *[^ ]*  *[0-9][0-9]:[0-9][0-9]  *//p' "$work/list"
    grep -Eq '^/|(^|/)\.\.(/|$)' "$work/list"
}

# Whether the tree holds only files, folders and links that stay inside: a pipe would hang the app that reads it. A hard
# link stays inside if the file has as many names in the tree as it has at all.
is_harmless() {
    [ -z "$(find "$tree" ! -type f ! -type d ! -type l)" ] || return 1
    find "$tree" -type f -exec stat -c '%i %h' {} + | sort | uniq -c | awk '$1 != $3 { exit 1 }' || return 1
    inside=$(readlink -f "$tree")
    find "$tree" -type l | while IFS= read -r link; do
        case $(readlink "$link") in /*) exit 1 ;; esac
        case $(readlink -f "$link") in "$inside"/*) ;; *) exit 1 ;; esac
    done
}

unpack() {
    find_kind
    in_background list || die "it cannot be read as $kind"
    ! climbs_out || die 'the archive has an entry that is absolute or climbs out by ..'
    mkdir "$tree"
    in_background extract || die "it cannot be unpacked as $kind: $(tail -n 1 "$complaints")"
    is_harmless || die 'the archive has a link that leads out, or an entry that is neither file, folder nor link'
    chmod -R u+rwX,go+rX,go-w,ug-s "$tree"
}

place_tree() {
    mkdir -p "$target"
    for entry in "$tree"/* "$tree"/.[!.]* "$tree"/..?*; do
        [ -e "$entry" ] || [ -L "$entry" ] || continue
        rm -rf "$target/${entry##*/}"
        mv "$entry" "$target/"
    done
}

place_file() {
    [ ! -d "$target" ] || die "$PROLOGUE_PATH is a folder"
    mkdir -p "${target%/*}"
    chmod "$PROLOGUE_MODE" "$file"
    mv -f "$file" "$target"
}

rm -rf "$work"
mkdir "$work" || die "$PROLOGUE_DIR cannot be written to"
if [ "$PROLOGUE_UNPACK" = none ] && [ -n "$PROLOGUE_SHA256" ] && [ -f "$target" ] && is_right "$target"; then
    # Another Pod's user may own it, on a shared volume.
    chmod "$PROLOGUE_MODE" "$target" 2>/dev/null || :
    echo "$PROLOGUE_PATH is there already"
    exit
fi
fetch
case $PROLOGUE_UNPACK in
none) place_file ;;
*)
    unpack
    place_tree
    ;;
esac
look_at_clock
echo "${PROLOGUE_PATH:-the archive} is in place after $(((now - start) / 1000))s"
