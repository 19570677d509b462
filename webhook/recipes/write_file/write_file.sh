# Writes PROLOGUE_CONTENT, in which Kubernetes has filled the holes, to a file in a volume.
# The environment holds values only: nothing of it is ever read as shell text.
set -eu
umask 022

log=${PROLOGUE_TERMINATION_LOG:-/dev/termination-log}
target=$PROLOGUE_DIR/$PROLOGUE_PATH
folder=${target%/*}
# In the same folder, so that the last step is a rename. Named after Pod and container: a killed run's is overwritten by
# the next, and Pods that share a volume keep apart.
draft=$folder/.prologue-$PROLOGUE_POD_UID-$0

trap 'rm -f "$draft"' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

die() {
    text="cannot write $PROLOGUE_PATH: $1"
    printf '%s\n' "$text" >&2
    { printf '%s\n' "$text" >"$log"; } 2>/dev/null || :
    exit 1
}

[ ! -d "$target" ] || die 'it is a folder'
mkdir -p "$folder" || die 'its folder cannot be made'
printf '%s' "$PROLOGUE_CONTENT" >"$draft" || die 'the volume is full or cannot be written to'
chmod "$PROLOGUE_MODE" "$draft"
mv -f "$draft" "$target"
echo "wrote $PROLOGUE_PATH"
