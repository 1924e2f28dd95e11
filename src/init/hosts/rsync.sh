#!/bin/sh
# Builds the archive and brings it to a folder on a server: publish/rsync.sh https://host.example/ user@host:/srv/www/
# Written by `onrecord init`; yours to change.
set -eu
sh "$(dirname "$0")/build.sh" "$1"
# New files first, so that no page asks for what is not there yet; then what is no longer there goes.
rsync --recursive --times --checksum --exclude=/.onrecord public/ "$2"
rsync --recursive --times --checksum --delete-after --exclude=/.onrecord public/ "$2"
