#!/bin/sh
# Looks over the archive and builds it into public/, for the address given: publish/build.sh https://host.example/
# Written by `onrecord init`; yours to change.
set -eu
ONRECORD_VERSION="${ONRECORD_VERSION:-ONRECORD_PINNED}"

if ! command -v onrecord >/dev/null 2>&1; then
    if ! command -v cargo >/dev/null 2>&1; then
        curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal
        PATH="$HOME/.cargo/bin:$PATH"
    fi
    cargo install onrecord --locked --version "$ONRECORD_VERSION"
    PATH="$HOME/.cargo/bin:$PATH"
fi

onrecord check --strict
onrecord build --base-url "$1"
