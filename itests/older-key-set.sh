#!/bin/sh
# Copyright the Passbridge authors.
# SPDX-License-Identifier: Apache-2.0
#
# Attacks a platform of its own: stops it, puts its key-set file back to the copy from before the
# newest key, and starts it. Ends with 0 if that is told at the start and by doctor and nothing
# is sealed meanwhile, and if the newest file mends it.
# Usage: itests/older-key-set.sh [DISTRIBUTION]; the built one if not given (./run or mvn package).
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
cp -R "${1:-$(ls -d distribution/target/passbridge-*/ | head -1)}" "$work/passbridge"
cd "$work/passbridge"
trap 'bin/passbridge stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
file=data/keys/keyset.pbks

expect() { # WHAT TEXT: the last answer holds it
    printf '%s\n' "$answer" | grep -qi -- "$2" || { echo "NOT NOTICED: $1; instead: $answer"; exit 1; }
    echo "noticed: $1"
}

bin/passbridge start >/dev/null
bin/passbridge exec 'keys:status' >/dev/null
cp -p "$file" "$work/older"
bin/passbridge exec 'keys:add' >/dev/null
bin/passbridge stop >/dev/null
cp -p "$file" "$work/newest"

cp -p "$work/older" "$file"
answer=$(bin/passbridge start 2>&1 || true)
expect 'the start says that it is locked' 'locked'
answer=$(bin/passbridge exec 'doctor' 2>&1 || true)
expect 'doctor says why' 'older'
answer=$(bin/passbridge exec 'events:list --event 9034' 2>&1 || true)
expect 'event 9034 is in the journal' '9034'
answer=$(bin/passbridge exec 'keys:add' 2>&1 && echo DONE || true)
expect 'no key is added to it' 'locked'
case $answer in *DONE*) echo "NOT NOTICED: a key was added"; exit 1 ;; esac
bin/passbridge stop >/dev/null

cp -p "$work/newest" "$file"
answer=$(bin/passbridge start 2>&1; bin/passbridge exec 'keys:status' 2>&1 || true)
expect 'the newest file is open again' 'unlocked\|open'
